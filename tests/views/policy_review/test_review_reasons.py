"""On the workbench: why a household is there, what happened answered by one key, what was noted before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.ids import new_id
from desktop.domain.policy_duties import DutyKind, Outcome, ResultInput
from desktop.domain.policy_events import Impact
from desktop.domain.policy_review import LineDecision
from desktop.domain.support_policies import PolicyKind, PolicyState
from desktop.viewmodels.policy_review import Span
from desktop.viewmodels.policy_review_evidence import Mark
from desktop.views.policy_review.lines_view import LineAct
from tests.services.policy_events.test_policy_events import recorded as answered
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY
from tests.support.policies import issue, written
from tests.support.policy_review import approved, more_households
from tests.views.policy_review.test_review_screen import decisions, press, write

Key = Qt.Key


def open_first(screen, qtbot):
    press(screen, qtbot, Key.Key_Return)


@pytest.fixture
def early(bench):
    """Three weeks after the approval: only an event can ask for a review."""
    bench.clock = later(CLOCK, days=20)
    bench.desk = bench.office.desk(bench.office.caseworker, bench.clock)
    answered(bench.desk, bench.office, Impact.SOME)
    return bench


def test_the_list_and_the_household_say_which_event_asks(early, make_screen, qtbot):
    screen = make_screen()
    assert "きっかけ" in screen.panel.reason.words
    open_first(screen, qtbot)
    assert screen.session.work.head.facts.words.startswith("きっかけ")
    assert screen.session.task.given.kind is PolicyKind.EVENT
    assert screen.session.work.page.acts[LineAct.ANSWER].isVisible()


def test_no_review_is_answered_by_one_key_with_a_reason(early, make_screen, qtbot):
    screen = make_screen()
    open_first(screen, qtbot)
    press(screen, qtbot, Key.Key_F)
    panel = screen.session.work.answer.panel
    assert panel.reason.editor().hasFocus()
    qtbot.keyClick(screen.focusWidget(), Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert panel.isVisible()
    write(screen, "入院は三日で、支援の内容は変わらない。")
    qtbot.keyClick(screen.focusWidget(), Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    household = early.office.household_id
    assert early.desk.policies.review_due(household).events == ()
    assert early.said == ["「見直し不要」の答えを記録しました。"]
    # Nothing else is due: its year is far off.
    assert screen.panel.lines() == ()
    assert screen.panel.span.currentData() is Span.SOON
    assert screen.session.work.answer.panel.isHidden()


def test_a_typed_reason_is_not_lost(early, make_screen, qtbot):
    [other] = more_households(early.office, 1)
    screen = make_screen()
    screen.show_item(early.office.household_id)
    press(screen, qtbot, Key.Key_F)
    write(screen, "変わらない。")
    assert screen.has_unsaved()
    screen.show_item(other)
    assert "先に、開いている世帯" in screen.messages.text()
    assert screen.session.task.line.household_id == early.office.household_id
    called = []
    screen.store_unsaved(lambda: called.append(1))
    assert called == []
    assert "見直さない理由が記録されていません" in screen.messages.text()
    early.dialogs.answer = False
    press(screen, qtbot, Key.Key_Escape)
    assert len(early.dialogs.asked) == 1
    assert screen.session.work.answer.panel.isVisible()


def test_a_household_without_a_policy_opens_with_a_new_one(make_screen, bench, qtbot):
    [other] = more_households(bench.office, 1)
    screen = make_screen()
    screen.show_item(other)
    task = screen.session.task
    assert (task.line.household_id, task.given.kind) == (other, PolicyKind.NEW)
    assert "決裁された援助方針がありません" in screen.session.work.head.facts.words
    press(screen, qtbot, Key.Key_F)
    assert "有効な援助方針がないため" in screen.messages.text()
    press(screen, qtbot, Key.Key_N)
    write(screen, "金銭の管理がむずかしい")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert decisions(screen) == [LineDecision.ADD]
    screen.session.save()
    assert bench.newest(other).state is PolicyState.DRAFT


def test_what_was_noted_stands_in_the_year_and_begins_the_evaluation(make_screen, bench, qtbot):
    desk = bench.office.desk(bench.office.caseworker)
    duties = desk.duties.duties(bench.office.household_id)
    duty = next(d for d in duties if d.kind is DutyKind.ACTION)
    desk.duties.note(
        ResultInput(
            result_id=new_id(),
            duty_id=duty.duty_id,
            outcome=Outcome.PARTLY,
            happened_on=TODAY,
            text="残薬は3日分だった。",
        )
    )
    screen = make_screen()
    open_first(screen, qtbot)
    work = screen.session.work
    assert "残薬は3日分だった。" in work.review.lines[0].issue.result
    assert decisions(screen) == [None, None]
    assert not screen.has_unsaved()
    first = work.year.model.rows()[0]
    assert (first.mark, first.entry_id, first.is_near) == (Mark.PARTLY, None, True)
    press(screen, qtbot, Key.Key_K)
    assert "残薬は3日分だった。" in work.year.entry.toPlainText()
    enabled = {letter: button.isEnabled() for letter, button in work.year.buttons.items()}
    assert enabled == {"Q": False, "E": True, "O": False}
    assert "説明" in work.head.facts.words


def test_only_what_is_long_the_same_is_shown_when_asked_for(make_screen, bench, second, qtbot):
    again = bench.desk.policies.blank(bench.office.household_id)
    approved(bench.office, replace(again, evaluation="続いた。"), days=358)
    bench.clock = later(CLOCK, days=720)
    bench.desk = bench.office.desk(bench.office.caseworker, bench.clock)
    screen = make_screen()
    screen.panel.span.setCurrentIndex(screen.panel.span.findData(Span.EVERY))
    assert len(screen.panel.lines()) == 2
    screen.panel.same.setChecked(True)
    assert [line.household_id for line in screen.panel.lines()] == [bench.office.household_id]
    assert "1年同じ" in screen.panel.reason.words


def test_the_whole_editor_opens_at_the_line_in_question(make_screen, bench, qtbot):
    screen = make_screen()
    open_first(screen, qtbot)
    press(screen, qtbot, Key.Key_Down)
    qtbot.keyClick(screen.focusWidget(), Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    editor = screen.session.editor
    assert editor.form.issue.texts["text"].editor().toPlainText() == "食事が偏っている"
    assert editor.isAncestorOf(screen.focusWidget())


def test_a_household_that_is_not_listed_is_said(make_screen, qtbot):
    screen = make_screen()
    screen.show_item(new_id())
    assert "一覧にありません" in screen.messages.text()


def test_a_household_that_came_since_is_found(make_screen, bench, qtbot):
    screen = make_screen()
    [other] = more_households(bench.office, 1)
    approved(bench.office, written(bench.office.desk(bench.office.caseworker), other, issue()))
    screen.show_item(other)
    assert screen.session.task.line.household_id == other


def test_where_there_is_little_height_every_key_keeps_its_button(make_screen, look, qtbot):
    screen = make_screen()
    open_first(screen, qtbot)
    acts = screen.session.work.page.acts
    assert acts[LineAct.RESTORE].text() == "0 もとに戻す"
    look.set_zoom(200)
    screen.resize(1700, 700)
    qtbot.waitUntil(lambda: acts[LineAct.RESTORE].text() == "0 戻す")
    keys = [act for act in LineAct if act is not LineAct.ANSWER]
    assert all(acts[act].isVisible() for act in keys)
    assert acts[LineAct.RESTORE].accessibleName() == "0 もとに戻す"
    assert not acts[LineAct.ANSWER].isVisible()
