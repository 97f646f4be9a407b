"""The editor at a review: lines carried over are decided one by one, also where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.domain.support_policies import PolicyState, Standing
from tests.support.policies import issue
from tests.support.typing_in import commit_text
from tests.views.support_policies.writing import begin, in_review, outline, review

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_review_begins_with_the_lines_that_go_on(make_section, bench, qtbot):
    in_review(bench, issue("服薬"), issue("買い物"))
    section = make_section()
    section.shelf.write_button.click()
    editor = section.editor
    assert [line.endswith("［見直し未］") for line in outline(editor)] == [False, True, True]
    editor.form.outline.list.setCurrentRow(2)
    form = editor.form.issue
    form.standing.show_value(Standing.ENDED)
    editor.submit()  # asks about the other line first
    editor.form.outline.list.setCurrentRow(2)
    editor.submit()
    assert "どうなったか" in form.texts["result"].error()
    assert form.texts["result"].editor().hasFocus()
    commit_text(form.texts["result"].editor(), "自分で行ける。")
    editor.submit()
    stored = bench.newest()
    assert stored.state is PolicyState.SUBMITTED
    assert [i.standing for i in stored.issues] == [Standing.CONTINUED, Standing.ENDED]


def test_a_new_line_has_nothing_to_be_reviewed(section, qtbot):
    editor = begin(section, qtbot)
    assert not editor.form.issue.standing.isVisible()
    assert not editor.form.issue.texts["result"].isVisible()


def test_each_line_carried_over_is_decided_by_one_key(section, bench, qtbot):
    editor = review(section, bench, qtbot, "一", "二", "三")
    assert [text.endswith("［見直し未］") for text in outline(editor)[1:]] == [True] * 3
    qtbot.keyClick(editor.focusWidget(), Key.Key_PageDown, CTRL)
    form = editor.form.issue
    assert form.texts["text"].editor().toPlainText() == "一"
    qtbot.keyClick(editor.focusWidget(), Key.Key_1, ALT)  # as it is: the next one comes
    assert form.texts["text"].editor().toPlainText() == "二"
    qtbot.keyClick(editor.focusWidget(), Key.Key_3, ALT)  # ended: what became of it is asked for
    assert form.texts["result"].editor().hasFocus()
    commit_text(editor.focusWidget(), "解決した。")
    qtbot.keyClick(editor.focusWidget(), Key.Key_PageDown, CTRL)
    qtbot.keyClick(editor.focusWidget(), Key.Key_2, ALT)  # changed: the words of the issue
    assert form.texts["text"].editor().hasFocus()
    commit_text(editor.focusWidget(), "（変わった）")
    editor.form.refresh_outline()
    assert not any("見直し未" in text for text in outline(editor))
    editor.save()
    assert [(i.standing, i.text) for i in bench.newest().issues] == [
        (Standing.CONTINUED, "一"),
        (Standing.ENDED, "二"),
        (Standing.CONTINUED, "三（変わった）"),
    ]


def test_behind_the_last_decision_the_evaluation_is_written(section, bench, qtbot):
    editor = review(section, bench, qtbot, "一")
    qtbot.keyClick(editor.focusWidget(), Key.Key_PageDown, CTRL)
    qtbot.keyClick(editor.focusWidget(), Key.Key_1, ALT)
    assert editor.form.household.evaluation.editor().hasFocus()


def test_lines_without_a_decision_are_asked_about_once_at_submitting(section, bench, qtbot):
    editor = review(section, bench, qtbot, "一", "二")
    qtbot.keyClick(editor.focusWidget(), Key.Key_Return, CTRL)
    assert "まだ見直していない課題が2つ" in editor.messages.text()
    assert editor.form.issue.texts["text"].editor().toPlainText() == "一"
    qtbot.keyClick(editor.focusWidget(), Key.Key_1, ALT)
    qtbot.keyClick(editor.focusWidget(), Key.Key_Return, CTRL)
    assert "まだ見直していない課題が1つ" in editor.messages.text()
    qtbot.keyClick(editor.focusWidget(), Key.Key_Return, CTRL)
    assert bench.newest().state is PolicyState.SUBMITTED


def test_a_key_decides_nothing_on_a_new_line(section, bench, qtbot):
    editor = begin(section, qtbot)
    for key in (Key.Key_1, Key.Key_3):
        qtbot.keyClick(editor.focusWidget(), key, ALT)
    editor.save()
    assert bench.newest().issues[0].standing is Standing.NEW


def test_where_it_is_narrow_list_and_self_check_fold_away(section, bench, qtbot):
    editor = review(section, bench, qtbot, "一", "二")
    form = editor.form
    assert form.bar.isHidden()
    form.setMaximumWidth(700)
    qtbot.waitUntil(form.bar.isVisible)
    assert not form.outline.isVisible()
    assert form.bar.where.text().startswith("1／3")
    qtbot.keyClick(editor.focusWidget(), Key.Key_PageDown, CTRL)
    assert form.bar.where.text().startswith("2／3")
    assert form.bar.where.toolTip().startswith("1　一")
    qtbot.keyClick(editor.focusWidget(), Key.Key_F4)
    assert form.outline.list.hasFocus()
    assert form.checks.isVisible()
    qtbot.keyClick(form.outline.list, Key.Key_F4)
    assert not form.outline.isVisible()
    assert form.issue.standing.isAncestorOf(editor.focusWidget())
    assert f"点検{len(form.checks.checks)}件" in form.bar.fold.text()


def test_evidence_is_picked_where_it_is_narrow_too(section, bench, qtbot):
    editor = review(section, bench, qtbot, "一")
    editor.form.setMaximumWidth(500)
    qtbot.waitUntil(editor.form.bar.isVisible)
    qtbot.keyClick(editor.focusWidget(), Key.Key_PageDown, CTRL)
    qtbot.keyClick(editor.focusWidget(), Key.Key_R, CTRL)
    assert editor.form.picker.isVisible()
    qtbot.keyClick(editor.focusWidget(), Key.Key_Escape)
    assert not editor.form.picker.isVisible()
