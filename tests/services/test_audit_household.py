"""Who opened or changed the file of a case number: by the auditor's own connection, and in the training office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from desktop.database.engine import is_postgresql
from desktop.domain.audit import TABLE, Access
from desktop.domain.clock import japan_day
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.records import SegmentKind
from desktop.domain.roles import Role
from desktop.models import Base
from desktop.models.households import Household
from desktop.models.office import Office
from desktop.services.audit_report import AuditReports
from tests.support import factories
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.people import work_of

WORDS = "電話で通院のことを聞いた。"


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def number(office: SmallOffice) -> str:
    with office.work() as session:
        return session.get_one(Household, office.household_id).case_number


def joined(office: SmallOffice, role: Role) -> SignedInStaff:
    with office.work() as session:
        own = session.get_one(Office, office.caseworker.office_id)
        return factories.signed_in(session, factories.make_staff(session, role, office=own))


@pytest.fixture
def auditor(office: SmallOffice) -> SignedInStaff:
    return joined(office, Role.AUDITOR)


def accesses(
    office: SmallOffice, staff: SignedInStaff, number: str, *span: date | None
) -> tuple[Access, ...]:
    return AuditReports(work_of(office.work, staff, CLOCK), CLOCK, staff).accesses(number, *span)


def write(office: SmallOffice) -> None:
    """The caseworker opens the file and writes a note into it."""
    records = office.desk(office.caseworker).records
    given = records.blank(office.household_id, "telephone_in")
    told = (
        replace(segment, text=WORDS) if segment.kind is SegmentKind.FACTS else segment
        for segment in given.segments
    )
    records.save(replace(given, segments=tuple(told)))


def test_who_opened_and_changed_it_with_the_kind_of_rows_and_no_word_of_it(
    office, auditor, number, engine
):
    write(office)
    office.desk(office.outsider).households.open_file(office.household_id, reason="電話当番")
    found = accesses(office, auditor, number)
    outside = [a for a in found if a.outside_duty]
    assert {(a.who, a.purpose, a.reason) for a in outside} == {
        (office.outsider.name, "file", "電話当番")
    }
    assert (office.caseworker.name, "閲覧") in {(a.who, a.what) for a in found}
    written = [a for a in found if a.purpose == "write" and a.who == office.caseworker.name]
    assert (written != []) is is_postgresql(engine)
    for access in written:
        assert access.client == "127.0.0.1"
        assert "追加：記録、記録の版、本文" in access.what
    assert WORDS[:6] not in "".join(a.what + a.why + str(a.parts) for a in found)
    assert [a.at for a in found] == sorted((a.at for a in found), reverse=True)


def test_the_asking_stands_in_the_trail_and_in_the_households_own_history(
    office, auditor, number, engine
):
    accesses(office, auditor, number)
    found = accesses(office, auditor, number)
    asked = [a.who for a in found if a.what == "履歴の閲覧"]
    assert asked == ([auditor.name] * 2 if is_postgresql(engine) else [])


def test_heads_ask_without_opening_the_file(office, number, engine):
    for role in (Role.SECTION_HEAD, Role.DIRECTOR):
        found = accesses(office, joined(office, role), number)
        assert [a for a in found if a.what == "閲覧"] == []


def test_only_the_days_that_were_asked_for_both_ends_included(office, auditor, number):
    office.desk(office.caseworker).households.open_file(office.household_id)
    day = CLOCK.today()

    def opened(*span: date | None) -> int:
        return sum(a.what == "閲覧" for a in accesses(office, auditor, number, *span))

    assert opened(day, day) == opened(day, None) == opened(None, day) == 1
    assert opened(day + timedelta(days=1), None) == 0
    assert opened(None, day - timedelta(days=1)) == 0
    later = accesses(office, auditor, number, day + timedelta(days=1))
    assert all(japan_day(a.at) > day for a in later)


def test_the_number_is_exact_and_may_be_typed_full_width(office, auditor, number):
    office.desk(office.caseworker).households.open_file(office.household_id)
    wide = number.translate({ord(str(n)): "０１２３４５６７８９"[n] for n in range(10)})
    assert wide != number
    assert accesses(office, auditor, f" {wide} ") != ()
    for wrong in (number[:-1], f"{number}0", "'; --"):
        with pytest.raises(ValidationError, match="世帯はありません") as refused:
            accesses(office, auditor, wrong)
        assert set(refused.value.fields) == {"case_number"}


def test_what_was_entered_is_looked_at(office, auditor, number):
    with pytest.raises(ValidationError) as empty:
        accesses(office, auditor, "　")
    assert set(empty.value.fields) == {"case_number"}
    day = CLOCK.today()
    with pytest.raises(ValidationError) as turned:
        accesses(office, auditor, number, day, day - timedelta(days=1))
    assert set(turned.value.fields) == {"until"}


def test_the_same_number_in_another_office_is_another_household(office, auditor, number):
    office.desk(office.caseworker).households.open_file(office.household_id)
    with office.work() as session:
        away = factories.make_office(session)
        district = factories.make_district(session, away)
        stranger = factories.signed_in(
            session, factories.make_staff(session, Role.AUDITOR, office=away)
        )
    with pytest.raises(ValidationError):
        accesses(office, stranger, number)
    with office.work() as session:
        head = factories.make_person(session, session.get_one(Office, away.id))
        factories.make_household(session, district=district, head=head, case_number=number)
    names = {a.who for a in accesses(office, stranger, number)}
    assert office.caseworker.name not in names
    assert office.caseworker.name in {a.who for a in accesses(office, auditor, number)}


def test_others_are_refused(office, number):
    for staff in (office.caseworker, office.supervisor, office.records):
        with pytest.raises(NotPermittedError):
            accesses(office, staff, number)


def test_every_kind_of_row_of_a_file_has_a_name():
    of_files = {t.name for t in Base.metadata.sorted_tables if "household_id" in t.columns}
    assert of_files - TABLE.keys() == set()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestOnTheServer:
    def test_an_auditor_has_no_ticket_after_asking(self, office, auditor, number, engine):
        accesses(office, auditor, number)
        work = work_of(office.work, auditor, CLOCK)
        with work() as session:
            assert session.scalar(text("SELECT cardinality(app.opened())")) == 0

    def test_asking_opens_no_other_history_to_a_head(self, office, number, engine):
        write(office)
        accesses(office, office.head, number)
        work = work_of(office.work, office.head, CLOCK)
        for statement in (
            "SELECT * FROM app.access_history(:h)",
            "SELECT * FROM app.record_history((SELECT id FROM entry WHERE household_id = :h))",
        ):
            with pytest.raises(NotPermittedError), work() as session:
                session.execute(text(statement), {"h": office.household_id})
