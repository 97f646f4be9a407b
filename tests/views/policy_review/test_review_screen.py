from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.approvals import Move
from desktop.domain.households import HouseholdState
from desktop.domain.policy_review import LineDecision, ReviewStage
from desktop.domain.support_policies import PolicyKind, PolicyState, Standing
from desktop.models.households import Household
from desktop.views.support_policies.conflict_panel import PolicyResolution
from tests.support.policies import recorded
from tests.support.policy_review import A_YEAR_LATER, decided
from tests.support.qt import HeldRunner
from tests.support.typing_in import commit_text
from tests.views.test_every_screen import inputs, name_of, path

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(make_screen):
    return make_screen()


def press(screen, qtbot, *keys, ctrl=False):
    for key in keys:
        qtbot.keyClick(screen.focusWidget(), key, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)


def write(screen, text):
    commit_text(screen.focusWidget(), text)


def decisions(screen):
    return [line.decision for line in screen.session.work.review.lines]


def test_an_unchanged_policy_is_decided_line_by_line_and_handed_in_by_keys(screen, bench, qtbot):
    assert screen.panel.table.hasFocus()
    press(screen, qtbot, Key.Key_Return)
    assert screen.session.work.page.lines.hasFocus()
    assert decisions(screen) == [None, None]
    press(screen, qtbot, Key.Key_1, Key.Key_1)
    assert decisions(screen) == [LineDecision.CONTINUE, LineDecision.CONTINUE]
    assert screen.session.work.page.evaluation.editor().hasFocus()
    write(screen, "通院は続いたが、飲み忘れは残る。")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    stored = bench.newest()
    assert (stored.state, stored.kind) == (PolicyState.SUBMITTED, PolicyKind.YEARLY)
    assert stored.evaluation == "通院は続いたが、飲み忘れは残る。"
    assert [issue.standing for issue in stored.issues] == [Standing.CONTINUED] * 2
    assert bench.said == ["援助方針を提出しました。"]
    assert screen.panel.count.text() == "見直す 0件　決裁待ち 1件"


def test_a_line_is_changed_one_ends_and_one_comes_by_keys(screen, bench, qtbot):
    press(screen, qtbot, Key.Key_Return, Key.Key_2)
    part = screen.session.work.part
    assert part.form.texts["text"].editor().hasFocus()
    part.form.action_lines.add_button.click()
    action = part.form.action_lines.lines()[-1]
    commit_text(action.what.editor(), "服薬カレンダーを使う")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert decisions(screen) == [LineDecision.CHANGE, None]
    press(screen, qtbot, Key.Key_3)
    write(screen, "配食を使い、三食とれている。")
    press(screen, qtbot, Key.Key_Return)
    assert decisions(screen) == [LineDecision.CHANGE, LineDecision.END]
    press(screen, qtbot, Key.Key_Escape)
    screen.session.work.page.lines.setFocus()
    press(screen, qtbot, Key.Key_N)
    write(screen, "金銭の管理がむずかしい")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    write(screen, "通院は続いた。")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    kept, ended, new = bench.newest().issues
    assert [a.what for a in kept.actions] == ["訪問のたびに残薬を数える", "服薬カレンダーを使う"]
    assert (ended.standing, ended.result) == (Standing.ENDED, "配食を使い、三食とれている。")
    assert (new.standing, new.text) == (Standing.NEW, "金銭の管理がむずかしい")


def test_nothing_is_handed_in_undecided(screen, bench, qtbot):
    press(screen, qtbot, Key.Key_Return)
    page = screen.session.work.page
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert "「服薬が続いていない」をどうするか" in screen.messages.text()
    press(screen, qtbot, Key.Key_1, Key.Key_3)
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert "「食事が偏っている」に、どうなったか" in screen.messages.text()
    assert page.result.editor().hasFocus()
    write(screen, "三食とれている。")
    press(screen, qtbot, Key.Key_Return)
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert "評価を書いてください" in screen.messages.text()
    assert page.evaluation.editor().hasFocus()
    assert len(bench.desk.policies.lines(bench.office.household_id)) == 1


def test_a_key_held_down_decides_one_line_only(screen, qtbot):
    press(screen, qtbot, Key.Key_Return)
    lines = screen.session.work.page.lines
    for is_repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", is_repeated
        )
        QApplication.sendEvent(lines, event)
    assert decisions(screen) == [LineDecision.CONTINUE, None]


def test_after_handing_in_the_next_household_comes(make_screen, bench, second, qtbot):
    screen = make_screen()
    press(screen, qtbot, Key.Key_Return, Key.Key_1, Key.Key_1)
    write(screen, "通院は続いた。")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert screen.session.task.line.household_id == second
    assert screen.session.work.page.lines.hasFocus()
    press(screen, qtbot, Key.Key_1)
    write(screen, "家計簿をつけている。")
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert bench.newest(second).state is PolicyState.SUBMITTED
    assert "すべて提出されました" in screen._hint.text()
    assert screen.panel.table.isHidden()


