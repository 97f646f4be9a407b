"""The policy editor by keys: parts, lines, evidence, self-check, conflicts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktop.domain.support_policies import PolicyState
from desktop.views.support_policies.conflict_panel import PolicyResolution
from tests.support.policies import issue, recorded
from tests.support.qt import HeldRunner
from tests.support.typing_in import commit_text, compose_text
from tests.views.support_policies.writing import add_issue, begin, outline, review

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_first_policy_is_written_saved_and_submitted_by_keys(section, bench, qtbot):
    editor = begin(section, qtbot)
    qtbot.keyClick(editor.focusWidget(), Key.Key_S, CTRL)
    assert "保存済み" in editor.buttons.state.text()
    assert bench.newest().state is PolicyState.DRAFT
    qtbot.keyClick(editor.focusWidget(), Key.Key_Return, CTRL)
    stored = bench.newest()
    assert stored.state is PolicyState.SUBMITTED
    assert (stored.situation, stored.issues[0].text) == (
        "単身で暮らしている。",
        "服薬が続いていない",
    )
    assert section.editor is None
    assert "提出しました" in bench.said[-1]
    assert "服薬が続いていない" in section.reader.toPlainText()


def test_goals_and_actions_are_lines_that_come_move_and_go_by_keys(section, bench, qtbot):
    editor = begin(section, qtbot)
    form = editor.form.issue
    form.goal_lines.add_button.click()
    commit_text(form.goal_lines.lines()[0].text.editor(), "毎朝薬をのむ")
    for what in ("残薬を数える", "主治医に伝える"):
        form.action_lines.add_button.click()
        commit_text(form.action_lines.lines()[-1].what.editor(), what)
    second = form.action_lines.lines()[1]
    commit_text(second.by_on.editor(), "+30")
    commit_text(second.measure.editor(), "連絡票")
    qtbot.keyClick(second.what.editor(), Key.Key_Up, ALT)
    editor.save()
    [stored] = bench.newest().issues
    assert [action.what for action in stored.actions] == ["主治医に伝える", "残薬を数える"]
    assert stored.actions[0].measure == "連絡票"
    assert str(stored.actions[0].by_on) == "2024-10-31"
    assert stored.goals[0].text == "毎朝薬をのむ"
    qtbot.keyClick(second.what.editor(), Key.Key_Delete, ALT)
    editor.save()
    assert [action.what for action in bench.newest().issues[0].actions] == ["残薬を数える"]


def test_issues_move_and_go_by_keys(section, bench, qtbot):
    editor = begin(section, qtbot, "一")
    add_issue(editor, qtbot, "二")
    shown = editor.form.outline.list
    shown.setFocus()
    qtbot.keyClick(shown, Key.Key_Up, ALT)
    editor.save()
    assert [i.text for i in bench.newest().issues] == ["二", "一"]
    assert shown.currentRow() == 1
    qtbot.keyClick(shown, Key.Key_Down)
    assert editor.form.issue.texts["text"].editor().toPlainText() == "一"
    qtbot.keyClick(shown, Key.Key_Delete)
    editor.save()
    assert [i.text for i in bench.newest().issues] == ["二"]
    assert len(outline(editor)) == 2


def test_a_part_that_cannot_be_read_is_not_left(section, qtbot):
    editor = begin(section, qtbot)
    form = editor.form.issue
    form.goal_lines.add_button.click()
    [line] = form.goal_lines.lines()
    commit_text(line.text.editor(), "毎朝薬をのむ")
    commit_text(line.by_on.editor(), "いつか")
    editor.form.outline.list.setCurrentRow(0)
    assert editor.form.outline.list.currentRow() == 1
    assert line.by_on.error()
    editor.save()
    assert "保存済み" not in editor.buttons.state.text()


def test_a_sentence_of_the_record_becomes_evidence_and_the_fact(section, bench, qtbot):
    recorded(bench.desk, bench.office.household_id, "居室で面接した。薬が半分残っていた。")
    editor = begin(section, qtbot)
    qtbot.keyClick(editor.focusWidget(), Key.Key_R, CTRL)
    picker = editor.form.picker
    assert picker.words.hasFocus()
    assert picker.model.rowCount() == 2
    qtbot.keyClick(picker.words, Key.Key_Down)
    assert "薬が半分残っていた。" in picker.whole.words
    picker.words.clear()
    commit_text(picker.words, "薬")
    picker.words.textEdited.emit("薬")
    assert picker.model.rowCount() == 1
    qtbot.keyClick(picker.words, Key.Key_Return)
    assert not editor.form.is_picking
    editor.save()
    [stored] = bench.newest().issues
    [evidence] = stored.evidence
    assert (evidence.quote, evidence.start, evidence.end) == ("薬が半分残っていた。", 8, 18)
    assert stored.fact == "薬が半分残っていた。"


def test_a_fact_that_was_written_stays_and_the_same_sentence_is_taken_once(section, bench, qtbot):
    recorded(bench.desk, bench.office.household_id, "薬が半分残っていた。")
    editor = begin(section, qtbot)
    form = editor.form
    form.issue.texts["fact"].insert("残薬が多い。")
    for _ in range(2):
        form.pick_evidence()
        form.picker.take_button.click()
    assert len(form.issue.evidence.rows()) == 1
    assert form.issue.texts["fact"].editor().toPlainText() == "残薬が多い。"


def test_evidence_is_opened_and_taken_out(section, bench, qtbot):
    recorded(bench.desk, bench.office.household_id, "薬が半分残っていた。")
    editor = begin(section, qtbot)
    editor.form.pick_evidence()
    editor.form.picker.take_button.click()
    [row] = editor.form.issue.evidence.rows()
    row.open.click()
    assert bench.asked[-1].entry_id == row.evidence.entry_id
    row.remove.click()
    editor.save()
    assert bench.newest().issues[0].evidence == ()


def test_esc_leaves_the_sentences_and_not_the_editor(section, bench, qtbot):
    editor = begin(section, qtbot)
    editor.form.pick_evidence()
    assert "まだ文がありません" in editor.form.picker.count.text()
    qtbot.keyClick(editor.form.picker.words, Key.Key_Escape)
    assert not editor.form.is_picking
    assert section.editor is editor


def test_the_self_check_follows_what_is_typed(section, qtbot):
    editor = begin(section, qtbot)
    sentences = [check.sentence for check in editor.form.checks.checks]
    assert any("世帯の状況" in s for s in sentences)
    qtbot.waitUntil(lambda: "取組がありません" in editor.form.checks.toPlainText())
    assert "世帯の状況が書かれていません" not in editor.form.checks.toPlainText()


def test_the_self_check_leaves_an_input_method_alone(section, qtbot):
    editor = begin(section, qtbot)
    field = editor.form.issue.texts["fact"].editor()
    field.setFocus()
    compose_text(field, "くすり")
    editor.check()
    assert field.is_composing()
    compose_text(field, "")


def test_the_self_check_marks_no_field_while_a_date_is_half_typed(section, qtbot):
    editor = begin(section, qtbot)
    editor.form.issue.goal_lines.add_button.click()
    [line] = editor.form.issue.goal_lines.lines()
    commit_text(line.text.editor(), "毎朝薬をのむ")
    commit_text(line.by_on.editor(), "令和")
    editor.check()
    assert editor.form.issue.goal_lines.error() == ""
    assert line.by_on.error() == ""


def test_a_day_to_come_is_refused_at_its_field(section, bench, qtbot):
    editor = begin(section, qtbot)
    editor.form.outline.list.setCurrentRow(0)
    editor.form.household.made_on.editor().clear()
    commit_text(editor.form.household.made_on.editor(), "+7")
    editor.form.outline.list.setCurrentRow(1)
    editor.save()
    assert "まだ来ていない日" in editor.form.household.made_on.error()
    assert editor.form.household.made_on.editor().hasFocus()
    assert bench.policies == ()


def test_a_policy_without_issues_is_not_handed_in_but_kept(section, bench, qtbot):
    section.write_new()
    section.editor.submit()
    assert "課題が一つもありません" in section.editor.messages.text()
    assert bench.newest().state is PolicyState.DRAFT


def two_windows(section, bench, qtbot):
    """The editor holds words on a version that another window has replaced."""
    editor = begin(section, qtbot)
    editor.save()
    stored = bench.desk.policies.draft(bench.policies[0].policy_id)
    other = replace(stored, situation="窓二の文。", issues=(*stored.issues, issue("窓二の課題")))
    bench.desk.policies.save(other)
    editor.form.outline.list.setCurrentRow(0)
    commit_text(editor.form.household.situation.editor(), "窓一の文。")
    editor.save()
    return editor


def test_a_conflict_keeps_what_was_typed_and_the_other_lines(section, bench, qtbot):
    editor = two_windows(section, bench, qtbot)
    assert editor.conflict.isVisible()
    assert "窓二の文。" in editor.conflict.comparison.text.toPlainText()
    assert editor.has_unsaved()
    editor.conflict.buttons[PolicyResolution.MINE].click()
    editor.save()
    stored = bench.newest()
    assert stored.version == 3
    assert "窓一の文。" in stored.situation
    assert [i.text for i in stored.issues] == ["服薬が続いていない", "窓二の課題"]


def test_my_words_go_only_after_a_question(section, bench, qtbot):
    editor = two_windows(section, bench, qtbot)
    bench.dialogs.answer = False
    editor.conflict.buttons[PolicyResolution.STORED].click()
    assert editor.conflict.isVisible()
    bench.dialogs.answer = True
    editor.conflict.buttons[PolicyResolution.STORED].click()
    assert editor.form.household.situation.editor().toPlainText() == "窓二の文。"
    assert not editor.has_unsaved()


def test_closing_asks_about_what_is_not_stored(section, bench, qtbot):
    editor = begin(section, qtbot)
    assert section.has_unsaved()
    assert section.stores_unsaved()
    qtbot.keyClick(editor.focusWidget(), Key.Key_Escape)
    question = editor.findChild(QMessageBox, "unsaved_guard")
    question.defaultButton().click()
    assert section.editor is None
    assert bench.newest().issues[0].text == "服薬が続いていない"


def test_the_window_can_store_what_is_open(section, bench, qtbot):
    begin(section, qtbot)
    done = []
    section.store_unsaved(lambda: done.append(True))
    assert done == [True]
    assert not section.has_unsaved()
    assert len(bench.policies) == 1


def test_one_editor_at_a_time(section, qtbot):
    editor = begin(section, qtbot)
    section.write_new()
    assert section.editor is editor
    assert "書きかけ" in section.messages.text()


def test_words_typed_while_a_save_is_under_way_stay_unsaved(make_section, bench, qtbot):
    runner = HeldRunner()
    section = make_section(runner=runner)
    while runner.held:
        runner.release()
    section.write_new()
    while runner.held:
        runner.release()
    editor = section.editor
    commit_text(editor.form.household.situation.editor(), "先の文。")
    editor.save()
    commit_text(editor.form.household.situation.editor(), "後の文。")
    while runner.held:
        runner.release()
    assert editor.has_unsaved()
    assert bench.newest().situation == "先の文。"
    assert editor.form.household.situation.editor().toPlainText() == "先の文。後の文。"


def test_every_part_fits_a_narrow_window(section, qtbot):
    editor = begin(section, qtbot)
    section.resize(600, 800)
    form = editor.form
    outline_place = form.outline.mapTo(form, form.outline.rect().topLeft())
    issue_place = form.issue.mapTo(form, form.issue.rect().topLeft())
    assert issue_place.y() > outline_place.y()
    assert form.issue.width() <= form.width()


def test_a_grade_brings_its_visits_and_what_was_typed_stays(section, bench, qtbot):
    editor = begin(section, qtbot)
    editor.form.outline.list.setCurrentRow(0)
    household = editor.form.household
    for visits in ("12", "6"):  # A, then B
        qtbot.keyClick(household.grade.editor(), Key.Key_Down)
        assert household.visits.editor().text() == visits
    household.visits.editor().selectAll()
    commit_text(household.visits.editor(), "9")
    qtbot.keyClick(household.grade.editor(), Key.Key_Down)
    assert household.visits.editor().text() == "9"
    editor.save()
    assert (bench.newest().grade, bench.newest().visits_per_year) == ("C", 9)
    editor.ask_to_close()
    assert "C　年9回" in section.reader.toPlainText()


def test_words_that_say_nothing_are_asked_about_and_stop_nothing(section, bench, qtbot):
    editor = begin(section, qtbot)
    form = editor.form.issue
    form.action_lines.add_button.click()
    [line] = form.action_lines.lines()
    commit_text(line.what.editor(), "引き続き見守る")
    qtbot.waitUntil(lambda: bool(line.what.wording_hints()))
    assert "どのくらいの間隔で" in line.what.wording_hints()[0].hint
    form.goal_lines.add_button.click()
    [goal] = form.goal_lines.lines()
    commit_text(goal.text.editor(), "自立を促す")
    qtbot.waitUntil(lambda: bool(goal.text.wording_hints()))
    editor.save()
    assert bench.newest().issues[0].actions[0].what == "引き続き見守る"


def walk(editor, qtbot):
    """Where Tab stops from the first field of an issue to 閉じる."""
    editor.form.issue.standing.setFocus()
    seen = [editor.focusWidget()]
    while seen[-1] is not editor.buttons.close_button:
        qtbot.keyClick(seen[-1], Key.Key_Tab)
        assert editor.focusWidget() not in seen, "Tab goes in a circle"
        seen.append(editor.focusWidget())
    return seen


def test_tab_walks_through_the_whole_form_also_through_lines_that_come_and_go(
    section, bench, qtbot
):
    editor = review(section, bench, qtbot, "一", "二")
    for _ in range(2):
        qtbot.keyClick(editor.focusWidget(), Key.Key_PageDown, CTRL)
    form = editor.form.issue
    form.goal_lines.add_line()
    form.action_lines.add_line()
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_Up):
        qtbot.keyClick(form.action_lines.lines()[-1].what.editor(), key, ALT)
    form.action_lines.add_line()
    qtbot.keyClick(form.action_lines.lines()[1].what.editor(), Key.Key_Delete, ALT)
    wanted = [
        form.standing.editor(),
        *form.decision.buttons.values(),
        form.texts["result"].editor(),
        form.person.editor(),
        form.independence.editor(),
        form.domain.editor(),
        form.texts["text"].editor(),
        form.texts["fact"].editor(),
        form.evidence.pick_button,
        *(form.texts[key].editor() for key in ("cause", "wish", "strength")),
        *form.goal_lines.stops,
        *form.action_lines.stops,
        editor.buttons.save,
        editor.buttons.submit,
        editor.buttons.close_button,
    ]
    assert len(form.goal_lines.lines()) == len(form.action_lines.lines()) == 2
    qtbot.waitUntil(lambda: all(stop.isVisible() for stop in wanted))
    assert walk(editor, qtbot) == wanted
    form.action_lines.add_button.setFocus()
    qtbot.keyClick(editor.focusWidget(), Key.Key_Backtab)
    assert form.action_lines.lines()[-1].remove.hasFocus()
