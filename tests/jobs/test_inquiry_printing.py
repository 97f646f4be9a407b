"""Print runs of inquiries: drawn from the service, noted once they are on paper."""

from __future__ import annotations

import pytest

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.inquiries import InquiryState
from desktop.jobs.inquiry_printing import RequestJob, inquiry_register_job
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import InquiryPrinting, IssuedForms
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.inquiries import an_inquiry, newest


def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def approved(office, desk):
    given = an_inquiry(office)
    desk.inquiries.ask(given)
    supervisor = office.desk(office.supervisor)
    newest(supervisor, office)
    supervisor.inquiries.move(given.inquiry_id, 1, InquiryState.APPROVED)
    return given.inquiry_id


def issued(desk):
    return IssuedForms(desk.work, CLOCK, desk.staff, ReadingDoor(desk.work, CLOCK, desk.staff))


@pytest.fixture
def printing(desk):
    return InquiryPrinting(desk.work, CLOCK, desk.staff, ReadingDoor(desk.work, CLOCK, desk.staff))


def test_letters_are_drawn_and_then_sent(office, desk, approved, printing):
    job = RequestJob(printing, issued(desk), fonts)
    heard: list[int] = []
    run = job.draw([approved], FormMark.PLAIN, heard.append, lambda: False)
    assert (run.title, run.rendered.pages, heard) == ("調査依頼書", 2, [1])
    assert newest(desk, office).line.state is InquiryState.APPROVED
    assert run.issue is not None
    official = run.issue(None, None)
    for _ in range(2):
        job.finish(official)
    assert newest(desk, office).line.state is InquiryState.SENT


def test_a_stopped_run_leaves_no_trace(office, desk, approved, printing):
    with pytest.raises(UserError, match="中止"):
        RequestJob(printing, issued(desk), fonts).draw(
            [approved], FormMark.PLAIN, cancelled=lambda: True
        )
    assert newest(desk, office).line.state is InquiryState.APPROVED


def test_the_register_is_one_choice(approved, printing):
    job = inquiry_register_job(printing, fonts)
    ids = job.choose(((approved,), "令和6年度"))
    run = job.draw(ids, FormMark.PLAIN)
    assert (run.title, run.rendered.pages) == ("回答管理簿", 1)
    job.finish(run)
    with pytest.raises(UserError):
        job.draw([], FormMark.PLAIN)