def test_what_was_typed_is_a_draft_when_another_household_is_opened(
    make_screen, bench, second, qtbot
):
    screen = make_screen()
    press(screen, qtbot, Key.Key_Return, Key.Key_1, Key.Key_1)
    write(screen, "通院は続いた。")
    press(screen, qtbot, Key.Key_Escape, Key.Key_Down, Key.Key_Return)
    assert screen.session.task.line.household_id == second
    draft = bench.newest()
    assert (draft.state, draft.evaluation) == (PolicyState.DRAFT, "通院は続いた。")
    assert [line.stage for line in screen.panel.lines()] == [ReviewStage.DRAFT, ReviewStage.OPEN]
    screen.panel.choose(bench.office.household_id)
    screen.panel.table.setFocus()
    press(screen, qtbot, Key.Key_Return)
    assert decisions(screen) == [LineDecision.CONTINUE] * 2
    assert screen.session.work.page.evaluation.editor().toPlainText() == "通院は続いた。"


def test_looking_at_a_household_stores_nothing(make_screen, bench, second, qtbot):
    screen = make_screen()
    press(screen, qtbot, Key.Key_Return, Key.Key_1, Key.Key_1, Key.Key_Escape)
    assert not screen.has_unsaved()
    press(screen, qtbot, Key.Key_Down, Key.Key_Return)
    assert len(bench.desk.policies.lines(bench.office.household_id)) == 1
    screen.panel.choose(bench.office.household_id)
    screen.panel.table.setFocus()
    press(screen, qtbot, Key.Key_Return)
    assert decisions(screen) == [LineDecision.CONTINUE] * 2


def test_the_years_record_is_read_quoted_and_copied_in_place(screen, bench, qtbot):
    recorded(bench.desk, bench.office.household_id, "服薬は毎朝できている。朝食もとる。")
    bench.changes.entry_changed.emit(bench.office.household_id, None)
    press(screen, qtbot, Key.Key_Return, Key.Key_K)
    year = screen.session.work.year
    assert year.table.hasFocus()
    assert year.model.rows()[0].words == "服薬は毎朝できている。"
    assert "服薬は毎朝できている。" in year.entry.toPlainText()
    assert year.entry.textCursor().selectedText() == "服薬は毎朝できている。"
    press(screen, qtbot, Key.Key_Q)
    [evidence] = screen.session.work.review.given.issues[0].evidence
    assert evidence.quote == "服薬は毎朝できている。"
    assert decisions(screen)[0] is None
    press(screen, qtbot, Key.Key_E)
    assert (
        "「服薬は毎朝できている。」" in screen.session.work.page.evaluation.editor().toPlainText()
    )
    screen.session.work.year.buttons["O"].click()
    assert bench.asked[-1].section == "chronicle"


def test_the_self_check_follows_what_is_decided(screen, qtbot):
    press(screen, qtbot, Key.Key_Return)
    sentences = [c.sentence for c in screen.session.work.year.checks.checks]
    assert "前の援助方針の評価が書かれていません。" in sentences
    press(screen, qtbot, Key.Key_1, Key.Key_1)
    write(screen, "通院は続いた。")
    qtbot.waitUntil(
        lambda: (
            "前の援助方針の評価が書かれていません。"
            not in [c.sentence for c in screen.session.work.year.checks.checks]
        )
    )


def test_the_whole_editor_opens_at_the_line_and_comes_back(screen, bench, qtbot):
    press(screen, qtbot, Key.Key_Return, Key.Key_1)
    press(screen, qtbot, Key.Key_E, ctrl=True)
    editor = screen.session.editor
    assert editor.form.outline.list.currentRow() == 2
    commit_text(editor.form.issue.texts["cause"].editor(), "一人では作らない")
    press(screen, qtbot, Key.Key_S, ctrl=True)
    press(screen, qtbot, Key.Key_Escape)
    assert screen.session.editor is None
    assert decisions(screen) == [LineDecision.CONTINUE, LineDecision.CHANGE]
    assert screen.session.task.line.stage is ReviewStage.DRAFT


def test_two_windows_conflict_and_no_word_is_lost(make_screen, bench, qtbot):
    first = make_screen()
    press(first, qtbot, Key.Key_Return, Key.Key_R)
    write(first, "半分はのめた。")
    press(first, qtbot, Key.Key_S, ctrl=True)
    second = make_screen()
    press(second, qtbot, Key.Key_Return, Key.Key_R)
    write(second, "別の窓で書いた。")
    press(second, qtbot, Key.Key_S, ctrl=True)
    first.session.work.page.evaluation.setFocus()
    commit_text(first.session.work.page.evaluation.editor(), "通院は続いた。")
    first.session.save()
    assert first.session.work.is_settling
    assert not first.session.is_free
    first.session.work.conflict.resolved.emit(PolicyResolution.MINE)
    assert first.has_unsaved()
    first.session.save()
    stored = bench.newest()
    assert stored.evaluation == "通院は続いた。"
    assert stored.version == 3


