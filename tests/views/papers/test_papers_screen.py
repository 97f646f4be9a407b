"""受領書類 by keyboard: a paper is filed field by field, the form stands ready again, the pool moves on by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ConflictError, UserError, ValidationError
from desktop.domain.papers import PaperState
from desktop.viewmodels.papers import acts_for
from tests.support.fakes import fake_id, make_household_row, make_staff
from tests.support.fakes_papers import LINES, ME, make_line
from tests.support.typing_in import commit_text
from tests.views.papers.filing import file_one

ENTER = Qt.Key.Key_Return
MOVED = "この書類は別の職員が先に進めました。最新の状態を確認してください。"


def test_a_paper_is_filed_by_enter_and_the_form_stands_ready_for_the_next(screen, qtbot, papers):
    with qtbot.waitSignal(screen.announced) as said:
        file_one(screen, qtbot)
    (given,) = papers.given
    assert given.household_id == make_household_row(1).household_id
    assert (given.kind, given.person_id, given.sheets) == ("pay_slip", fake_id("child"), 3)
    assert (given.from_whom, given.note) == ("本人", "原本は返した。")
    assert said.args == ["受領番号 6-0101 で受け取りました。"]
    assert screen.form.last.text() == "受領番号 6-0101 を書類に書いてください。"
    assert screen.form.household.chosen() is None
    assert not screen.has_unsaved()
    qtbot.waitUntil(screen.form.household.box.hasFocus)
    assert screen.pool.model.rowCount() == len(LINES) + 1


def test_two_papers_have_two_ids(screen, qtbot, papers):
    file_one(screen, qtbot)
    qtbot.waitUntil(lambda: len(papers.given) == 1)
    file_one(screen, qtbot)
    qtbot.waitUntil(lambda: len(papers.given) == 2)
    assert papers.given[0].paper_id != papers.given[1].paper_id


def test_a_lost_answer_is_asked_again_under_the_same_id(screen, qtbot, papers):
    papers.refusals["receive"] = UserError("データベースに接続できません。")
    file_one(screen, qtbot)
    qtbot.waitUntil(lambda: bool(screen.messages.text()))
    assert screen.has_unsaved()
    before = screen.form._paper_id
    screen.form.file()
    assert [given.paper_id for given in papers.given] == [before]


def test_what_is_missing_is_said_at_its_field(screen, papers):
    screen.form.sheets.show_value(None)
    screen.form.file()
    assert screen.form.household_error.sentence == "世帯を選んでください。"
    assert screen.form.kind.error() == "種類を入力してください。"
    assert screen.form.sheets.error() == "枚数を入力してください。"
    assert screen.form.household.box.hasFocus()
    assert papers.given == []


def test_a_refusal_stands_at_its_field(screen, qtbot, papers):
    papers.refusals["receive"] = ValidationError(kind="この種類の書類はいまの設定値にありません。")
    file_one(screen, qtbot)
    qtbot.waitUntil(lambda: bool(screen.form.kind.error()))
    assert not screen.messages.text()


def test_of_several_households_none_is_chosen_by_itself(make_screen, qtbot):
    screen = make_screen(make_household_row(1), make_household_row(2))
    picker = screen.form.household
    qtbot.keyClicks(picker.box, "0000")
    qtbot.keyClick(picker.box, ENTER)
    qtbot.waitUntil(lambda: picker.choice.count() == 3)
    assert picker.chosen() is None
    qtbot.waitUntil(picker.choice.hasFocus)
    qtbot.keyClick(picker.choice, Qt.Key.Key_Down)
    assert picker.chosen() is not None
    qtbot.keyClick(picker.choice, ENTER)
    qtbot.waitUntil(screen.form.kind.editor().hasFocus)


def test_another_letter_lets_the_chosen_household_go(screen, qtbot):
    picker = screen.form.household
    qtbot.keyClicks(picker.box, "00001")
    picker.search()
    assert picker.chosen() is not None
    qtbot.keyClicks(picker.box, "9")
    assert picker.chosen() is None


def test_members_are_offered_for_the_household_chosen_only(screen, papers):
    people = papers.people(fake_id("another"))
    screen.form.set_people(fake_id("another"), people)
    assert screen.form.person_id.editor().count() == 1


def test_n_moves_on_and_the_line_stays(screen, qtbot, papers):
    table = screen.pool.table
    table.setFocus()
    assert screen.pool.acts.step_button.text() == "「認定要否判断」へ進める（N）"
    qtbot.keyClick(table, Qt.Key.Key_N)
    assert papers.calls[-1] == ("step", LINES[0].paper_id, PaperState.CHECKED)
    assert screen.pool.current().state is PaperState.JUDGED
    assert table.hasFocus()


def test_the_last_step_takes_the_line_away_and_the_next_follows(screen, qtbot, papers):
    table = screen.pool.table
    table.setFocus()
    table.select_row(3)
    qtbot.keyClick(table, Qt.Key.Key_N)
    assert screen.pool.model.rowCount() == 3
    assert screen.pool.current().paper_id == LINES[2].paper_id


def test_t_takes_a_paper_over(screen, qtbot, papers):
    table = screen.pool.table
    table.setFocus()
    table.select_row(1)
    qtbot.keyClick(table, Qt.Key.Key_T)
    assert papers.calls[-1] == ("hand_over", LINES[1].paper_id, LINES[1].owner_id, None)
    assert screen.pool.model.index(1, 3).data() == "自分"
    assert not screen.pool.acts.take_button.isEnabled()


def test_s_asks_for_the_reason_and_enter_settles(screen, qtbot, papers):
    table, reason = screen.pool.table, screen.pool.acts.reason
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_S)
    assert reason.hasFocus()
    qtbot.keyClick(reason, ENTER)
    assert papers.calls == []
    commit_text(reason, "変更なし")
    qtbot.keyClick(reason, ENTER)
    assert papers.calls[-1] == ("settle", LINES[0].paper_id, PaperState.CHECKED, "変更なし")
    assert reason.text() == ""
    assert table.hasFocus()


def test_whoever_is_late_is_told_and_sees_how_it_stands(screen, qtbot, papers):
    papers.refusals["step"] = ConflictError(MOVED)
    papers.lines[0] = make_line(1, state=PaperState.DRAFTED)
    screen.pool.table.setFocus()
    qtbot.keyClick(screen.pool.table, Qt.Key.Key_N)
    assert screen.messages.text() == MOVED
    assert screen.pool.current().state is PaperState.DRAFTED
    assert screen.pool.acts.step_button.isEnabled()


def test_enter_opens_the_file(screen, qtbot):
    screen.pool.table.setFocus()
    with qtbot.waitSignal(screen.file_requested) as asked:
        qtbot.keyClick(screen.pool.table, ENTER)
    assert asked.args[0].household_id == LINES[0].household_id


def test_late_papers_are_marked_by_a_sign_and_those_without_owner_by_a_word(screen):
    model = screen.pool.model
    assert model.index(0, 1).data() == "▲ 31日"
    assert model.index(2, 3).data() == "未定"
    assert "期限を過ぎたもの 1件" in screen.pool.count.text()


def test_an_empty_pool_says_what_comes(make_screen, papers):
    papers.lines = []
    screen = make_screen()
    assert "ここに並びます" in screen.pool.empty_sentence()
    assert not screen.pool.acts.step_button.isEnabled()


@pytest.mark.parametrize(
    ("state", "label", "may_settle"),
    [
        (PaperState.RECEIVED, "内容確認", True),
        (PaperState.DRAFTED, "決定", True),
        (PaperState.DECIDED, "完了", False),
        (PaperState.SETTLED, "", False),
    ],
)
def test_what_may_be_done_follows_the_table_of_moves(state, label, may_settle):
    acts = acts_for(make_line(1, state=state), make_staff(staff_id=ME))
    assert (acts.next_label, acts.may_settle, acts.may_take) == (label, may_settle, False)


def test_a_attaches_to_the_paper_at_hand_and_escape_comes_back(screen, qtbot, attaches):
    screen.pool.table.setFocus()
    qtbot.keyClick(screen.pool.table, Qt.Key.Key_A)
    panel = screen.attaching
    qtbot.waitUntil(panel.choose_button.hasFocus)
    assert panel.title.text() == "受領番号 6-0001 に添付"
    qtbot.keyClick(panel, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert [(paper, name) for paper, name, _ in attaches.taken] == [(LINES[0].paper_id, "slip.pdf")]
    qtbot.keyClick(panel.choose_button, Qt.Key.Key_Escape)
    assert screen.pool.isVisible()


def test_the_paper_just_taken_in_gets_its_file_by_one_key(screen, qtbot, papers, attaches):
    file_one(screen, qtbot)
    qtbot.waitUntil(lambda: bool(papers.given))
    qtbot.keyClick(screen, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert screen.attaching.title.text() == "受領番号 6-0101 に添付"
    screen.attaching.take([Path("slip.pdf")])
    assert [paper for paper, _, _ in attaches.taken] == [papers.given[0].paper_id]
