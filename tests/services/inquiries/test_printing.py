"""Letters and register of inquiries: what goes on them, and what the log keeps. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import ConflictError, NotPermittedError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.inquiries import InquiryState
from desktop.models.households import Household, Member
from desktop.models.issued_forms import PrintedIssue
from desktop.models.ledger import AddressPeriod
from desktop.models.records import PrintBatch
from desktop.services.printing import InquiryPrinting
from tests.support import factories
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.inquiries import an_inquiry, newest
from tests.support.issued_forms import issued_run, of, slip

S = InquiryState
SHA = "ab" * 32
MOVED_IN = date(2022, 4, 1)


@pytest.fixture
def office(engine):
    made = small_office(engine)
    with made.work() as session:
        for address, since, until in (
            ("架空市見本町1-2-3", MOVED_IN, None),
            ("例示市例町4-5", factories.LONG_AGO, MOVED_IN - timedelta(days=1)),
        ):
            factories.add(
                session,
                AddressPeriod(
                    office_id=made.caseworker.office_id,
                    household_id=made.household_id,
                    postal_code="1000001",
                    address=address,
                    valid_from=since,
                    valid_to=until,
                ),
            )
    return made


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def approved(office, desk):
    given = an_inquiry(office, more="貸金庫の契約の有無")
    desk.inquiries.ask(given)
    supervisor = office.desk(office.supervisor)
    newest(supervisor, office)
    supervisor.inquiries.move(given.inquiry_id, 1, S.APPROVED)
    return given.inquiry_id


def printing(desk):
    return InquiryPrinting(desk.work, CLOCK, desk.staff, ReadingDoor(desk.work, CLOCK, desk.staff))


def a_letter(office, inquiry_id):
    return slip(office, form_code="K-19", subjects=of(inquiry_id, version=None))


def put_on_paper(office, desk, inquiry_id):
    """Issue the letter and note that it went to paper; the run."""
    service = printing(desk)
    (letter,) = service.prepare_letters([inquiry_id], FormMark.PLAIN)
    run = issued_run(desk, a_letter(office, inquiry_id))
    service.record_letters(run, [(inquiry_id, letter.step)])
    return run, letter


def note_marked(desk, inquiry_id, mark):
    service = printing(desk)
    service.prepare_letters([inquiry_id], mark)
    service.record_marked(new_id(), mark, pages=2, sha256=SHA)


def test_a_letter_tells_the_agency_what_it_needs_and_no_more(office, desk, approved):
    (letter,) = printing(desk).prepare_letters([approved], FormMark.PLAIN)
    assert (letter.agency, letter.honorific, letter.basis, letter.number) == (
        *("見本銀行 事務集中部", "御中", "生活保護法第29条", "照6-0001"),
    )
    assert (letter.name, letter.kana, letter.has_consent) == ("架空 花子", "カクウ ハナコ", True)
    assert [(lived.address, lived.until) for lived in letter.addresses] == [
        ("架空市見本町1-2-3", None),
        ("例示市例町4-5", MOVED_IN - timedelta(days=1)),
    ]
    assert letter.items == (
        "照会日における預貯金等の口座の有無、種類、口座番号及び残高",
        "貸金庫の契約の有無",
    )
    assert "資産の確認" not in repr(letter) + "".join(letter.items)


def test_addresses_before_the_person_joined_are_not_told(office, desk, approved):
    with office.work() as session:
        member = session.scalars(
            select(Member).where(Member.household_id == office.household_id)
        ).one()
        member.valid_from = MOVED_IN
    (letter,) = printing(desk).prepare_letters([approved], FormMark.PLAIN)
    assert [lived.address for lived in letter.addresses] == ["架空市見本町1-2-3"]


def test_where_a_protected_household_lives_is_not_told(office, desk, approved):
    with office.work() as session:
        session.get_one(Household, office.household_id).is_shielded = True
    (letter,) = printing(desk).prepare_letters([approved], FormMark.PLAIN)
    assert letter.addresses == ()


def test_the_run_sends_the_letter_once_and_stands_in_the_log(office, desk, approved):
    run, letter = put_on_paper(office, desk, approved)
    found = newest(desk, office)
    assert (found.line.state, found.line.sent_on) == (S.SENT, TODAY)
    printing(desk).record_letters(run, [(approved, letter.step)])
    assert newest(desk, office).line.step == 3
    with office.work() as session:
        batch = session.get_one(PrintBatch, run.batch_id)
        assert (batch.mark, batch.pages, batch.sha256) == ("plain", 1, run.sha256)
        printed = session.scalars(select(PrintedIssue)).one()
        assert printed.household_id == office.household_id


def test_records_staff_print_and_send(office, approved):
    put_on_paper(office, office.desk(office.records), approved)
    assert newest(office.desk(office.caseworker), office).line.state is S.SENT


def test_what_is_printed_as_what_depends_on_the_step(office, desk, approved):
    service = printing(desk)
    for mark in (FormMark.DRAFT, FormMark.ORIGINAL):
        with pytest.raises(ConflictError):
            service.prepare_letters([approved], mark)
    put_on_paper(office, desk, approved)
    with pytest.raises(ConflictError):
        service.prepare_letters([approved], FormMark.PLAIN)
    records = office.desk(office.records)
    with pytest.raises(NotPermittedError):
        service.prepare_letters([approved], FormMark.COPY)
    note_marked(records, approved, FormMark.COPY)
    assert newest(desk, office).line.step == 3
    desk.inquiries.ask(draft := an_inquiry(office))
    note_marked(desk, draft.inquiry_id, FormMark.DRAFT)
    assert newest(desk, office).line.state is S.DRAFTED


def test_what_was_withdrawn_while_it_was_looked_at_is_not_sent(office, desk, approved):
    (letter,) = printing(desk).prepare_letters([approved], FormMark.PLAIN)
    run = issued_run(desk, a_letter(office, approved))
    desk.inquiries.move(approved, 2, S.WITHDRAWN, "不要になった。")
    with pytest.raises(ConflictError):
        printing(desk).record_letters(run, [(approved, letter.step)])
    with pytest.raises(UserError):
        issued_run(desk, a_letter(office, approved))
    with office.work() as session:
        assert session.scalars(select(PrintBatch)).all() == []


def test_another_team_prints_nothing(office, approved):
    service = printing(office.desk(office.outsider))
    with pytest.raises(NotPermittedError):
        service.prepare_letters([approved], FormMark.PLAIN)
    assert service.prepare_register([approved], "").lines == ()


def test_the_register_holds_what_the_screen_showed_in_its_order(office, desk, approved):
    desk.inquiries.ask(
        other := an_inquiry(office, items=("pension_amount",), agency="pension_sample")
    )
    register = printing(desk).prepare_register([other.inquiry_id, approved], "令和6年度")
    assert [line.number for line in register.lines] == [2, 1]
    assert register.scope == "令和6年度"
    batch_id = new_id()
    printing(desk).record_register(batch_id, pages=1, sha256=SHA)
    with office.work() as session:
        assert session.get_one(PrintBatch, batch_id).mark == "plain"
