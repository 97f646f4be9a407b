"""Print runs of declarations: drawn from the service, noted once they are on paper."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.jobs.declaration_printing import ReminderJob, follow_up_job
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import DeclarationPrinting, IssuedForms
from tests.reports.reading import page_texts
from tests.support.declarations import a_duty, cells_of, due
from tests.support.desk import small_office
from tests.support.factories import CLOCK

JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)


def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    person = office.desk(office.caseworker)
    person.declarations.set_duty(a_duty(office, JULY))
    return person


def issued(desk) -> IssuedForms:
    return IssuedForms(desk.work, CLOCK, desk.staff, desk.households.reading)


@pytest.fixture
def printing(desk):
    return DeclarationPrinting(desk.work, CLOCK, desk.staff)


def test_letters_are_drawn_and_then_noted(office, desk, printing):
    job = ReminderJob(printing, issued(desk), fonts)
    ids = job.choose([(due(office, JULY), due(office, AUGUST))])
    heard: list[int] = []
    run = job.draw(ids, FormMark.PLAIN, heard.append, lambda: False)
    assert (run.title, run.rendered.pages, heard) == ("申告書提出のお願い", 1, [1])
    assert [cell.reminded_on for cell in cells_of(desk, JULY)[:2]] == [(), ()]
    assert run.issue is not None
    official = run.issue(None, None)
    assert [form.form_code for form in issued(desk).of_household(office.household_id)] == ["L-01"]
    assert "発行番号 6-0001" in page_texts(official.rendered.data)[0]
    for _ in range(2):
        job.finish(official)
    assert [len(cell.reminded_on) for cell in cells_of(desk, JULY)[:2]] == [1, 1]


def test_a_stopped_run_leaves_no_trace(office, desk, printing):
    job = ReminderJob(printing, issued(desk), fonts)
    ids = job.choose([(due(office, JULY),)])
    with pytest.raises(UserError, match="中止"):
        job.draw(ids, FormMark.PLAIN, cancelled=lambda: True)
    assert cells_of(desk, JULY)[0].reminded_on == ()


def test_the_register_of_a_month_is_drawn(desk, printing):
    job = follow_up_job(printing, fonts)
    ids = job.choose((desk.declarations.owners()[0], JULY))
    run = job.draw(ids, FormMark.PLAIN)
    assert (run.title, run.rendered.pages) == ("申告書 受領・督促管理表", 1)
    job.finish(run)
    with pytest.raises(UserError):
        job.draw((), FormMark.PLAIN)
