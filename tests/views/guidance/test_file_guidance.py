"""指導・指示 in a household's file over real services, by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.conferences import MatterKind
from desktop.domain.forms import FormMark
from desktop.domain.guidance import Outcome, Step
from desktop.domain.guidance_papers import GuidancePaper, GuidancePaperAsked
from desktop.jobs.guidance_printing import guidance_job
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import GuidancePrinting
from desktop.viewmodels.guidance import StageState
from desktop.views.guidance.file_guidance import FileGuidance
from tests.reports.reading import page_texts
from tests.support.assessments import assessment
from tests.support.desk import small_office
from tests.support.fakes import FakeDialogs
from tests.support.guidance import Walk, day
from tests.support.issued_forms import issued_forms
from tests.support.qt import InlineRunner

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def walk(engine):
    return Walk(office=small_office(engine))


class Sections:
    """Opens the section for people of a small office on a day of the walk."""

    def __init__(self, qtbot, look, walk):
        self._qtbot, self._look, self._walk = qtbot, look, walk
        self.dialogs = FakeDialogs(answer=True)
        self.said = []

    def open(self, who="caseworker", days=0):
        desk = self._walk.desk(who, days)
        view = FileGuidance(
            self._walk.office.household_id,
            desk.guidance,
            desk.conferences,
            desk.staff,
            InlineRunner(),
            look=self._look,
            dialogs=self.dialogs,
            today=lambda: day(days),
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


@pytest.fixture
def sections(qtbot, look, walk):
    return Sections(qtbot, look, walk)


def test_a_case_is_begun_by_keys_and_the_stepper_says_what_is_missing(walk, sections, qtbot):
    walk.judge()
    view = sections.open()
    assert "指導を始める（N）" in view.nothing.words
    qtbot.keyClick(view.new_button, Key.Key_N)
    assert view.case_form.isVisible()
    view.case_form.facts.editor().insertPlainText("9月の求職活動は0回だった。")
    qtbot.keyClick(view.case_form.facts.editor(), Key.Key_Return, CTRL)
    assert sections.said == ["指導を始めました。"]
    assert view.case_table.isVisible()
    assert view.next.words.startswith("次の段階：口頭による指導指示")
    assert [m.state for m in view.stepper.marks[:2]] == [StageState.BEGUN, StageState.WAITING]
    assert "済んだ段階" in view.stepper.accessibleName()
    QAbstractItemModelTester(view.cases)
    QAbstractItemModelTester(view.steps)


def test_a_step_is_recorded_and_errors_stand_beside_their_fields(walk, sections, qtbot):
    walk.judge()
    walk.open()
    view = sections.open()
    view.case_table.setFocus()
    assert view.step.entered() == Step.ORAL
    qtbot.keyClick(view.case_table, Key.Key_R)
    fields = view.step_form.fields
    assert fields.kind is Step.ORAL
    for field in fields.words.values():
        field.editor().insertPlainText("窓口で確かめた")
    qtbot.keyClick(fields.words["help"].editor(), Key.Key_Return, CTRL)
    assert fields.further_on.error() == "次の確認日を入力してください。"
    fields.further_on.show_value(day(30))
    view.step_form.act_button.click()
    assert sections.said == ["「口頭による指導指示」を記録しました。"]
    assert view.steps.rowCount() == 2
    assert "窓口で確かめた" in view.words.words
    assert view.next.words.startswith("次の段階：合理性の見直し")
    assert "別の職員が記録します" in view.next.words


def test_a_letter_has_numbered_items(walk, sections, qtbot):
    walk.to(Step.PLAN_WRITTEN)
    view = sections.open(days=3)
    assert view.step.entered() == Step.LETTER
    view.record_button.click()
    fields = view.step_form.fields
    for field in fields.words.values():
        field.show_value("窓口で確かめた")
    fields.items.add_button.click()
    for number, row in enumerate(fields.items.rows):
        row.action.show_value("相談等をすること" if number else "窓口で相談を受けること")
        row.due_on.show_value(day(40))
        row.measure.show_value("相談票の写し")
    view.step_form.act_button.click()
    assert "2：" in fields.items.error.sentence
    fields.items.rows[1].action.show_value("相談票を出すこと")
    view.step_form.act_button.click()
    letter = walk.case().newest(Step.LETTER)
    assert [item.action for item in letter.items] == [
        "窓口で相談を受けること",
        "相談票を出すこと",
    ]


def test_a_check_asks_of_every_item_and_a_disposition_names_them(walk, sections):
    walk.to(Step.LETTER_DELIVERY)
    view = sections.open(days=40)
    view.record_button.click()
    fields = view.step_form.fields
    assert fields.kind is Step.CHECK
    for field in fields.results.values():
        field.show_value(Outcome.VIOLATED)
    fields.outcome.show_value(Outcome.VIOLATED)
    for field in fields.words.values():
        field.show_value("受付簿で確かめた")
    view.step_form.act_button.click()
    assert walk.case().newest(Step.CHECK).outcome is Outcome.VIOLATED


def test_the_case_is_put_on_an_agenda(walk, sections):
    walk.to(Step.REVIEW)
    walk.meet(Step.PLAN_WRITTEN, 1)
    view = sections.open(days=2)
    view.ask_button.click()
    assert "会議" in view.messages.text()
    view.meeting.show_value(view.meeting.editor().itemData(1))
    view.matter.show_value(MatterKind.HEARING)
    view.ask_button.click()
    assert sections.said[-1].startswith("会議の議題にしました")


def test_a_row_stands_there_only_while_there_is_something_to_choose(walk, sections):
    walk.to(Step.REVIEW)
    view = sections.open(days=2)
    assert not view.ask_button.isVisible()
    assert "会議がありません" in view.no_meeting.words
    walk.meet(Step.PLAN_WRITTEN, 1)
    view.reload()
    assert view.ask_button.isVisible()
    assert view.no_meeting.words == ""
    assert view.meeting.editor().lineEdit().placeholderText()


def test_during_a_hold_nothing_of_it_is_in_sight(walk, sections):
    walk.to(Step.REVIEW)
    walk.desk("caseworker", 2).assessments.save(assessment(walk.office, safety="連絡が取れない"))
    view = sections.open(days=2)
    assert "安全" in view.nothing.words
    for part in (view.case_table, view.stepper, view.next, view.record_button, view.new_button):
        assert not part.isVisible()
    assert view.cases.rowCount() == 0


def test_what_is_half_typed_is_not_lost_unasked(walk, sections, qtbot):
    walk.judge()
    view = sections.open()
    view.new_button.click()
    view.case_form.facts.editor().insertPlainText("途中")
    assert view.has_unsaved()
    qtbot.keyClick(view.case_form.facts.editor(), Key.Key_Escape)
    assert not view.has_unsaved()
    assert view.new_button.isVisible()


def test_papers_are_drawn_from_what_was_recorded_and_are_drafts_until_approved(walk):
    walk.to(Step.LETTER)
    asked = GuidancePaperAsked(
        household_id=walk.office.household_id, case_id=walk.case_id, paper=GuidancePaper.LETTER
    )

    def drawn(days):
        desk = walk.desk("caseworker", days)
        fonts = FontSet.of_office(resource_path("fonts"), search=())
        service = GuidancePrinting(
            desk.work, desk.guidance.clock, desk.staff, desk.guidance.reading
        )
        job = guidance_job(
            GuidancePaper.LETTER,
            service,
            issued_forms(walk.office, desk.staff, desk.guidance.clock),
            lambda: fonts,
        )
        run = job.draw(job.choose(asked), FormMark.PLAIN)
        if run.issue is not None:
            run = run.issue(None, None)
        job.finish(run)
        return "".join(page_texts(run.rendered.data))

    assert "案" in drawn(3)
    walk.take(Step.LETTER_DECISION)
    text = drawn(4)
    assert "案" not in text
    assert "第6-0001号" in text
    assert "2回目の相談日に" in text.replace("\n", "")
