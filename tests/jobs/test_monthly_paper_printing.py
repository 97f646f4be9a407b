"""Print runs around monthly papers: cards are issued and noted, forms drawn for several people or blank."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.monthly_paper_forms import CardWish, FormsAsked, FormWish, PersonFormKind
from desktop.domain.support_groups import SupportGroup
from desktop.jobs.monthly_paper_printing import CardJob, PersonFormJob
from desktop.models.support_policies import PrintedFile
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import IssuedForms, MonthlyPaperPrinting
from tests.reports.reading import page_texts
from tests.support.assessments import further_people
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.monthly_papers import AUGUST, JULY, SEPTEMBER, cell_of, decide_group, due


def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    decide_group(office, SupportGroup.ALONE)
    return office.desk(office.caseworker)


@pytest.fixture
def printing(desk):
    return MonthlyPaperPrinting(desk.work, CLOCK, desk.staff)


def issued(desk) -> IssuedForms:
    return IssuedForms(desk.work, CLOCK, desk.staff, desk.households.reading)


def wishes(office):
    return [
        CardWish(due=due(office, month), due_on=date(2024, month.month + 1, 10))
        for month in (JULY, AUGUST)
    ]


def test_cards_are_drawn_issued_and_then_noted(office, desk, printing):
    job = CardJob(printing, issued(desk), fonts)
    ids = job.choose([wishes(office)])
    run = job.draw(ids, FormMark.PLAIN)
    assert (run.title, run.rendered.pages) == ("書類のご案内", 2)
    assert cell_of(desk, AUGUST).reminded_on == ()
    assert run.issue is not None
    official = run.issue(None, None)
    assert [form.form_code for form in issued(desk).of_household(office.household_id)] == ["S-33"]
    for _ in range(2):
        job.finish(official)
    assert [len(cell_of(desk, month).reminded_on) for month in (JULY, AUGUST)] == [1, 1]


def test_a_stopped_run_leaves_no_trace(office, desk, printing):
    job = CardJob(printing, issued(desk), fonts)
    ids = job.choose([wishes(office)])
    with pytest.raises(UserError, match="中止"):
        job.draw(ids, FormMark.PLAIN, cancelled=lambda: True)
    assert cell_of(desk, AUGUST).reminded_on == ()


def test_forms_for_several_people_are_one_pdf_and_stand_in_each_file(office, printing):
    people = [office, *further_people(office, 2)]
    asked = FormsAsked(
        kind=PersonFormKind.SEARCH_REPORT,
        month=SEPTEMBER,
        people=tuple(
            FormWish(household_id=each.household_id, person_id=each.person_id) for each in people
        ),
    )
    job = PersonFormJob(printing, fonts)
    run = job.draw(job.choose(asked), FormMark.PLAIN)
    assert (run.title, run.rendered.pages, run.issue) == ("求職活動状況・収入申告書", 3, None)
    assert "架空 花子" in page_texts(run.rendered.data)[0]
    for _ in range(2):
        job.finish(run)
    with office.work() as session:
        found = session.execute(select(PrintedFile.household_id, PrintedFile.form)).all()
    assert {tuple(row) for row in found} == {(each.household_id, "S-18") for each in people}
    assert len(found) == 3


def test_a_blank_form_is_in_nobody_s_file(office, printing):
    job = PersonFormJob(printing, fonts)
    run = job.draw(
        job.choose(FormsAsked(kind=PersonFormKind.INCOME, month=SEPTEMBER)), FormMark.PLAIN
    )
    assert run.rendered.pages == 2
    job.finish(run)
    with office.work() as session:
        assert session.scalars(select(PrintedFile.form)).all() == []
    with pytest.raises(UserError):
        job.draw((), FormMark.PLAIN)
