"""An absence, an urgent visit, lost half-days: little moves, nothing announced does, and what would move is said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.planning.events import Absent, Event, LostHalfDays, Urgent
from desktop.planning.exchange import to_json
from desktop.planning.halves import Half, HalfDay, whole_day
from desktop.planning.planner import plan
from desktop.planning.plans import PlannedPeriod, PlannedVisit
from desktop.planning.problem import Basis, PlanningProblem, Visit
from desktop.planning.reasons import Reason
from desktop.planning.replanning import Replanned, replan
from tests.planning.visit_checker import check
from tests.support.planning_problems import make_problem
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

TODAY = date(2027, 5, 10)


@pytest.fixture(scope="module")
def year() -> tuple[PlanningProblem, PlannedPeriod]:
    problem = make_problem(households=30, last=date(2027, 7, 31))
    return problem, plan(problem, iterations=60)


def again(
    problem: PlanningProblem, standing: PlannedPeriod, event: Event, today: date = TODAY
) -> Replanned:
    """The proposal, checked; its moves are exactly the difference between the two plans."""
    found = replan(problem, standing, event, today=today, iterations=30)
    assert check(to_json(found.problem, found.plan)) == []
    before, after = ({row.visit: row.at for row in made.planned} for made in (standing, found.plan))
    left = {visit.code for visit in found.problem.visits}
    differing = {code for code in left & set(before) if before[code] != after.get(code)}
    assert {move.visit for move in found.moves} == differing
    assert all(move.after == after.get(move.visit) for move in found.moves)
    return found


def next_visits(standing: PlannedPeriod, count: int = 1, after: date = TODAY) -> list[PlannedVisit]:
    return [visit for visit in standing.planned if visit.at.day >= after][:count]


def test_an_absent_household_is_visited_again_in_another_half_of_the_day(year):
    problem, standing = year
    missed = next_visits(standing)[0]
    found = again(problem, standing, Absent(visit=missed.visit, at=missed.at), missed.at.day)
    revisit = found.plan.find(f"{missed.visit}再")
    assert revisit is not None
    assert 0 < (revisit.at.day - missed.at.day).days <= 14
    assert found.plan.find(missed.visit) is None
    made = next(visit for visit in found.problem.visits if visit.code == revisit.visit)
    assert (made.basis, made.avoid) == (Basis.REVISIT, missed.at.half)
    assert len(found.near_moves) <= 2


def test_only_a_real_visit_counts_as_the_last_one(year):
    problem, standing = year
    missed = next_visits(standing, after=date(2027, 6, 1))[0]
    found = again(problem, standing, Absent(visit=missed.visit, at=missed.at), missed.at.day)
    household = next(v.household for v in problem.visits if v.code == missed.visit)
    last = {v.last_visit for v in found.problem.visits if v.household == household}
    assert missed.at.day not in last
    earlier = [row for row in standing.planned if row.at < missed.at]
    other = next(v.household for v in problem.visits if v.code == earlier[-1].visit)
    later = [v.last_visit for v in found.problem.visits if v.household == other]
    assert set(later) <= {earlier[-1].at.day}


def test_an_urgent_visit_finds_its_place_within_the_week(year):
    problem, standing = year
    urgent = replace(
        problem.visits[0],
        code="0001-臨",
        basis=Basis.APPLICATION,
        statutory=True,
        spaced=False,
        due=TODAY + timedelta(days=3),
        earliest=TODAY,
        latest=TODAY + timedelta(days=7),
    )
    found = again(problem, standing, Urgent(visit=urgent))
    placed = found.plan.find("0001-臨")
    assert placed is not None
    assert placed.at.day <= urgent.latest
    assert len(found.near_moves) <= 2


def test_lost_half_days_move_what_lay_in_them_and_little_else(year):
    problem, standing = year
    lost = frozenset({visit.at for visit in next_visits(standing, 4)})
    found = again(problem, standing, LostHalfDays(halves=lost))
    forced = {move.visit for move in found.moves if move.forced}
    assert forced == {visit.visit for visit in standing.planned if visit.at in lost}
    assert len(found.near_moves) <= 2
    assert {row.reason for row in found.problem.blocked} >= {Reason.LOST}


def test_a_whole_week_lost_ends_in_a_plan(year):
    problem, standing = year
    week = frozenset(half for day in range(5) for half in whole_day(TODAY + timedelta(days=day)))
    found = again(problem, standing, LostHalfDays(halves=week, reason=Reason.LEAVE))
    assert not any(visit.at in week for visit in found.plan.planned)


def pair(**changes: Any) -> tuple[PlanningProblem, PlannedPeriod]:
    visits = [make_visit("0001", locked=at(1), **changes), make_visit("0002", locked=at(2))]
    problem = small_problem(visits, days=(0, 1, 2, 3, 7, 8), minutes=60)
    standing = plan(problem, iterations=20)
    free: tuple[Visit, ...] = tuple(replace(visit, locked=None) for visit in visits)
    return replace(problem, visits=free), standing


def test_an_announced_visit_stays_although_moving_it_would_be_easier():
    problem, standing = pair(announced=True)
    urgent = make_visit("0002", "0002-臨", points=999, latest=at(1).day, earliest=at(1).day)
    found = again(problem, standing, Urgent(visit=urgent), MONDAY)
    assert [row.visit for row in found.plan.unplanned] == ["0002-臨"]
    assert found.moves == ()


def test_only_a_statutory_visit_that_would_be_lost_breaks_a_promise():
    problem, standing = pair(announced=True)
    urgent = make_visit("0002", "0002-臨", statutory=True, latest=at(1).day, earliest=at(1).day)
    found = again(problem, standing, Urgent(visit=urgent), MONDAY)
    assert found.plan.unplanned == ()
    assert [move.visit for move in found.broken_promises] == ["0001-1"]


def test_an_unannounced_one_makes_room_and_is_shown():
    problem, standing = pair()
    other = make_visit("0002", "0002-臨", statutory=True, latest=at(1).day, earliest=at(1).day)
    found = again(problem, standing, Urgent(visit=other), MONDAY)
    assert found.plan.find("0002-臨") is not None
    assert {move.visit for move in found.moves} == {"0001-1"}
    assert found.moves[0].near
    assert not found.moves[0].forced


def test_a_promise_that_cannot_be_kept_is_named():
    problem, standing = pair(announced=True)
    found = again(problem, standing, LostHalfDays(halves=frozenset({at(1)})), MONDAY)
    assert [move.visit for move in found.broken_promises] == ["0001-1"]
    assert found.broken_promises[0].after is not None


def test_the_standing_plan_is_not_touched_and_no_event_means_no_move():
    problem, standing = pair()
    found = again(problem, standing, LostHalfDays(halves=frozenset()), MONDAY)
    assert found.moves == ()
    assert {row.at for row in found.plan.planned} == {row.at for row in standing.planned}
    assert HalfDay(day=MONDAY, half=Half.MORNING) == at(0)
