"""Files outside one's duty, on both databases: nothing is read or written there without a reason that stays."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from desktop.domain.errors import ConflictError, NotPermittedError, ReasonNeededError
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState, Promise, SegmentKind
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import District
from desktop.models.records import EntryRecord
from desktop.services.records.changes import as_input
from tests.services.test_main_job import TEXT, decision, submitted, written
from tests.support.desk import Desk, SmallOffice, later, read_and_decide, small_office
from tests.support.factories import CLOCK, make_household


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)


@pytest.fixture
def elsewhere(office: SmallOffice) -> UUID:
    """A household of a colleague's district."""
    with office.work() as session:
        (district_id,) = office.outsider.district_ids
        return make_household(session, district=session.get_one(District, district_id)).id


def test_a_file_outside_the_duty_opens_with_a_reason_and_leaves_a_ticket(office):
    outsider = office.desk(office.outsider)
    with pytest.raises(ReasonNeededError):
        outsider.records.chronicle(office.household_id)
    outsider.households.open_file(office.household_id, reason="電話当番")
    assert outsider.records.chronicle(office.household_id) == ()
    with office.work() as session:
        assert session.scalars(select(Ticket.reason)).all() == ["電話当番"]
        assert session.scalars(select(TicketHousehold.outside_duty)).all() == [True]


def test_a_ticket_ends_after_ten_minutes(office):
    outsider = office.desk(office.outsider)
    outsider.households.open_file(office.household_id, reason="電話当番")
    reading = outsider.households.reading
    reading._clock = later(CLOCK, minutes=11)
    with pytest.raises(ReasonNeededError):
        outsider.records.chronicle(office.household_id)


def test_a_promise_of_a_file_outside_the_duty_is_kept_only_after_opening_it(office, caseworker):
    given = written(office, caseworker)
    promise = Promise(promise_id=new_id(), who="世帯主", what="領収書を出す")
    caseworker.records.save(replace(given, promises=(promise,)))
    outsider = office.desk(office.outsider)
    with pytest.raises(NotPermittedError):  # on PostgreSQL the promise is not even there for him
        outsider.records.keep_promise(promise.promise_id, CLOCK.today())
    with pytest.raises(NotPermittedError):
        outsider.records.keep_promise(new_id(), CLOCK.today())
    caseworker.records.keep_promise(promise.promise_id, CLOCK.today())
    (kept,) = caseworker.records.chronicle(office.household_id)[0].promises
    assert kept.kept_on == CLOCK.today()


def test_an_entry_in_the_wrong_file_is_closed_and_copied_to_the_right_one(
    office, caseworker, supervisor
):
    given = submitted(office, caseworker)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    with office.work() as session:
        district = session.get_one(
            District, session.get_one(Household, office.household_id).district_id
        )
        right = make_household(session, district=district).id
    caseworker.records.request_annulment(given.entry_id, "別の世帯の記録でした。", right)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    closed = supervisor.records.chronicle(office.household_id)[0]
    assert closed.is_annulled
    assert closed.text(SegmentKind.FACTS) == TEXT
    copy = caseworker.records.chronicle(right)[0]
    assert (copy.entry_id, copy.state) == (closed.moved_to, EntryState.DRAFT)


def test_a_right_file_outside_the_duty_is_named_with_a_reason(
    office, caseworker, supervisor, elsewhere
):
    given = submitted(office, caseworker)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    ask = caseworker.records.request_annulment
    with pytest.raises(ReasonNeededError):
        ask(given.entry_id, "別の世帯の記録でした。", elsewhere)
    with office.work() as session:
        record = session.get_one(EntryRecord, given.entry_id)
        assert (record.state, record.moved_to) == (EntryState.APPROVED, None)
    ask(given.entry_id, "別の世帯の記録でした。", elsewhere, reading_reason="誤記載の訂正")
    with office.work() as session:
        record = session.get_one(EntryRecord, given.entry_id)
        assert record.state is EntryState.SUBMITTED
        copy = session.get_one(EntryRecord, record.moved_to)
        assert (copy.household_id, copy.author_id) == (elsewhere, caseworker.staff.staff_id)
        outside = session.execute(
            select(TicketHousehold.household_id, Ticket.reason)
            .join(Ticket, Ticket.id == TicketHousehold.ticket_id)
            .where(TicketHousehold.outside_duty)
        )
        assert [tuple(row) for row in outside] == [(elsewhere, "誤記載の訂正")]


def test_a_correction_is_begun_by_the_author_or_the_district_and_given_up_by_a_position(
    office, caseworker, supervisor
):
    given = submitted(office, caseworker)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    outsider = office.desk(office.outsider)
    outsider.households.open_file(office.household_id, reason="電話当番")
    with pytest.raises(NotPermittedError, match="書いた本人と地区の担当者"):
        outsider.records.start_correction(given.entry_id, "書き誤り")
    supervisor.records.start_correction(given.entry_id, "書き誤り")
    with pytest.raises(NotPermittedError, match="ほかの職員"):
        caseworker.records.save(replace(given, shown_version=1))
    with pytest.raises(NotPermittedError, match="訂正している本人"):
        caseworker.records.give_up_change(given.entry_id)
    supervisor.records.give_up_change(given.entry_id)
    with pytest.raises(ConflictError):
        supervisor.records.give_up_change(given.entry_id)
    (entry,) = caseworker.records.chronicle(office.household_id)
    assert (entry.state, entry.version, entry.text(SegmentKind.FACTS)) == (
        EntryState.APPROVED,
        1,
        TEXT,
    )
    again = caseworker.records.start_correction(given.entry_id, "書き誤り")
    assert (again.state, again.version) == (EntryState.DRAFT, 3)


def test_promises_of_an_approved_entry_stay_through_a_correction(office, caseworker, supervisor):
    kept, reworded = (
        Promise(promise_id=new_id(), who="世帯主", what=what) for what in ("残る", "直す")
    )
    given = replace(written(office, caseworker), promises=(kept, reworded))
    saved = caseworker.records.save(given)
    caseworker.records.submit(given.entry_id, saved.version, Impact.NONE)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    draft = as_input(caseworker.records.start_correction(given.entry_id, "書き誤り"))
    promises = tuple(replace(p, what=p.what.replace("直す", "直した")) for p in draft.promises)
    first = caseworker.records.save(replace(draft, promises=promises))
    again = replace(draft, promises=promises, shown_version=first.version)
    assert caseworker.records.save(again).version == first.version

    def said(version: int) -> set[str]:
        entry = caseworker.records.at_version(given.entry_id, version)
        return {p.what for p in entry.promises}

    assert (said(saved.version), said(first.version)) == ({"残る", "直す"}, {"残る", "直した"})
    (shown,) = caseworker.records.chronicle(office.household_id)
    assert {p.what for p in shown.promises} == {"残る", "直す"}
    caseworker.records.submit(given.entry_id, first.version, Impact.NONE)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))
    (shown,) = caseworker.records.chronicle(office.household_id)
    assert {p.what for p in shown.promises} == {"残る", "直した"}
    assert said(saved.version) == {"残る", "直す"}
