"""The pool by scanner and keys: a number selects its paper, a paper is handed over, drafted from, printed; others are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ConflictError
from desktop.domain.forms import FormMark
from desktop.domain.paper_links import DraftTask
from desktop.domain.papers import PaperState
from desktop.viewmodels.papers import acts_for
from tests.support.fakes import CLOCK, fake_id, make_staff
from tests.support.fakes_papers import LINES, ME, make_line, make_pool
from tests.support.typing_in import commit_text
from tests.views.papers.filing import file_one

ENTER = Qt.Key.Key_Return
Key = Qt.Key


def test_a_scanned_number_selects_its_paper_and_leaves_no_filter(screen, qtbot):
    screen.pool.focus_filter()
    qtbot.keyClicks(screen.pool.filter, "2024000003")
    assert screen.pool.current().number == 3
    assert screen.pool.filter.text() == ""
    assert screen.pool.table.hasFocus()
    assert screen.pool.model.rowCount() == len(LINES)


def test_a_scanner_may_be_used_while_the_list_has_the_keyboard(screen, qtbot):
    screen.pool.table.setFocus()
    qtbot.keyClicks(screen.pool.table, "2")
    assert screen.pool.filter.hasFocus()
    qtbot.keyClicks(screen.pool.filter, "024000004")
    assert screen.pool.current().number == 4


def test_an_input_method_may_make_the_digits_wide(screen, qtbot):
    screen.pool.focus_filter()
    commit_text(screen.pool.filter, "２０２４０００００２")
    assert screen.pool.current().number == 2


def test_the_number_may_be_typed_as_it_stands_on_the_paper(screen, qtbot):
    screen.pool.focus_filter()
    qtbot.keyClicks(screen.pool.filter, "6-3")
    assert screen.pool.model.rowCount() == len(LINES)
    qtbot.keyClick(screen.pool.filter, ENTER)
    assert screen.pool.current().number == 3


def test_a_settled_paper_is_told_and_its_file_opened(screen, qtbot, papers):
    settled = make_line(77, state=PaperState.SETTLED)
    papers.elsewhere.append(settled)
    screen.pool.focus_filter()
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClicks(screen.pool.filter, "2024000077")
    assert (asked.args[0].household_id, asked.args[0].section) == (settled.household_id, "papers")
    assert "6-0077" in screen.messages.text()


def test_a_paper_taken_in_at_another_desk_a_moment_ago_is_found(screen, qtbot, papers):
    papers.lines.append(make_line(88))
    screen.pool.focus_filter()
    qtbot.keyClicks(screen.pool.filter, "2024000088")
    assert screen.pool.current().number == 88


def test_an_unknown_number_is_told(screen, qtbot, papers):
    screen.pool.focus_filter()
    qtbot.keyClicks(screen.pool.filter, "2024000999")
    assert papers.calls[-1] == ("find", 2024, 999)
    assert "6-0999" in screen.messages.text()


def test_words_leave_the_papers_that_hold_all_of_them(screen, qtbot):
    screen.pool.focus_filter()
    commit_text(screen.pool.filter, "給与 隣席")
    assert [line.number for line in screen.pool.model.rows()] == [2]
    commit_text(screen.pool.filter, "ない言葉")
    assert "Esc" in screen.pool.empty_sentence()
    qtbot.keyClick(screen.pool.filter, Key.Key_Escape)
    assert screen.pool.model.rowCount() == len(LINES)
    assert screen.pool.table.hasFocus()


def test_h_asks_to_whom_and_enter_hands_over(screen, qtbot, papers):
    acts = screen.pool.acts
    screen.pool.focus_list()
    qtbot.keyClick(screen.pool.table, Key.Key_H)
    line = acts.to.editor().lineEdit()
    qtbot.waitUntil(line.hasFocus)
    assert [acts.to.editor().itemText(i) for i in range(1, acts.to.editor().count())] == [
        "隣席 見本（地区担当員）",
        "庶務 見本（記録・庶務職員）",
    ]
    commit_text(line, "庶務")
    qtbot.keyClick(line, ENTER)
    expected = ("hand_over", LINES[0].paper_id, ME, fake_id("shomu"))
    qtbot.waitUntil(lambda: expected in papers.calls)
    assert screen.pool.model.index(0, 3).data() == "庶務 見本"
    assert acts.to.editor().currentText() == ""
    qtbot.waitUntil(screen.pool.table.hasFocus)


def test_escape_gives_the_handing_over_up(screen, qtbot, papers):
    screen.pool.focus_list()
    qtbot.keyClick(screen.pool.table, Key.Key_H)
    line = screen.pool.acts.to.editor().lineEdit()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Key.Key_Escape)
    qtbot.waitUntil(screen.pool.table.hasFocus)
    assert papers.calls == []


def test_d_makes_the_draft_a_to_do_and_shows_until_when(screen, qtbot, papers, changes):
    screen.pool.focus_list()
    with qtbot.waitSignal(changes.todo_changed):
        qtbot.keyClick(screen.pool.table, Key.Key_D)
    assert papers.calls[-1] == ("draft", LINES[0].paper_id)
    assert screen.pool.model.index(0, 4).data() == "R6.10.8"
    assert not screen.pool.acts.draft_button.isEnabled()


def test_a_refused_draft_is_told(screen, qtbot, papers):
    papers.refusals["draft"] = ConflictError("この書類の起案は、すでにやることになっています。")
    screen.pool.focus_list()
    qtbot.keyClick(screen.pool.table, Key.Key_D)
    assert "すでに" in screen.messages.text()


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"state": PaperState.JUDGED}, True),
        ({"state": PaperState.DRAFTED}, False),
        ({"owner_id": None}, False),
        ({"draft": DraftTask(due_on=CLOCK.today(), is_done=False)}, False),
        ({"draft": DraftTask(due_on=CLOCK.today(), is_done=True)}, True),
    ],
)
def test_when_a_draft_is_offered(change, may):
    line = replace(make_line(1), **change)
    assert acts_for(line, make_staff(staff_id=ME)).may_draft is may


def test_an_overdue_draft_bears_a_sign_and_a_done_one_a_word(screen):
    past = DraftTask(due_on=CLOCK.today().replace(month=9), is_done=False)
    done = DraftTask(due_on=CLOCK.today(), is_done=True)
    screen.pool.show_pool(make_pool(make_line(1, draft=past), make_line(2, draft=done)))
    assert [screen.pool.model.index(row, 4).data() for row in (0, 1)] == ["▲ R6.9.1", "済"]


def test_after_a_receipt_one_key_prints_slip_and_receipt(screen, qtbot, papers, drawn):
    assert screen.form.print_button.isHidden()
    file_one(screen, qtbot)
    qtbot.waitUntil(lambda: not screen.form.print_button.isHidden())
    qtbot.waitUntil(screen.form.household.box.hasFocus)
    qtbot.keyClick(screen.form.household.box, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert drawn.view.asked == (papers.given[0].paper_id, FormMark.ORIGINAL, 1)
    assert drawn.view.isVisible()
    assert not screen.form.isVisible()
    drawn.view.left.emit()
    assert screen.form.isVisible()
    qtbot.waitUntil(screen.form.household.box.hasFocus)


def test_p_prints_the_paper_at_hand_again(screen, qtbot, drawn):
    screen.pool.focus_list()
    screen.pool.table.select_row(2)
    qtbot.keyClick(screen.pool.table, Key.Key_P)
    assert drawn.view.asked[0] == LINES[2].paper_id


def test_other_desks_are_told_and_oneself_is_not(screen, qtbot, papers, changes):
    told: list[object] = []
    changes.paper_changed.connect(told.append)
    screen.pool.focus_list()
    qtbot.keyClick(screen.pool.table, Key.Key_N)
    assert told == [screen]
    papers.lines.append(make_line(9))
    changes.paper_changed.emit(screen)
    assert screen.pool.model.rowCount() == len(LINES)
    changes.paper_changed.emit(object())
    assert screen.pool.model.rowCount() == len(LINES) + 1


def test_a_reason_is_not_given_to_another_paper_when_its_own_is_gone(
    screen, qtbot, papers, changes
):
    screen.pool.focus_list()
    qtbot.keyClick(screen.pool.table, Key.Key_S)
    commit_text(screen.pool.acts.reason, "控えのみ")
    papers.lines = papers.lines[1:]
    changes.paper_changed.emit(object())
    assert screen.pool.acts.reason.text() == ""
    assert screen.pool.current().number == 2
    assert screen.pool.table.hasFocus()


def test_whoever_types_a_paper_in_is_not_disturbed_by_other_desks(screen, qtbot, papers, changes):
    commit_text(screen.form.kind.editor().lineEdit(), "給")
    screen.pool.acts.reason.setText("控えのみ")
    papers.lines.append(make_line(9))
    changes.paper_changed.emit(object())
    assert screen.pool.model.rowCount() == len(LINES) + 1
    assert screen.form.kind.editor().currentText() == "給"
    assert screen.pool.acts.reason.text() == "控えのみ"


def test_the_number_of_the_last_paper_stays_until_the_next_one_begins(screen, qtbot, drawn):
    file_one(screen, qtbot)
    form = screen.form
    qtbot.waitUntil(form.last.isVisible)
    assert form.last.text() == "受領番号 6-0101 を書類に書いてください。"
    qtbot.keyClicks(form.household.box, "00001")
    form.household.search()
    assert not form.last.isVisible()
    assert form.person_note.isVisible()
    qtbot.keyClick(form.household.box, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not hasattr(drawn, "view")
