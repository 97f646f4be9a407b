"""Re-planning says what would move, why, and what finds no place; nothing before it is taken over: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plans import PlanKind, PlanMove, VisitKind
from desktop.domain.visit_replans import LostHalves, NobodyMet, UrgentVisit
from desktop.domain.working_time import AwayInput, AwayKind, Half, HalfDay
from desktop.models.office import District, Staff
from tests.support import factories
from tests.support.factories import TODAY
from tests.support.visit_plans import (
    a_change,
    a_visit,
    district_of,
    do,
    month,
    one_more_household,
    visited,
)

M = PlanMove
QUICK = 200
OCTOBER = month(10)


@pytest.fixture
def other(office):
    return one_more_household(office.work, office.household_id)


def on(day, half=Half.AM):
    return {"day": date(2024, 10, day), "half": half}


@pytest.fixture
def approved(office, caseworker, supervisor, other):
    """An approved month of two households: the first on the second and the 17th, the other on the tenth."""

    def make(**given):
        visits = (
            a_visit(office.household_id, OCTOBER, **on(2)),
            a_visit(office.household_id, OCTOBER, **on(17, Half.PM)),
            a_visit(other, OCTOBER, **on(10), **given),
        )
        change = a_change(office, *visits, kind=PlanKind.MONTH, first_on=OCTOBER)
        head = caseworker.visit_plans.save(change)
        return do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE), visits

    return make


def replan(desk, head, event):
    return desk.visit_plans.replan(head.plan_id, event, iterations=QUICK)


def lost(*halves):
    return LostHalves(halves=frozenset(halves))


def test_every_move_says_where_from_where_to_and_why(office, caseworker, approved, other):
    head, visits = approved(is_announced=True)
    proposal = replan(caseworker, head, lost(HalfDay(**on(10))))
    (move,) = proposal.moves
    assert (move.household_id, move.before, move.before_half) == (
        other,
        date(2024, 10, 10),
        Half.AM,
    )
    assert move.after is not None
    assert (move.is_near, move.is_forced, move.is_announced) == (True, True, True)
    assert move.words
    assert caseworker.visit_plans.month(district_of(office), OCTOBER).deviations == ()
    caseworker.visit_plans.take_over(proposal)
    plan = caseworker.visit_plans.month(district_of(office), OCTOBER)
    (line,) = [each for each in plan.lines if each.household_id == other]
    assert (line.visit.day, line.visit.half) == (move.after, move.after_half)
    assert line.outcome.standing.approved_day == visits[2].day


def test_a_leave_that_was_entered_before_moves_what_stands_in_it(
    office, caseworker, approved, other
):
    head, _ = approved()
    day = date(2024, 10, 10)
    caseworker.working_time.add_away(
        AwayInput(
            away_id=new_id(),
            staff_id=office.caseworker.staff_id,
            kind=AwayKind.LEAVE,
            first_on=day,
            last_on=day,
        )
    )
    proposal = replan(caseworker, head, lost())
    (move,) = proposal.moves
    assert (move.household_id, move.before, move.is_forced) == (other, day, True)
    assert move.after != day


def test_after_an_absence_of_yesterday_there_is_one_visit_more_and_not_two(
    office, caseworker, supervisor, other
):
    yesterday = TODAY - timedelta(days=1)
    visits = (
        a_visit(office.household_id, month(9), day=yesterday, half=Half.AM),
        a_visit(office.household_id, month(12)),
        a_visit(office.household_id, month(2)),
        a_visit(other, month(11)),
        a_visit(other, month(3)),
    )
    head = caseworker.visit_plans.save(a_change(office, *visits))
    head = do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)
    visited(office, yesterday, is_met=False)
    absent = caseworker.visit_plans.month(district_of(office), month(9)).lines[0]
    assert absent.outcome.mark is VisitMark.ABSENT
    assert yesterday < absent.revisit_by <= yesterday + timedelta(days=7)
    event = NobodyMet(visit_id=visits[0].visit_id, on=yesterday, half=Half.AM)
    proposal = replan(caseworker, head, event)
    (again,) = proposal.added
    assert (again.household_id, again.kind) == (office.household_id, VisitKind.REVISIT)
    assert yesterday < again.day <= yesterday + timedelta(days=14)
    assert proposal.why_added[again.visit_id].startswith("不在のための再訪問。")
    assert proposal.moves == ()
    assert proposal.not_placed == ()
    caseworker.visit_plans.take_over(proposal)
    answered = caseworker.visit_plans.month(district_of(office), month(9)).lines[0]
    assert (answered.outcome.mark, answered.outcome.is_overdue) == (VisitMark.ABSENT, False)


def test_what_was_made_already_is_not_moved(office, caseworker, approved, other):
    head, _ = approved()
    visited(office, TODAY)
    proposal = replan(caseworker, head, lost(HalfDay(**on(2)), HalfDay(**on(2, Half.PM))))
    assert proposal.moves == ()


def test_a_visit_that_finds_no_half_day_is_named_with_its_reason(office, caseworker, approved):
    head, _ = approved()
    days = [TODAY + timedelta(days=n) for n in range(31)]
    proposal = replan(
        caseworker, head, lost(*(HalfDay(day=day, half=half) for day in days for half in Half))
    )
    assert len(proposal.left_out) == 3
    assert all(move.words for move in proposal.left_out)


def test_an_urgent_visit_without_a_half_day_says_so(office, caseworker, approved):
    head, _ = approved()
    saturday = date(2024, 10, 5)
    caseworker.working_time.add_away(
        AwayInput(
            away_id=new_id(),
            staff_id=office.caseworker.staff_id,
            kind=AwayKind.TRAINING,
            first_on=TODAY,
            last_on=saturday,
        )
    )
    urgent = UrgentVisit(household_id=office.household_id, until=saturday, minutes=40)
    proposal = replan(caseworker, head, urgent)
    assert proposal.added == ()
    (missed,) = proposal.not_placed
    assert (missed.household_id, missed.until) == (office.household_id, saturday)
    assert missed.words


def test_of_two_who_replan_at_once_one_is_told(office, caseworker, supervisor, approved):
    head, _ = approved()
    event = lost(HalfDay(**on(10)))
    mine, theirs = replan(caseworker, head, event), replan(supervisor, head, event)
    supervisor.visit_plans.take_over(theirs)
    with pytest.raises(ConflictError, match="先に変えました"):
        caseworker.visit_plans.take_over(mine)
    plan = caseworker.visit_plans.month(district_of(office), OCTOBER)
    assert len(plan.deviations) == len(theirs.deviations)


def a_leave(office, **given):
    values = {
        "away_id": new_id(),
        "staff_id": office.caseworker.staff_id,
        "kind": AwayKind.LEAVE,
        "first_on": date(2024, 10, 10),
        "last_on": date(2024, 10, 10),
    }
    return AwayInput(**(values | given))


def entered(office, caseworker):
    day = date(2024, 10, 10)
    return caseworker.working_time.of_staff(office.caseworker.staff_id, day, day).away


def of_the_tenth(away):
    halves = frozenset(HalfDay(day=date(2024, 10, 10), half=half) for half in Half)
    return LostHalves(halves=halves, away=away)


def test_lost_half_days_are_entered_with_the_plan_or_not_at_all(
    office, caseworker, supervisor, approved
):
    head, _ = approved()
    mine = replan(caseworker, head, of_the_tenth(a_leave(office)))
    theirs = replan(supervisor, head, lost(HalfDay(**on(10))))
    supervisor.visit_plans.take_over(theirs)
    with pytest.raises(ConflictError):
        caseworker.visit_plans.take_over(mine)
    assert entered(office, caseworker) == ()
    again = replan(caseworker, head, of_the_tenth(a_leave(office)))
    caseworker.visit_plans.take_over(again)
    assert len(entered(office, caseworker)) == 1


@pytest.mark.parametrize(("half", "is_covered"), [(None, True), (Half.AM, False)])
def test_what_is_entered_already_is_not_entered_twice(
    office, caseworker, approved, half, is_covered
):
    head, _ = approved()
    caseworker.working_time.add_away(a_leave(office, half=half))
    proposal = replan(caseworker, head, of_the_tenth(a_leave(office)))
    assert (proposal.away is None) is is_covered


def test_a_deputy_moves_the_visits_and_leaves_the_time_to_who_keeps_it(
    office, caseworker, approved
):
    """Whoever stands in for a sick colleague re-plans; the absence is entered by the colleague or the supervisor."""
    head, _ = approved()
    with office.work() as session:
        person = session.get_one(Staff, office.outsider.staff_id)
        district = session.get_one(District, district_of(office))
        factories.assign(session, person, district, AssignmentKind.DEPUTY)
        deputy = office.desk(factories.signed_in(session, person))
    proposal = replan(deputy, head, of_the_tenth(a_leave(office)))
    assert proposal.away is None
    deputy.visit_plans.take_over(proposal)
    with pytest.raises(NotPermittedError):
        deputy.visit_plans.take_over(replace(proposal, deviations=(), away=a_leave(office)))
    assert entered(office, caseworker) == ()


def test_a_month_that_is_proposed_again_says_which_half_days_change(office, caseworker, other):
    visits = (
        a_visit(office.household_id, OCTOBER, **on(2)),
        a_visit(other, OCTOBER, **on(10)),
    )
    change = a_change(office, *visits, kind=PlanKind.MONTH, first_on=OCTOBER)
    head = caseworker.visit_plans.save(change)
    away = AwayInput(
        away_id=new_id(),
        staff_id=office.caseworker.staff_id,
        kind=AwayKind.LEAVE,
        first_on=date(2024, 10, 10),
        last_on=date(2024, 10, 10),
    )
    caseworker.working_time.add_away(away)
    again = caseworker.visit_plans.propose(
        district_of(office), PlanKind.MONTH, OCTOBER, iterations=QUICK
    )
    assert again.change.version == head.version
    moved = {move.household_id: move for move in again.moves}
    assert moved[other].before == date(2024, 10, 10)
    assert replace(moved[other], after=None).before_half is Half.AM
