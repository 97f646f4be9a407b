"""支援活動 in a household's file over real services, by keys. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.activities import ActivityResult
from desktop.domain.activity_forms import ActivitySheetAsked
from desktop.domain.forms import FormMark
from desktop.jobs.activity_printing import support_sheet_job
from desktop.models.support_policies import PrintedFile
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import ActivityPrinting
from desktop.views.activities.file_activities import FileActivitiesView
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.issued_forms import issued_forms
from tests.support.qt import InlineRunner
from tests.support.support_acts import an_act
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


class Sections:
    """Opens the section for people of a small office."""

    def __init__(self, qtbot, look, office):
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FakeDialogs(answer=True)
        self.said = []

    def open(self, staff):
        view = FileActivitiesView(
            self._office.household_id,
            self._office.desk(staff).activities,
            InlineRunner(),
            look=self._look,
            dialogs=self.dialogs,
            today=CLOCK.today,
            make_paper=lambda *_: pytest.fail("no paper was asked for"),
        )
        view.announced.connect(self.said.append)
        self._qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with self._qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    def press(self, view, *keys):
        for key in keys:
            self._qtbot.keyClick(view.focusWidget(), key)

    def type(self, view, text):
        self._qtbot.keyClicks(view.focusWidget(), text)


@pytest.fixture
def sections(qtbot, look, office):
    return Sections(qtbot, look, office)


def added(office, **changes):
    given = an_act(office.household_id, office.person_id, **changes)
    office.desk(office.caseworker).activities.add(given)
    return given


def kept(office):
    desk = office.desk(office.caseworker)
    return desk.activities.of_household(office.household_id).activities


def test_an_act_is_a_number_a_memo_and_enter(office, sections, qtbot):
    view = sections.open(office.caseworker)
    assert "Enter で保存します" in view.nothing.words
    assert view.line.kind.editor().hasFocus()
    sections.type(view, "21")
    sections.press(view, Key.Key_Tab)
    assert view.line.memo.editor().hasFocus()
    assert view.line.minutes.editor().text() == "120"
    commit_text(view.focusWidget(), "求職登録に付き添った。")
    sections.press(view, Key.Key_Return)
    (act,) = kept(office)
    assert (act.kind, act.minutes, act.memo) == ("21", 120, "求職登録に付き添った。")
    assert (act.done_on, act.result) == (TODAY, ActivityResult.DONE)
    assert sections.said == ["支援活動を保存しました。"]
    qtbot.waitUntil(view.line.kind.editor().hasFocus)
    assert view.line.memo.editor().text() == ""
    assert not view.has_unsaved()
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_partner_of_the_last_act_of_the_kind_is_proposed(office, sections):
    added(office, kind="21", minutes=120, partner="hw1")
    view = sections.open(office.caseworker)
    sections.type(view, "21")
    sections.press(view, Key.Key_Tab)
    assert "見本公共職業安定所" in view.line.partner.editor().currentText()


def test_another_kind_brings_its_own_minutes(office, sections):
    view = sections.open(office.caseworker)
    sections.type(view, "21")
    sections.press(view, Key.Key_Tab)
    view.line.kind.editor().setFocus()
    view.line.kind.editor().lineEdit().selectAll()
    sections.type(view, "13")
    sections.press(view, Key.Key_Tab)
    assert view.line.minutes.editor().text() == "10"


def test_a_refusal_stands_beside_its_field(office, sections):
    view = sections.open(office.caseworker)
    sections.type(view, "13")
    sections.press(view, Key.Key_Tab)
    view.line.next_step.editor().setText("電話する")
    sections.press(view, Key.Key_Return)
    assert "両方" in view.line.next_step.error()
    assert kept(office) == ()
    view.line.kind.show_value(None)
    view.line.act_button.click()
    assert view.line.kind.error()


def test_a_row_is_put_right_with_a_reason(office, sections, qtbot):
    added(office, memo="電話で話した。")
    view = sections.open(office.caseworker)
    view.table.setFocus()
    sections.press(view, Key.Key_E)
    assert view.line.title.text() == "活動の訂正"
    view.line.minutes.editor().setText("25")
    view.line.act_button.click()
    assert view.line.reason.error()
    view.line.reason.editor().setText("時間の誤り")
    view.line.act_button.click()
    new, old = kept(office)
    assert (new.minutes, new.counts, old.counts) == (25, True, False)
    assert "訂正前" in [view.model.index(row, 5).data() for row in range(2)]
    assert view.line.reason.isHidden() or not view.line.reason.isVisible()


def test_a_row_is_taken_back_and_esc_leaves(office, sections):
    added(office)
    view = sections.open(office.caseworker)
    view.table.setFocus()
    sections.press(view, Key.Key_X)
    assert view.line.reason.editor().hasFocus()
    sections.press(view, Key.Key_Escape)
    assert view.line.title.text() == "活動を書く"
    view.table.setFocus()
    sections.press(view, Key.Key_X)
    sections.type(view, "mistake")
    sections.press(view, Key.Key_Return)
    assert [act.counts for act in kept(office)] == [False, False]
    view.table.select_row(0)
    assert view.edit_button.isHidden()


def test_who_may_only_read_has_no_line(office, sections):
    added(office)
    view = sections.open(office.records)
    assert view.line.isHidden()
    assert view.edit_button.isHidden()
    assert view.table.hasFocus()


@pytest.mark.parametrize("code", ["S-13", "S-14"])
def test_sheets_are_noted_for_the_household(office, code):
    given = added(office)
    desk = office.desk(office.caseworker)
    service = ActivityPrinting(desk.work, CLOCK, desk.staff, desk.activities.reading)
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    job = support_sheet_job(code, service, issued_forms(office, office.caseworker), lambda: fonts)
    asked = ActivitySheetAsked(
        household_id=office.household_id,
        person_id=given.person_id,
        month=TODAY.replace(day=1),
    )
    run = job.draw(job.choose(asked), FormMark.PLAIN)
    job.finish(run)
    job.finish(run)
    with office.work() as session:
        (printed,) = session.query(PrintedFile).all()
        assert (printed.form, printed.household_id) == (code, office.household_id)
