"""The letter K-26: what goes on it, whose never, and what the log keeps. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desktop.domain.errors import ConflictError, NotPermittedError, UserError
from desktop.domain.households import Relation
from desktop.domain.transfers import TransferConsent, TransferMove
from desktop.models.households import Member
from desktop.models.ledger import AddressPeriod, VisitGradePeriod
from desktop.models.office import Office
from desktop.models.records import PrintBatch
from desktop.models.transfers import PrintedTransfer
from desktop.services.printing import TransferPrinting
from tests.support import factories
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.issued_forms import issued_run, of, slip
from tests.support.transfers import (
    MOVED,
    a_transfer,
    do,
    know_other_offices,
    shield,
    the_transfer,
)

M = TransferMove
ADDRESS = "架空県見本市例町9001番地"


@pytest.fixture
def office(engine):
    made = small_office(engine)
    know_other_offices(made.work, made.caseworker)
    key = {"office_id": made.caseworker.office_id, "household_id": made.household_id}
    with made.work() as session:
        factories.add(session, AddressPeriod(**key, address=ADDRESS, valid_from=MOVED))
        factories.add(session, VisitGradePeriod(**key, grade="C", valid_from=factories.LONG_AGO))
    return made


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


def approved(office, desk, **given):
    desk.transfers.save(a_transfer(office, **given))
    do(office.desk(office.supervisor), office, M.APPROVE)
    return the_transfer(desk, office).line


def a_letter(office, line):
    return slip(office, form_code="K-26", subjects=of(line.transfer_id, version=None))


def printing(desk, clock=CLOCK):
    return TransferPrinting(desk.work, clock, desk.staff, desk.transfers.reading)


def test_the_letter_says_who_moved_where_to_and_what_goes_along(office, desk):
    line = approved(office, desk)
    letter = printing(desk).prepare(line.transfer_id)
    assert (letter.label, letter.written_on, letter.moved_on, letter.has_moved) == (
        *("6-0001", TODAY, MOVED, True),
    )
    assert (letter.destination.name, letter.destination.address) == (
        *("見本市福祉事務所", "架空県見本市見本町1番地"),
    )
    assert (letter.address, letter.grade, letter.household_type, letter.state) == (
        *(ADDRESS, "C　年4回", "高齢者", "受給中"),
    )
    assert [(m.name, m.relation) for m in letter.members] == [("架空 花子", "世帯主")]
    assert [label for label, goes in letter.enclosures if goes] == [
        *("保護台帳の写し", "ケース記録票の写し"),
    ]
    assert letter.notes is not None
    assert letter.notes.needs == "通院先が決まっていない。"
    assert (letter.consent, letter.caseworker) == ("同意を得た", office.caseworker.name)
    assert letter.started_on == factories.LONG_AGO


def test_a_move_to_come_and_a_day_of_sending_are_the_letters_own(office, desk):
    line = approved(office, desk, moved_on=TODAY + timedelta(days=9))
    assert not printing(desk).prepare(line.transfer_id).has_moved
    do(desk, office, M.SEND, on=TODAY)
    week = later(CLOCK, days=7)
    again = printing(office.desk(office.caseworker, week), week).prepare(line.transfer_id)
    assert again.written_on == TODAY


def test_against_the_persons_will_no_words_go_out(office, desk):
    line = approved(office, desk, consent=TransferConsent.REFUSED, consent_on=None)
    assert printing(desk).prepare(line.transfer_id).notes is None


def test_of_a_shielded_household_neither_place_nor_words_go_out(office, desk):
    line = approved(office, desk)
    shield(office)
    with pytest.raises(ConflictError, match="支援措置の確認"):
        printing(desk).prepare(line.transfer_id)
    desk.transfers.confirm(line.transfer_id, line.version)
    letter = printing(desk).prepare(line.transfer_id)
    assert (letter.is_shielded, letter.address, letter.notes) == (True, "", None)
    assert letter.head_name == "架空 花子"


def test_only_what_was_approved_is_printed(office, desk):
    desk.transfers.save(a_transfer(office))
    line = the_transfer(desk, office).line
    with pytest.raises(ConflictError, match="承認された移管連絡だけ"):
        printing(desk).prepare(line.transfer_id)
    with pytest.raises(UserError):
        issued_run(desk, a_letter(office, line))


def test_a_run_is_noted_once_with_its_letter(office, desk):
    line = approved(office, desk)
    run = issued_run(desk, a_letter(office, line))
    for _ in range(2):
        printing(desk).record(run, [line.transfer_id])
    with office.work() as session:
        (batch,) = session.scalars(select(PrintBatch)).all()
        (printed,) = session.scalars(select(PrintedTransfer)).all()
        assert (batch.id, batch.mark, batch.pages) == (run.batch_id, "plain", 1)
        assert (printed.batch_id, printed.transfer_id) == (run.batch_id, line.transfer_id)
    assert the_transfer(desk, office).printed_on == TODAY


def test_another_team_prints_nothing(office, desk):
    line = approved(office, desk)
    outsider = office.desk(office.outsider)
    with pytest.raises(NotPermittedError):
        printing(outsider).record(issued_run(desk, a_letter(office, line)), [line.transfer_id])
    with pytest.raises(NotPermittedError):
        printing(outsider).prepare(line.transfer_id)


def test_who_died_before_the_move_is_not_on_the_letter(office, desk):
    line = approved(office, desk)
    with office.work() as session:
        person = factories.make_person(
            session,
            session.get_one(Office, office.caseworker.office_id),
            name="架空 太郎",
            died_on=date(2024, 9, 1),
        )
        member = Member(
            office_id=office.caseworker.office_id,
            household_id=office.household_id,
            person_id=person.id,
            relation=Relation.SPOUSE,
            is_head=False,
            valid_from=factories.LONG_AGO,
        )
        factories.add(session, member)
    assert len(printing(desk).prepare(line.transfer_id).members) == 1
