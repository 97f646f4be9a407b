"""Plans: legal by the independent checker, the same every time, statutory first, tiny ones as good as trying everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from desktop.planning.budget import Effort, iterations_for
from desktop.planning.draft import Draft
from desktop.planning.engine import Search
from desktop.planning.exchange import to_json
from desktop.planning.halves import Half, HalfDay, WeekHalf
from desktop.planning.monthly import month_problem
from desktop.planning.planner import draft_of, plan
from desktop.planning.plans import Cause, PlannedPeriod
from desktop.planning.pricing import Pricing
from desktop.planning.problem import Household, Partner, PlanningProblem, Visit
from desktop.planning.reasons import Reason
from desktop.planning.translating import translate
from tests.planning.exhaustive import best_cost, drop_prices
from tests.planning.visit_checker import check, days_without_visits
from tests.support.planning_problems import make_problem
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

SUMMER = {"first": date(2027, 4, 1), "last": date(2027, 7, 31)}


def planned(problem: PlanningProblem, iterations: int = 60, **changes: Any) -> PlannedPeriod:
    """A plan that has passed the checker."""
    made = plan(problem, iterations=iterations, **changes)
    assert check(to_json(problem, made)) == []
    return made


def where(made: PlannedPeriod) -> dict[str, HalfDay]:
    return {visit.visit: visit.at for visit in made.planned}


@pytest.mark.parametrize(
    "setting",
    [
        {"seed": 0, "households": 30},
        {"seed": 1, "households": 30, "rural": True},
        {"seed": 2, "households": 60, "half_days": 2},
    ],
)
def test_every_plan_is_legal(setting: dict[str, Any]):
    problem = make_problem(**SUMMER, **setting)
    made = planned(problem)
    closed = days_without_visits(problem.first, problem.last)
    assert check(to_json(problem, made), no_visits_on=closed) == []
    assert len(made.planned) + len(made.unplanned) == len(problem.visits)


def test_the_same_problem_gives_the_same_plan():
    first = planned(make_problem(**SUMMER, households=20))
    second = planned(make_problem(**SUMMER, households=20))
    assert first == second


def test_the_engine_and_the_draft_count_the_same_price():
    problem = make_problem(**SUMMER, households=20, half_days=2, seed=3)
    pricing = Pricing(problem)
    translation = translate(pricing)
    result = Search(translation.problem, 1).solve(80)
    draft = Draft(pricing, translation.routes(result.routes))
    offered = set(translation.visit_of[1:])
    dropped = sum(
        price
        for visit, price in enumerate(drop_prices(problem))
        if visit in offered and draft.slot[visit] < 0
    )
    assert draft.total() + dropped == result.cost


@pytest.mark.parametrize("seed", range(6))
def test_a_tiny_plan_is_as_cheap_as_trying_everything(seed: int):
    problem = tiny(Random(seed))  # noqa: S311 - chance with a seed on purpose
    made = planned(problem, 1500)
    left = {missed.visit for missed in made.unplanned}
    dropped = sum(
        price
        for visit, price in zip(problem.visits, drop_prices(problem), strict=True)
        if visit.code in left
    )
    assert best_cost(problem, made.cost + dropped) == made.cost + dropped


def tiny(chance: Random) -> PlanningProblem:
    """Up to eight visits of five households in three crowded half-days."""
    visits = []
    for number in range(chance.randint(6, 8)):
        first = MONDAY + timedelta(days=chance.randint(0, 4))
        visits.append(
            make_visit(
                f"{number % 5 + 1:04d}",
                f"{number % 5 + 1:04d}-{number}",
                due=first + timedelta(days=2),
                earliest=first,
                latest=first + timedelta(days=chance.randint(3, 4)),
                minutes=chance.choice([20, 30, 45]),
                statutory=chance.random() < 0.3,
                points=chance.randint(0, 50),
                spaced=True,
                period_days=chance.choice([7, 12]),
            )
        )
    return small_problem(
        visits, days=(0, 3, 7), minutes=110, ways=[chance.randint(2, 25) for _ in range(5)]
    )


def test_a_statutory_visit_never_waits_for_an_optional_one():
    optional = [make_visit(f"{n:04d}", minutes=50, points=100, latest=MONDAY) for n in range(1, 3)]
    legal = make_visit("0009", minutes=60, points=0, statutory=True, latest=MONDAY)
    made = planned(small_problem([*optional, legal], days=(0,), minutes=140), 20)
    assert "0009-1" in where(made)
    assert [missed.cause for missed in made.unplanned] == [Cause.FULL]


def test_few_points_are_left_out_first():
    visits = [make_visit(f"{n:04d}", points=n * 10, latest=MONDAY) for n in range(1, 6)]
    made = planned(small_problem(visits, days=(0,), minutes=120), 200)
    assert {missed.visit for missed in made.unplanned} == {"0001-1", "0002-1"}


def test_many_points_come_early():
    visits = [make_visit(points=100, due=MONDAY + timedelta(days=5)), make_visit("0002")]
    free = small_problem(visits, weights=replace(small_problem(visits).weights, due=0, level=0))
    assert where(planned(free))["0001-1"] == at(0)


def test_locks_and_appointments_bind_and_partners_must_be_free():
    lonely = Partner(code="SP-1", free=frozenset({at(9)}))
    visits = [
        make_visit("0001", locked=at(8)),
        make_visit("0002", appointment=at(3), announced=True, earliest=MONDAY + timedelta(days=9)),
        make_visit("0003", partners=("SP-1",)),
    ]
    made = planned(small_problem(visits, partners=(lonely,)))
    assert where(made) == {"0001-1": at(8), "0002-1": at(3), "0003-1": at(9)}


def test_households_have_their_bad_and_disliked_half_days():
    problem = small_problem(
        [make_visit()], weights=replace(small_problem([make_visit()]).weights, level=0)
    )
    monday, friday = (WeekHalf(weekday=day, half=Half.MORNING) for day in (0, 4))
    home = Household(number="0001", place=1, closed=frozenset({friday}))
    made = planned(replace(problem, households=(home,)))
    assert where(made)["0001-1"].day.weekday() == 3
    assert Reason.HOUSEHOLD in {row.reason for row in made.planned[0].refused}
    disliked = frozenset(WeekHalf(weekday=day, half=Half.MORNING) for day in (1, 2, 3))
    home = replace(home, disliked=disliked)
    assert where(planned(replace(problem, households=(home,))))["0001-1"].day.weekday() in {0, 4}
    assert monday not in home.closed


def test_two_visits_of_one_household_keep_their_distance():
    weeks = [make_visit("0001", f"0001-{n}", spaced=True, period_days=10) for n in (1, 2)]
    made = planned(small_problem(weeks))
    first, second = (visit.at.day for visit in made.planned)
    assert 5 < (second - first).days < 12


def test_a_visit_without_any_half_day_is_named():
    impossible = make_visit("0002", minutes=115)
    made = planned(small_problem([make_visit(), impossible]))
    assert [(row.visit, row.cause) for row in made.unplanned] == [("0002-1", Cause.NO_SLOT)]
    assert [row.reason for row in made.unplanned[0].refused] == [Reason.TOO_LONG]


@pytest.mark.parametrize("days", [(), (0,)])
def test_nothing_to_do_or_no_time_is_a_plan_too(days: tuple[int, ...]):
    visits = [make_visit()] if not days else []
    made = planned(small_problem(visits, days=days))
    assert (len(made.planned), len(made.unplanned)) == (0, len(visits))


def test_a_stopped_search_still_gives_a_legal_plan():
    problem = make_problem(**SUMMER, households=15)
    planned(problem, 5000, report=lambda done, of: False)


def test_the_months_of_a_year_hold_its_visits_and_each_can_be_laid_out_anew():
    year = make_problem(**SUMMER, households=25)
    whole = planned(year)
    seen: list[Visit] = []
    for month in (4, 5, 6, 7):
        first = date(2027, month, 1)
        last = date(2027, month + 1, 1) - timedelta(days=1)
        problem = month_problem(year, whole, first, last)
        made = planned(problem)
        assert not made.unplanned
        seen += problem.visits
    assert {visit.code for visit in seen} == {visit.code for visit in year.visits}


def test_the_cost_table_and_the_alternatives_are_kept():
    problem = make_problem(**SUMMER, households=20)
    made = planned(problem)
    weeks = {(visit.at.day - timedelta(days=visit.at.day.weekday())) for visit in made.planned}
    assert len(weeks) > 5
    for visit in made.planned:
        assert all(
            other.at.day.isocalendar().week != visit.at.day.isocalendar().week
            for other in visit.alternatives
        )
    draft = draft_of(Pricing(problem), made.baseline())
    assert (draft.total(), draft.travel_minutes()) == (made.cost, made.travel_minutes)


def test_the_budget_is_a_number_of_iterations_that_falls_with_the_size():
    assert iterations_for(Effort.YEAR, 440) < iterations_for(Effort.YEAR, 100)
    assert iterations_for(Effort.MONTH, 40) < iterations_for(Effort.YEAR, 40)


@pytest.mark.parametrize(
    "wrong",
    [
        {"visits": (make_visit("0009"),)},
        {"visits": (make_visit(), make_visit())},
        {"visits": (make_visit(partners=("SP-9",)),)},
        {"visits": (make_visit(minutes=0),)},
        {"households": (Household(number="0001", place=7),)},
        {"slots": small_problem([]).slots[::-1]},
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(wrong: dict[str, Any]):
    with pytest.raises(ValueError, match=r"problem|order|place|time"):
        replace(small_problem([make_visit()]), **wrong)