def test_a_policy_that_waits_can_be_read_but_not_decided(make_screen, bench, qtbot):
    given = bench.desk.policies.blank(bench.office.household_id)
    saved = bench.desk.policies.save(given)
    bench.desk.policies.submit(saved.policy_id, saved.version)
    screen = make_screen()
    assert "決裁待ちの1件" in screen.panel.empty.words
    screen.panel.waiting.setChecked(True)
    screen.panel.table.setFocus()
    press(screen, qtbot, Key.Key_Return, Key.Key_1)
    assert decisions(screen) == [None, None]
    assert "決裁を待っています" in screen.session.work.head.notice.text()


def test_a_returned_policy_says_why_it_came_back(make_screen, bench, qtbot):
    desk, office = bench.desk, bench.office
    saved = desk.policies.save(
        replace(desk.policies.blank(office.household_id), evaluation="続いた。")
    )
    desk.policies.submit(saved.policy_id, saved.version)
    decided(
        office.desk(office.supervisor, A_YEAR_LATER),
        saved.policy_id,
        Move.RETURN,
        "取組の期日を直してください。",
    )
    screen = make_screen()
    press(screen, qtbot, Key.Key_Return)
    assert "取組の期日を直してください。" in screen.session.work.head.notice.text()
    press(screen, qtbot, Key.Key_1, Key.Key_1)
    press(screen, qtbot, Key.Key_Return, ctrl=True)
    assert bench.newest().state is PolicyState.SUBMITTED


def test_a_desk_without_households_says_so(qtbot, make_screen, bench):
    with bench.office.work() as session:
        district = session.get_one(Household, bench.office.household_id)
        district.state = HouseholdState.CLOSED
    screen = make_screen()
    assert "受給中の世帯がありません" in screen.empty_sentence()


def test_every_input_of_the_desk_has_a_name(screen, qtbot):
    press(screen, qtbot, Key.Key_Return, Key.Key_2)
    nameless = []
    for prepare in (
        screen.session.work.part.form.action_lines.add_line,
        lambda: press(screen, qtbot, Key.Key_Escape, Key.Key_S),
        lambda: press(screen, qtbot, Key.Key_Escape, Key.Key_K),
    ):
        prepare()
        labels = {label.buddy(): label.text() for label in screen.findChildren(QLabel)}
        nameless += [path(w) for w in inputs(screen) if not name_of(w, labels)]
    assert nameless == []


def test_where_there_is_little_room_list_and_year_come_in_the_place_of_the_policy(screen, qtbot):
    screen.resize(620, 700)
    press(screen, qtbot, Key.Key_Return)
    work = screen.session.work
    assert work.page.lines.isVisible()
    assert not screen.panel.isVisible()
    assert not work.year.isVisible()
    press(screen, qtbot, Key.Key_K)
    assert work.year.table.hasFocus()
    assert not work.page.lines.isVisible()
    press(screen, qtbot, Key.Key_Escape)
    assert work.page.lines.hasFocus()
    press(screen, qtbot, Key.Key_Escape)
    assert screen.panel.table.hasFocus()
    assert not work.isVisible()
    press(screen, qtbot, Key.Key_Return)
    assert work.page.lines.hasFocus()


def test_the_window_is_told_what_lies_unsaved_and_can_store_it(screen, bench, qtbot):
    press(screen, qtbot, Key.Key_Return, Key.Key_2)
    commit_text(screen.session.work.part.form.texts["cause"].editor(), "一人では忘れる")
    assert screen.has_unsaved()
    stored = []
    screen.store_unsaved(lambda: stored.append(True))
    assert stored == [True]
    assert "一人では忘れる" in bench.newest().issues[0].cause
    assert not screen.has_unsaved()


def test_reading_waits_for_a_household_to_be_opened_and_the_next_is_read_ahead(
    make_screen, bench, second, qtbot
):
    runner = HeldRunner()
    screen = make_screen(runner)
    runner.release()
    press(screen, qtbot, Key.Key_Down, Key.Key_Up)
    assert runner.held == []
    press(screen, qtbot, Key.Key_Return)
    while runner.held:
        runner.release()
    assert screen._loader._ahead.line.household_id == second
    assert screen.session.task.line.household_id == bench.office.household_id


def test_the_screen_goes_to_a_household_that_lies_outside_the_span(make_screen, bench, qtbot):
    desk, household_id = bench.desk, bench.office.household_id
    saved = desk.policies.save(desk.policies.blank(household_id))
    desk.policies.submit(saved.policy_id, saved.version)
    screen = make_screen()
    screen.show_item(household_id)
    assert screen.panel.waiting.isChecked()
    assert screen.session.task.line.household_id == household_id
    assert screen.household_at_hand().household_id == household_id
