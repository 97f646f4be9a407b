"""Letters and the register K-21: what goes on them, and what the log keeps. On both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from desktop.domain.clock import FixedClock
from desktop.domain.declarations import CellState
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.papers import PaperState
from desktop.models.declarations import DeclarationReminder
from desktop.models.ledger import AddressPeriod
from desktop.models.records import PrintBatch
from desktop.services.printing import DeclarationPrinting
from tests.support import factories
from tests.support.declarations import INCOME, a_duty, a_missing, a_receipt, cells_of, due
from tests.support.desk import small_office
from tests.support.issued_forms import issued_letter

JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)


@pytest.fixture
def office(engine):
    made = small_office(engine)
    with made.work() as session:
        factories.add(
            session,
            AddressPeriod(
                office_id=made.caseworker.office_id,
                household_id=made.household_id,
                postal_code="1000001",
                address="架空県架空市見本町1-2-3",
                valid_from=factories.LONG_AGO,
            ),
        )
    return made


@pytest.fixture
def desk(office):
    person = office.desk(office.caseworker)
    person.declarations.set_duty(a_duty(office, JULY))
    return person


def printing(desk, clock=factories.CLOCK):
    return DeclarationPrinting(desk.work, clock, desk.staff)


def test_a_letter_names_person_address_months_day_and_caseworker(office, desk):
    (letter,) = printing(desk).prepare_letters([(due(office, JULY), due(office, AUGUST))])
    assert (letter.name, letter.postal_code, letter.address) == (
        *("架空 花子", "1000001", "架空県架空市見本町1-2-3"),
    )
    assert letter.wanted == ((INCOME, JULY), (INCOME, AUGUST))
    # Ten days on, 11 October 2024, is a Friday and open.
    assert (letter.written_on, letter.answer_by) == (date(2024, 10, 1), date(2024, 10, 11))
    assert (letter.caseworker, letter.phone) == (office.caseworker.name, "")


def test_the_day_asked_for_is_an_open_one(office, desk):
    saturday = FixedClock(datetime(2024, 10, 2, 0, 0, tzinfo=UTC))
    (letter,) = printing(desk, saturday).prepare_letters([(due(office, JULY),)])
    # 12 October is a Saturday, and Monday the 14th a holiday.
    assert letter.answer_by == date(2024, 10, 15)


def test_what_came_meanwhile_is_not_asked_for(office, desk):
    desk.declarations.receive(a_receipt(office, JULY))
    with pytest.raises(ConflictError, match="すでに受領したもの"):
        printing(desk).prepare_letters([(due(office, JULY),)])


def test_an_outsider_writes_no_letter(office, desk):
    with pytest.raises(NotPermittedError):
        printing(office.desk(office.outsider)).prepare_letters([(due(office, JULY),)])


def test_a_run_is_noted_once_and_counts_the_letters(office, desk):
    run = issued_letter(office, desk)
    for _ in range(2):
        printing(desk).record_letters(run, [due(office, JULY), due(office, AUGUST)])
    printing(desk).record_letters(issued_letter(office, desk), [due(office, JULY)])
    july, august = cells_of(desk, JULY)[:2]
    assert (july.state, august.state) == (CellState.REMINDED_AGAIN, CellState.REMINDED)
    with office.work() as session:
        numbers = session.execute(
            select(DeclarationReminder.month, DeclarationReminder.number).order_by(
                DeclarationReminder.month, DeclarationReminder.number
            )
        ).all()
        marks = session.scalars(select(PrintBatch.mark)).all()
    assert [tuple(row) for row in numbers] == [(JULY, 1), (JULY, 2), (AUGUST, 1)]
    assert marks == ["plain", "plain"]


def test_paper_that_came_out_is_noted_even_if_the_declaration_came_meanwhile(office, desk):
    desk.declarations.receive(a_receipt(office, JULY))
    printing(desk).record_letters(issued_letter(office, desk), [due(office, JULY)])
    cell = cells_of(desk, JULY)[0]
    assert (cell.state, cell.reminded_on) == (CellState.RECEIVED, (date(2024, 10, 1),))


def test_nobody_is_reminded_who_was_given_no_cycle(office):
    fresh = office.desk(office.caseworker)
    with pytest.raises(NotPermittedError):
        printing(fresh).record_letters(issued_letter(office, fresh), [due(office, JULY)])


def test_the_register_follows_the_paper(office, desk):
    owner = desk.declarations.owners()[0]
    (line,) = printing(desk).prepare_table(owner, JULY).lines
    assert (line.received_on, line.needs_change, line.reason) == (None, None, "")
    desk.declarations.explain(a_missing(office, JULY))
    given = a_receipt(office, AUGUST)
    desk.declarations.receive(given)
    for state in (PaperState.RECEIVED, PaperState.CHECKED, PaperState.JUDGED):
        desk.papers.step(given.paper_id, state)
    (july,) = printing(desk).prepare_table(owner, JULY).lines
    (august,) = printing(desk).prepare_table(owner, AUGUST).lines
    assert july.reason == "給与明細などの入手待ち"
    today = date(2024, 10, 1)
    assert (august.paper_label, august.received_on, august.checked_on) == ("6-0001", today, today)
    assert (august.needs_change, august.drafted_on) == (True, today)
    printing(desk).record_table(new_id(), pages=1, sha256="ab" * 32)
