"""事業参加 over real services: the register of a programme, by keys, on both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from sqlalchemy import select

from desktop.domain.assessments import Barriers
from desktop.domain.forms import FormMark
from desktop.domain.support_plan_forms import PlanPaper, PlanPaperAsked, ProgrammeRegisterAsked
from desktop.jobs.support_plan_printing import plan_paper_job, register_job
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import SupportPlanPrinting
from desktop.views.participations.participations_screen import ParticipationsScreen
from desktop.views.requests import FileRequest
from tests.support.assessments import assessment, barrier
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.support_plans import participation, plan

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def screen(qtbot, look, office):
    view = ParticipationsScreen(
        office.desk(office.caseworker).participations,
        CLOCK,
        InlineRunner(),
        look=look,
        may_print=True,
        make_paper=lambda _: pytest.fail("no paper was asked for"),
    )
    return shown(qtbot, view)


def begun(office):
    given = participation(office, starts_on=days_ago(30), consent_on=days_ago(30))
    office.desk(office.caseworker).participations.begin(given)
    return given


def test_nobody_takes_part_and_it_says_where_that_is_noted(screen):
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert "「個別支援計画」で記録します" in screen.nothing.words
    assert not screen.open_button.isEnabled()
    assert screen.count.text().startswith("0人")


def test_in_large_type_it_asks_for_no_larger_window(qtbot, look, screen):
    look.set_zoom(200)
    hint = screen.minimumSizeHint()
    assert hint.width() <= 940  # what a window of 1,280 x 800 px has beside the menu
    assert hint.height() <= 600
    screen.resize(940, 600)
    box = screen.programme.editor()
    qtbot.waitUntil(lambda: box.width() < 940)
    assert box.visibleRegion().boundingRect().width() == box.width()


def test_the_register_of_a_programme_opens_its_files(qtbot, screen, office):
    begun(office)
    screen.programme.show_value("employment")
    screen.programme.edited.emit()
    assert screen.count.text() == "1人（参加1件、うち参加中1件）"
    asked: list[FileRequest] = []
    screen.file_requested.connect(asked.append)
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert (asked[0].household_id, asked[0].section) == (office.household_id, "support_plans")
    screen.programme.show_value("hw_team")
    screen.programme.edited.emit()
    assert screen.model.rowCount() == 0


def test_it_begins_with_the_programme_most_take_part_in(qtbot, look, office):
    begun(office)
    view = ParticipationsScreen(
        office.desk(office.caseworker).participations,
        CLOCK,
        InlineRunner(),
        look=look,
        may_print=True,
        make_paper=lambda _: pytest.fail("no paper was asked for"),
    )
    view = shown(qtbot, view)
    assert view.programme.entered() == "employment"
    assert view.count.text().startswith("1人")


def test_papers_are_drawn_and_noted(office):
    begun(office)
    desk = office.desk(office.caseworker)
    given = plan(office)
    desk.support_plans.save(given)
    service = SupportPlanPrinting(
        desk.work, CLOCK, office.caseworker, desk.support_plans.reading, desk.participations
    )
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    for paper in PlanPaper:
        job = plan_paper_job(paper, service, lambda: fonts)
        asked = PlanPaperAsked(household_id=office.household_id, plan_id=given.plan_id)
        run = job.draw(job.choose(asked), FormMark.DRAFT)
        job.finish(run)
        job.finish(run)  # a retry
    register = register_job(service, lambda: fonts)
    asked_for = ProgrammeRegisterAsked(programme="employment", first=days_ago(60), last=TODAY)
    run = register.draw(register.choose(asked_for), FormMark.PLAIN)
    register.finish(run)
    with office.work() as session:
        forms = session.scalars(select(PrintedFile.form).order_by(PrintedFile.form)).all()
        marks = session.execute(
            select(PrintBatch.form, PrintBatch.mark).order_by(PrintBatch.mark)
        ).all()
    assert forms == ["S-08", "S-11", "S-12"]
    assert [tuple(m) for m in marks] == [(None, "draft")] * 3 + [("S-09", "plain")]


def test_a_draft_is_marked_and_sensitive_barriers_stay_off_paper(office):
    desk = office.desk(office.caseworker)
    given = plan(office)
    barriers = (barrier("BF01", Barriers.MINOR), barrier("BF02", Barriers.MINOR))
    desk.assessments.save(assessment(office, barriers=barriers))
    desk.support_plans.save(given)
    service = SupportPlanPrinting(
        desk.work, CLOCK, office.caseworker, desk.support_plans.reading, desk.participations
    )
    sheet = service.plan_sheet(
        PlanPaperAsked(household_id=office.household_id, plan_id=given.plan_id)
    )
    assert sheet.imprint.mark is FormMark.DRAFT
    assert (sheet.wish, sheet.goals) == (given.wish, given.goals)
    assert sheet.barriers == ("疾病（身体）",)
    person = desk.support_plans.of_household(office.household_id).people[0]
    assert len(person.digest.barriers) == 2
    months = service.confirmation_sheet(
        PlanPaperAsked(household_id=office.household_id, plan_id=given.plan_id)
    ).months
    assert (months[0], len(months)) == (TODAY.replace(day=1), 6)
