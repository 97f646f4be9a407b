"""What the issue names as the planner's input is in the problem that the planner is given: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.declarations import DeclarationKind
from desktop.domain.households import HouseholdState
from desktop.domain.records import EntryState
from desktop.domain.visit_plans import PlanKind, PlanMove, VisitKind
from desktop.domain.visit_preferences import Liking
from desktop.domain.working_time import AwayKind, Half
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.office import Staff
from desktop.models.records import Contact
from desktop.planning.halves import Half as PlannerHalf
from desktop.planning.halves import HalfDay, WeekHalf
from desktop.planning.problem import Basis
from desktop.planning.reasons import Reason
from desktop.services.visit_plans import planning
from desktop.services.visit_plans.proposing import POLICY_REVIEW, asked_of
from tests.support.factories import TODAY, add, days_ago, make_entry
from tests.support.visit_plans import (
    APRIL,
    a_change,
    a_visit,
    district_of,
    do,
    month,
    one_more_household,
    visited,
)
from tests.support.visits import MONDAY, a_booking, a_preference, a_week, an_absence


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


def question(office):
    with office.work() as session:
        return planning.question(
            session, office.caseworker, district_of(office), PlanKind.YEAR, APRIL, TODAY
        )


def problem(office):
    return question(office).asked.problem


def next_year(office):
    with office.work() as session:
        asked = planning.question(
            session, office.caseworker, district_of(office), PlanKind.YEAR, date(2025, 4, 1), TODAY
        ).asked
    return asked.problem


def test_the_last_real_visit_and_the_windows_of_the_grade(office):
    visited(office, days_ago(30))
    visited(office, days_ago(3), is_met=False)
    first = problem(office).visits[0]
    assert first.last_visit == days_ago(30)
    assert (first.basis, first.grade, first.visits_a_year) == (Basis.GRADE, "B", 6)
    assert first.earliest <= first.due <= first.latest
    assert any(visit.statutory for visit in problem(office).visits)


def test_the_next_year_counts_on_the_visits_that_this_year_still_has(office, desk):
    """Only on what was approved, and not on what was to be this month or is cancelled."""
    visited(office, days_ago(30))
    head = desk.visit_plans.save(
        a_change(
            *(office, a_visit(office.household_id, month(10))),
            *(a_visit(office.household_id, month(number)) for number in (1, 3)),
        )
    )
    supervisor = office.desk(office.supervisor)
    head = do(desk, head, PlanMove.SUBMIT)
    assert next_year(office).visits[0].last_visit == days_ago(30)
    do(supervisor, head, PlanMove.APPROVE)
    assert next_year(office).visits[0].last_visit == date(2025, 3, 31)
    assert problem(office).visits[0].last_visit == days_ago(30)


def test_good_and_bad_times_of_the_household(office, desk):
    times = {(0, Half.AM): Liking.GOOD, (1, Half.PM): Liking.BAD, (4, Half.AM): Liking.IMPOSSIBLE}
    desk.preferences.set(
        a_preference(office.household_id, times=times, is_announced=True, needs_two=False)
    )
    (home,) = problem(office).households
    assert home.liked == {WeekHalf(weekday=0, half=PlannerHalf.MORNING)}
    assert home.disliked == {WeekHalf(weekday=1, half=PlannerHalf.AFTERNOON)}
    assert home.closed == {WeekHalf(weekday=4, half=PlannerHalf.MORNING)}
    assert all(visit.announced for visit in problem(office).visits)


def test_how_often_somebody_was_met_by_half_of_the_day(office):
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        for days, at, is_met in ((40, 600, False), (30, 610, True), (20, 840, True)):
            entry = make_entry(
                session,
                household,
                author,
                event_on=days_ago(days),
                state=EntryState.SUBMITTED,
                number=days,
                result_code="11" if is_met else "21",
                is_home_visit=is_met,
                is_absence=not is_met,
            )
            session.get_one(Contact, entry.contact_id).started_at = at
    (home,) = problem(office).households
    rates = {rate.half: rate.percent for rate in home.hit_rates}
    assert rates == {PlannerHalf.MORNING: 50, PlannerHalf.AFTERNOON: 100}


def test_half_days_duty_leave_training_meetings_and_bookings(office, desk):
    me = office.caseworker.staff_id
    week = {(day, half): 120 for day in range(5) for half in Half}
    desk.working_time.set_week(replace(a_week(me), minutes=week))
    days = [MONDAY + timedelta(days=n) for n in (8, 9, 10, 11, 14)]
    for day, kind in zip(
        days, (AwayKind.DUTY, AwayKind.LEAVE, AwayKind.TRAINING, AwayKind.MEETING), strict=False
    ):
        desk.working_time.add_away(an_absence(me, kind=kind, first_on=day, last_on=day))
    office.desk(office.supervisor).bookings.book(
        a_booking(office.household_id, me, day=days[4], half=Half.PM)
    )
    found = problem(office)
    gone = {(blocked.at.day, blocked.at.half): blocked.reason for blocked in found.blocked}
    wanted = (Reason.DUTY, Reason.LEAVE, Reason.TRAINING, Reason.OTHER_WORK)
    assert [gone[day, PlannerHalf.MORNING] for day in days[:4]] == list(wanted)
    assert gone[days[4], PlannerHalf.AFTERNOON] is Reason.BOOKED
    assert gone.keys().isdisjoint({(slot.at.day, slot.at.half) for slot in found.slots})
    assert {slot.minutes for slot in found.slots} == {120 * 85 // 100}


def test_holidays_payment_and_closing_days(office):
    found = problem(office)
    reasons = {blocked.reason for blocked in found.blocked}
    assert {Reason.OFFICE_CLOSED, Reason.PAYMENT, Reason.CLOSING} <= reasons
    closed = {blocked.at.day for blocked in found.blocked if blocked.reason is Reason.OFFICE_CLOSED}
    assert date(2024, 11, 4) in closed
    assert HalfDay(day=date(2024, 11, 4), half=PlannerHalf.MORNING) not in {
        s.at for s in found.slots
    }


def test_the_review_of_the_policy_and_declarations_give_visits_their_purpose(office, desk):
    asked = question(office)
    facts = asked.inputs.households[office.household_id]
    due = replace(
        facts,
        policy_review_on=date(2024, 12, 20),
        declares={DeclarationKind.INCOME: tuple(month(n) for n in (10, 11, 12, 1, 2, 3))},
    )
    told = replace(asked.inputs, households={office.household_id: due})
    visits = asked_of(told, ()).problem.visits
    (review,) = [visit for visit in visits if POLICY_REVIEW in visit.purposes]
    assert date(2024, 10, 6) <= review.earliest <= review.latest <= date(2024, 12, 20)
    made = planning.answer(replace(asked, inputs=told, asked=asked_of(told, ())), iterations=100)
    planned = [visit for visit in made.change.visits if visit.is_planned]
    assert planned
    assert all("income_declaration" in visit.purposes for visit in planned)


def test_an_application_is_visited_within_a_week(office, desk):
    """局長通知 第12-1. A household that only applied has no grade and owes no visits of the year yet."""
    applied = one_more_household(office.work, office.household_id, state=HouseholdState.APPLYING)
    with office.work() as session:
        row = HouseholdStatePeriod(
            office_id=office.caseworker.office_id,
            household_id=applied,
            state=HouseholdState.APPLYING,
            valid_from=days_ago(2),
        )
        add(session, row)
        number = session.get_one(Household, applied).case_number
    (visit,) = [visit for visit in problem(office).visits if visit.household == number]
    assert visit.basis is Basis.APPLICATION
    assert visit.statutory
    assert (visit.earliest, visit.latest) == (TODAY, days_ago(2) + timedelta(days=7))
    made = desk.visit_plans.propose(district_of(office), PlanKind.YEAR, APRIL, iterations=100)
    (stored,) = [v for v in made.change.visits if v.household_id == applied]
    assert stored.kind is VisitKind.APPLICATION
    desk.visit_plans.save(made.change)
