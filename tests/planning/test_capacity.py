"""Over capacity is a normal result: every visit is somewhere, with its reason, what would clear it, and who must decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.planning.capacity import CapacityReport, Decider, capacity_report
from desktop.planning.exchange import to_json
from desktop.planning.halves import Half, WeekHalf
from desktop.planning.planner import plan
from desktop.planning.problem import Partner, PlanningProblem
from desktop.planning.reasons import Reason
from tests.planning.visit_checker import check, check_office
from tests.support.planning_problems import make_problem, with_joint_visits
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

SUMMER = {"first": date(2027, 4, 1), "last": date(2027, 6, 30)}


def report(problem: PlanningProblem, iterations: int = 40) -> CapacityReport:
    made = plan(problem, iterations=iterations)
    assert check(to_json(problem, made)) == []
    found = capacity_report(problem, made)
    named = {visit.visit for row in (found.no_slot, found.floors, found.left_out) for visit in row}
    assert named == {missed.visit for missed in made.unplanned}
    assert all(sentence.endswith("。") for sentence in found.sentences)
    return found


def test_where_everything_fits_there_is_nothing_to_say():
    found = report(small_problem([make_visit()]))
    assert (found.fits, found.sentences) == (True, ())


@pytest.mark.parametrize(
    ("changes", "home", "relax"),
    [
        ({"minutes": 115}, {}, (Reason.TOO_LONG,)),
        ({"partners": ("SP-1",)}, {}, (Reason.PARTNER,)),
        (
            {"earliest": MONDAY - timedelta(days=9), "latest": MONDAY - timedelta(days=2)},
            {},
            (Reason.WINDOW,),
        ),
        ({"locked": at(6)}, {}, (Reason.PINNED,)),
        (
            {},
            {"closed": frozenset(WeekHalf(weekday=day, half=Half.MORNING) for day in range(5))},
            (Reason.HOUSEHOLD,),
        ),
    ],
)
def test_a_visit_without_a_half_day_says_which_rule_to_relax(
    changes: dict[str, Any], home: dict[str, Any], relax: tuple[Reason, ...]
):
    busy = Partner(code="SP-1", free=frozenset())
    problem = small_problem([make_visit(**changes)], partners=(busy,))
    problem = replace(problem, households=(replace(problem.households[0], **home),))
    found = report(problem)
    assert [(row.visit, row.relax, row.decider) for row in found.no_slot] == [
        ("0001-1", relax, Decider.CASEWORKER)
    ]
    assert found.no_slot[0].words.startswith("0001-1は入れられる半日がありません。")


def test_a_short_month_says_how_many_half_days_clear_it():
    visits = [make_visit(f"{n:04d}", points=n, latest=MONDAY) for n in range(1, 7)]
    problem = small_problem(visits, days=(0,), minutes=120)
    found = report(problem, 200)
    assert [row.points for row in found.left_out] == [1, 2, 3]
    month = found.months[0]
    assert (month.month, month.half_days, month.decider) == (
        date(2027, 5, 1),
        1,
        Decider.SUPERVISOR,
    )
    assert month.short_minutes == 3 * 30 + 3 * (20 // 3)
    assert "あと半日1回(1.8時間)で解消します。" in month.words
    more = small_problem(visits, days=(0, 1), minutes=120)
    wider = replace(
        more,
        visits=tuple(replace(visit, latest=visit.latest + timedelta(days=1)) for visit in visits),
    )
    assert report(wider, 200).fits


def test_a_floor_that_is_missed_goes_to_the_supervisor_and_then_to_the_director():
    visits = [make_visit(f"{n:04d}", statutory=True, minutes=60, latest=MONDAY) for n in (1, 2)]
    found = report(small_problem(visits, days=(0,)))
    assert [(row.decider, row.then) for row in found.floors] == [
        (Decider.SUPERVISOR, Decider.DIRECTOR)
    ]
    assert "査察指導員が決めます" in found.floors[0].words


def test_a_whole_week_lost_ends_in_a_plan_and_clear_words():
    lost = frozenset(date(2027, 5, 17) + timedelta(days=day) for day in range(5))
    found = report(make_problem(**SUMMER, households=30, half_days=2, lost=lost))
    assert found.no_slot or found.left_out or found.fits


def test_far_too_many_households_end_in_named_visits_and_no_statutory_one_waits_for_an_optional():
    found = report(make_problem(**SUMMER, households=130, half_days=2), 25)
    assert len(found.left_out) > 20
    assert found.months
    points = [row.points for row in found.left_out]
    assert points == sorted(points)


def test_twenty_joint_visits_with_one_supporter():
    problem = with_joint_visits(make_problem(**SUMMER, households=40), 20, "SP-1")
    found = report(problem)
    assert all(Reason.PARTNER in row.relax or row.relax for row in found.no_slot)
    assert check_office([to_json(problem, plan(problem, iterations=10))]) == []
