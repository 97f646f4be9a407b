"""A record's history and a file's readings, as people with their own connection see them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from desktop.database.engine import is_postgresql
from desktop.database.reading import ReadingDoor
from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryInput, SegmentKind
from desktop.domain.roles import Role
from desktop.models.office import Office
from desktop.services.audit import AuditService, HistoryService
from tests.support import factories
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.people import work_of


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def auditor(office: SmallOffice) -> SignedInStaff:
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        return factories.signed_in(
            session, factories.make_staff(session, Role.AUDITOR, office=home)
        )


def histories(office: SmallOffice, staff: SignedInStaff) -> HistoryService:
    work = work_of(office.work, staff, CLOCK)
    return HistoryService(work, staff, ReadingDoor(work, CLOCK, staff))


def audits(office: SmallOffice, staff: SignedInStaff) -> AuditService:
    return AuditService(work_of(office.work, staff, CLOCK), staff)


def with_facts(given: EntryInput, words: str) -> EntryInput:
    return replace(
        given,
        segments=tuple(
            replace(s, text=words) if s.kind is SegmentKind.FACTS else s for s in given.segments
        ),
    )


@pytest.fixture
def entry(office: SmallOffice) -> EntryInput:
    """A note saved twice by the caseworker, the second time with other words."""
    records = office.desk(office.caseworker).records
    given = with_facts(records.blank(office.household_id, "telephone_in"), "電話で体調を聞いた。")
    saved = records.save(given)
    return replace(
        given, shown_version=records.save(replace(with_facts(given, "電話で通院を聞いた。"), shown_version=saved.version)).version
    )  # fmt: skip


def test_who_opened_the_file_when_and_why(office):
    office.desk(office.caseworker).households.open_file(office.household_id)
    outsider = histories(office, office.outsider)
    with pytest.raises(ReasonNeededError):
        outsider.accesses(office.household_id)
    found = outsider.accesses(office.household_id, reason="telephone_duty")
    opened = [a for a in found if a.purpose == "file"]
    assert {(a.who, a.reason, a.outside_duty) for a in opened} == {
        (office.caseworker.name, "", False),
        (office.outsider.name, "telephone_duty", True),
    }
    assert {a.purpose_label for a in opened} == {"世帯を開く"}


def test_the_asking_itself_is_a_reading(office, engine):
    found = histories(office, office.caseworker).accesses(office.household_id)
    asked = [a.who for a in found if a.purpose == "history"]
    assert asked == ([office.caseworker.name] if is_postgresql(engine) else [])


def test_the_auditor_reads_without_a_ticket_and_is_noted(office, auditor, engine):
    office.desk(office.caseworker).households.open_file(office.household_id)
    found = audits(office, auditor).accesses(office.household_id)
    assert [a.who for a in found if a.purpose == "file"] == [office.caseworker.name]
    if is_postgresql(engine):
        assert auditor.name in {a.who for a in found if a.purpose == "history"}


def test_a_records_history_field_by_field(office, entry, engine):
    history = histories(office, office.caseworker).record(office.household_id, entry.entry_id)
    assert history.is_kept is is_postgresql(engine)
    if not history.is_kept:
        assert history.changes == ()
        return
    texts = [c.after for c in history.changes if c.label == "本文・本文" and c.after]
    assert texts == ["電話で体調を聞いた。", "電話で通院を聞いた。"]
    versions = [(c.before, c.after) for c in history.changes if (c.table, c.column) == ("entry", "version")]  # fmt: skip
    assert versions == [(None, "1"), ("1", "2")]
    assert {c.who for c in history.changes} == {office.caseworker.name}


def test_an_unfinished_draft_of_somebody_else_stays_closed(office, entry, auditor, engine):
    supervisor = histories(office, office.supervisor)
    if not is_postgresql(engine):
        assert supervisor.record(office.household_id, entry.entry_id).changes == ()
        return
    with pytest.raises(NotPermittedError, match="書いている途中"):
        supervisor.record(office.household_id, entry.entry_id)
    seen = audits(office, auditor).record(office.household_id, entry.entry_id).changes
    assert ("segment", "text", office.caseworker.name) in {(c.table, c.column, c.who) for c in seen}
    assert {v for c in seen for v in (c.before, c.after)} == {None, "（表示しません）"}


def test_another_offices_auditor_sees_nothing(office):
    with office.work() as session:
        stranger = factories.signed_in(
            session,
            factories.make_staff(session, Role.AUDITOR, office=factories.make_office(session)),
        )
    with pytest.raises(NotPermittedError):
        audits(office, stranger).accesses(office.household_id)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestOnTheServer:
    def test_a_history_asked_for_in_the_same_transaction_shows_nothing(
        self, office, auditor, engine
    ):
        work = work_of(office.work, auditor, CLOCK)
        with work.engine.connect() as connection:
            connection.execute(text("SELECT app.ask_history(:h)"), {"h": office.household_id})
            with pytest.raises(DBAPIError, match="権限がありません"):
                connection.execute(
                    text("SELECT * FROM app.access_history(:h)"), {"h": office.household_id}
                )

    def test_a_history_without_a_ticket_is_refused(self, office, engine):
        work = work_of(office.work, office.caseworker, CLOCK)
        with pytest.raises(NotPermittedError), work() as session:
            session.execute(text("SELECT app.ask_history(:h)"), {"h": office.household_id})

    def test_nobody_reads_the_trail_itself(self, office, auditor, engine):
        work = work_of(office.work, auditor, CLOCK)
        for statement in (
            "SELECT * FROM audit.event",
            "SELECT audit.of_entry(NULL, NULL)",
            "SELECT audit.readings(NULL)",
            "SELECT app.need_history(NULL)",
        ):
            with pytest.raises(NotPermittedError), work() as session:
                session.execute(text(statement))
