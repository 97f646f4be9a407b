"""就労支援: a month of the own duty, and its reports on paper. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.activity_forms import MonthAsked
from desktop.domain.dates import months_later
from desktop.domain.forms import FormMark
from desktop.jobs.activity_printing import month_report_job
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import ActivityPrinting
from desktop.views.activities.month_screen import MonthScreen
from desktop.views.requests import FileRequest
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.support_acts import a_check, a_job, a_request, an_act, an_end

Key = Qt.Key
MONTH = TODAY.replace(day=1)
ASKED = MonthAsked(month=MONTH)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = MonthScreen(
            office.desk(staff).activities,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(answer=True),
            today=CLOCK.today,
            make_paper=lambda *_: pytest.fail("no paper was asked for"),
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def worked(office):
    """A month's work: an act put right, a next step, a request, a start with a check, another start that was a mistake."""
    desk, whose = office.desk(office.caseworker), (office.household_id, office.person_id)
    wrong = an_act(*whose)
    desk.activities.add(wrong)
    desk.activities.add(
        an_act(*whose, minutes=30, replaces_id=wrong.activity_id, reason="時間の誤り")
    )
    desk.activities.add(an_act(*whose, kind="21", next_step="電話する", next_due_on=TODAY))
    desk.referrals.ask(a_request(*whose, asked_on=TODAY, reply_by=TODAY, consent_on=TODAY))
    old = a_job(*whose, started_on=days_ago(100))
    desk.spells.begin(old)
    desk.spells.answer(a_check(old, 1))
    desk.spells.begin(a_job(*whose, started_on=MONTH))
    mistake = a_job(*whose, started_on=MONTH, employer="誤り")
    desk.spells.begin(mistake)
    desk.spells.end(an_end(mistake, ended_on=MONTH, reason="mistake", note="二重"))


def printing(office, staff):
    desk = office.desk(staff)
    return ActivityPrinting(desk.work, CLOCK, desk.staff, desk.activities.reading)


def test_the_acts_of_the_month_stand_in_the_list(office, opened, qtbot):
    worked(office)
    view = opened(office.caseworker)
    assert view.model.rowCount() == 2
    assert view.counts.words.startswith("1人に2回")
    asked: list[FileRequest] = []
    view.file_requested.connect(asked.append)
    qtbot.keyClick(view.table, Key.Key_Return)
    assert [(each.household_id, each.section) for each in asked] == [
        (office.household_id, "activities")
    ]
    qtbot.keyClick(view.table, Key.Key_PageUp)
    assert view.month.entered() == months_later(MONTH, -1)
    assert "記録はありません" in view.nothing.words


def test_colleagues_see_only_their_own_duty(office, opened):
    worked(office)
    assert opened(office.outsider).model.rowCount() == 0
    assert opened(office.head).model.rowCount() == 2


def test_the_report_counts_what_counts(office):
    worked(office)
    found = printing(office, office.caseworker).programme_report(ASKED)
    assert (found.persons, found.new_persons, found.acts, found.minutes) == (1, 1, 2, 40)
    assert (found.requests, found.starts, found.raises, found.sheltered) == (1, 1, 0, 0)
    assert (found.ended, found.checked, found.still_working) == (0, 1, 1)
    assert [each.count for each in found.counts] == [1, 1]
    later = MonthAsked(month=months_later(MONTH, 1))
    after = printing(office, office.caseworker).programme_report(later)
    assert (after.persons, after.starts) == (0, 0)


def test_starts_and_the_schedule_name_people_of_the_own_duty(office):
    worked(office)
    service = printing(office, office.caseworker)
    (start,) = service.start_report(ASKED).lines
    assert (start.employer, start.income_before) == ("架空清掃株式会社", 0)
    schedule = service.schedule(ASKED)
    assert [line.due_on for line in schedule.lines if "次の行動" in line.what] == [TODAY]
    assert printing(office, office.outsider).start_report(ASKED).lines == ()
    assert printing(office, office.outsider).schedule(ASKED).lines == ()


@pytest.mark.parametrize(("code", "named"), [("S-15", 0), ("S-16", 1), ("S-17", 0)])
def test_reports_are_noted_and_whom_they_name(office, code, named):
    worked(office)
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    job = month_report_job(code, printing(office, office.caseworker), lambda: fonts)
    run = job.draw(job.choose(ASKED), FormMark.PLAIN)
    job.finish(run)
    job.finish(run)
    with office.work() as session:
        (batch,) = session.query(PrintBatch).all()
        assert batch.form == (None if named else code)
        assert session.query(PrintedFile).count() == named
