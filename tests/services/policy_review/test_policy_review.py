"""The list of policies that are due, and what a year of records holds, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from desktop.domain.approvals import Move
from desktop.domain.dates import months_later
from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.policy_review import ReviewStage
from desktop.domain.records import Promise, SegmentKind
from desktop.domain.support_policies import PolicyKind
from desktop.models.households import Household
from desktop.models.imports import Ticket
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from desktop.services.policy_review import PolicyReviewService
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, add, days_ago
from tests.support.policies import recorded, written
from tests.support.policy_review import A_YEAR_LATER, approved, decided, more_households


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def household(office):
    """A household whose policy was approved on the day of the tests."""
    desk = office.desk(office.caseworker)
    approved(office, written(desk, office.household_id))
    return office.household_id


def reviews(office, staff=None, clock=A_YEAR_LATER):
    desk = office.desk(staff or office.caseworker, clock)
    return PolicyReviewService(desk.work, clock, desk.staff, desk.records.reading)


def test_a_policy_is_due_a_year_after_its_approval(office, household):
    [line] = reviews(office).due()
    assert line.household_id == household
    assert (line.due_on, line.approved_on) == (months_later(TODAY, 12), TODAY)
    assert (line.stage, line.left(A_YEAR_LATER.today())) == (ReviewStage.OPEN, 7)
    assert line.head_name == "架空 花子"


def test_what_is_due_first_stands_first(office, household):
    later_one, first_one = more_households(office, 2)
    desk = office.desk(office.caseworker)
    approved(office, written(desk, later_one), days=30)
    with office.work() as session:
        row = TakeOver(
            office_id=office.caseworker.office_id,
            household_id=first_one,
            taken_over_on=days_ago(30),
            policy_due_on=date(2025, 1, 31),
        )
        add(session, row)
    found = reviews(office).due()
    assert [line.household_id for line in found] == [first_one, household, later_one]
    assert (found[0].policy_id, found[0].is_missing) == (None, False)


def test_only_own_districts_and_households_that_receive_protection_are_listed(office, household):
    assert reviews(office, office.outsider).due() == ()
    with office.work() as session:
        session.get_one(Household, household).state = HouseholdState.SUSPENDED
    assert reviews(office).due() == ()


def test_a_policy_from_before_a_closure_counts_as_none(office, household):
    with office.work() as session:
        closed = HouseholdStatePeriod(
            office_id=office.caseworker.office_id,
            household_id=household,
            state=HouseholdState.CLOSED,
            valid_from=months_later(TODAY, 1),
            valid_to=months_later(TODAY, 2),
        )
        add(session, closed)
    [line] = reviews(office).due()
    assert (line.policy_id, line.is_missing, line.begins_as) == (None, True, PolicyKind.NEW)


def test_the_stage_follows_the_next_policy(office, household):
    desk = office.desk(office.caseworker, A_YEAR_LATER)
    saved = desk.policies.save(replace(desk.policies.blank(household), evaluation="続いた。"))
    [line] = reviews(office).due()
    assert (line.stage, line.open_policy_id) == (ReviewStage.DRAFT, saved.policy_id)
    desk.policies.submit(saved.policy_id, saved.version)
    assert reviews(office).due()[0].stage is ReviewStage.SUBMITTED
    supervisor = office.desk(office.supervisor, A_YEAR_LATER)
    decided(supervisor, saved.policy_id, Move.RETURN, "期日を直してください。")
    assert reviews(office).due()[0].stage is ReviewStage.RETURNED
    again = desk.policies.submit(saved.policy_id, saved.version)
    assert again
    decided(supervisor, saved.policy_id)
    [line] = reviews(office).due()
    assert (line.stage, line.policy_id) == (ReviewStage.OPEN, saved.policy_id)
    assert line.due_on == months_later(A_YEAR_LATER.today(), 12)


def test_the_list_opens_no_file(office, household):
    service = reviews(office)
    count = select(func.count()).select_from(Ticket)
    with office.work() as session:
        before = session.scalar(count)
    service.due()
    with office.work() as session:
        assert session.scalar(count) == before
    service.case(household)
    with office.work() as session:
        assert session.scalar(count) == before + 1


def test_a_year_holds_what_came_since_and_promises_that_were_open(office):
    household, first = office.household_id, office.desk(office.caseworker)
    recorded(first, household, "前の年の記録。")
    blank = first.records.blank(household, "telephone_in")
    promise = Promise(promise_id=new_id(), who="本人", what="受診する", due_on=days_ago(-20))
    facts = tuple(
        replace(s, text="約束のある記録。" if s.kind is SegmentKind.FACTS else s.text)
        for s in blank.segments
    )
    first.records.save(replace(blank, segments=facts, promises=(promise,)))
    policy_id = approved(office, written(first, household), days=1)
    recorded(office.desk(office.caseworker, A_YEAR_LATER), household, "この年の記録。")
    case = reviews(office).case(household)
    texts = [s.text for e in case.entries for s in e.segments if s.kind is SegmentKind.FACTS]
    assert texts == ["約束のある記録。", "この年の記録。"]
    assert case.since == days_ago(-1)
    assert case.previous.policy_id == policy_id
    assert case.names == {office.person_id: "架空 花子"}
    assert case.identity.household_id == household


def test_the_year_of_a_policy_that_only_the_ledger_knows_begins_with_it(office):
    recorded(office.desk(office.caseworker), office.household_id, "記録。")
    with office.work() as session:
        row = TakeOver(
            office_id=office.caseworker.office_id,
            household_id=office.household_id,
            taken_over_on=days_ago(30),
            policy_approved_on=days_ago(300),
        )
        add(session, row)
    case = reviews(office).case(office.household_id)
    assert (case.previous, case.since) == (None, days_ago(300))
    assert len(case.entries) == 1


def test_others_need_a_permission_and_a_reason(office, household):
    with pytest.raises(NotPermittedError):
        reviews(office, office.records, CLOCK).due()
    with pytest.raises(ReasonNeededError):
        reviews(office, office.outsider).case(household)
