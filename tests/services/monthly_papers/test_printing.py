"""Cards and forms: what goes on them, and what the log keeps. On both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.monthly_paper_forms import CardWish, FormsAsked, FormWish, PersonFormKind
from desktop.domain.monthly_papers import INCOME_COLUMN
from desktop.domain.support_groups import SupportGroup
from desktop.models.ledger import AddressPeriod
from desktop.models.support_policies import PrintedFile
from desktop.services.printing import MonthlyPaperPrinting
from tests.support import declarations as declaring
from tests.support import factories
from tests.support.desk import small_office
from tests.support.issued_forms import issued_run, of, slip
from tests.support.monthly_papers import (
    AUGUST,
    JULY,
    SEPTEMBER,
    a_receipt,
    cell_of,
    decide_group,
    due,
)


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
    decide_group(office, SupportGroup.ALONE)
    return office.desk(office.caseworker)


def printing(desk, clock=factories.CLOCK):
    return MonthlyPaperPrinting(desk.work, clock, desk.staff)


def wish(office, month=AUGUST, due_on=date(2024, 9, 10), paper="job_search_report"):
    return CardWish(due=due(office, month, paper), due_on=due_on)


def test_a_card_names_papers_person_and_a_day_that_is_open(office, desk):
    (card,) = printing(desk).prepare_cards([(wish(office, JULY), wish(office))])
    assert (card.name, card.postal_code, card.address) == (
        *("架空 花子", "1000001", "架空県架空市見本町1-2-3"),
    )
    assert card.papers == (("求職活動報告", JULY), ("求職活動報告", AUGUST))
    # Ten days on, 11 October 2024, is a Friday and open.
    assert (card.is_late, card.answer_by) == (True, date(2024, 10, 11))


def test_a_card_before_the_day_announces_that_day(office, desk):
    (card,) = printing(desk).prepare_cards([(wish(office, SEPTEMBER, date(2024, 10, 10)),)])
    assert (card.is_late, card.answer_by) == (False, date(2024, 10, 10))


def test_what_came_meanwhile_is_not_asked_for(office, desk):
    desk.monthly_papers.receive(a_receipt(office, AUGUST))
    with pytest.raises(ConflictError, match="すでに受領したもの"):
        printing(desk).prepare_cards([(wish(office),)])


def test_a_declaration_that_came_is_not_asked_for_either(office, desk):
    desk.declarations.set_duty(declaring.a_duty(office, JULY))
    desk.declarations.receive(declaring.a_receipt(office, AUGUST))
    with pytest.raises(ConflictError):
        printing(desk).prepare_cards([(wish(office, paper=INCOME_COLUMN),)])


def test_an_outsider_prints_nothing(office, desk):
    outsider = printing(office.desk(office.outsider))
    with pytest.raises(NotPermittedError):
        outsider.prepare_cards([(wish(office),)])
    with pytest.raises(NotPermittedError):
        outsider.prepare_forms(
            FormsAsked(
                kind=PersonFormKind.TRAINING,
                month=SEPTEMBER,
                people=(FormWish(household_id=office.household_id, person_id=office.person_id),),
            )
        )


def test_a_card_on_paper_is_noted_by_paper_and_declaration(office, desk):
    desk.declarations.set_duty(declaring.a_duty(office, JULY))
    run = issued_run(
        desk, slip(office, form_code="S-33", subjects=of(office.person_id, version=None))
    )
    dues = [due(office, AUGUST), due(office, AUGUST, INCOME_COLUMN)]
    for _ in range(2):  # a retry notes once
        printing(desk).record_cards(run, dues)
    assert cell_of(desk, AUGUST).reminded_on == (date(2024, 10, 1),)
    assert cell_of(desk, AUGUST, INCOME_COLUMN).reminded_on == (date(2024, 10, 1),)


def test_a_form_is_filled_in_with_facts_and_never_a_group(office, desk):
    asked = FormsAsked(
        kind=PersonFormKind.SEARCH_REPORT,
        month=SEPTEMBER,
        people=(
            FormWish(household_id=office.household_id, person_id=office.person_id, is_short=True),
        ),
    )
    (form,) = printing(desk).prepare_forms(asked)
    assert (form.name, form.address, form.month, form.is_short) == (
        *("架空 花子", "架空県架空市見本町1-2-3", SEPTEMBER, True),
    )
    assert form.members == ("架空 花子",)
    assert not hasattr(form, "group")


def test_a_form_about_no_month_names_none_and_a_blank_one_nobody(office, desk):
    people = (FormWish(household_id=office.household_id, person_id=office.person_id),)
    asked = FormsAsked(kind=PersonFormKind.TRAINING, month=SEPTEMBER, people=people)
    assert printing(desk).prepare_forms(asked)[0].month is None
    (blank,) = printing(desk).prepare_forms(FormsAsked(kind=asked.kind, month=SEPTEMBER))
    assert (blank.name, blank.case_number, blank.household_id) == ("", "", None)


def test_forms_on_paper_stand_in_the_log_of_the_file(office, desk):
    batch_id = new_id()
    for _ in range(2):
        printing(desk).record_forms(
            batch_id,
            PersonFormKind.WORK_NOTICE,
            [office.household_id],
            pages=1,
            sha256="ab" * 32,
        )
    with office.work() as session:
        found = session.execute(select(PrintedFile.household_id, PrintedFile.form)).all()
    assert [tuple(row) for row in found] == [(office.household_id, "S-20")]


def test_a_form_of_somebody_elsewhere_is_refused(office, desk):
    people = (FormWish(household_id=office.household_id, person_id=new_id()),)
    with pytest.raises(NotPermittedError):
        printing(desk).prepare_forms(
            FormsAsked(kind=PersonFormKind.INCOME, month=SEPTEMBER, people=people)
        )


def test_a_card_speaks_the_language_that_was_chosen(office, desk):
    (usual,) = printing(desk).prepare_cards([(wish(office),)])
    assert usual.words is None
    (english,) = printing(desk).prepare_cards([(wish(office),)], "en")
    assert english.words.language.say("title") == "About your papers"
    assert (english.words.language.confirmed, english.words.readings) == (False, None)
    (easy,) = printing(desk).prepare_cards([(wish(office),)], "easy")
    assert easy.words.readings is not None
    with pytest.raises(ConflictError):
        printing(desk).prepare_cards([(wish(office),)], "unknown")
