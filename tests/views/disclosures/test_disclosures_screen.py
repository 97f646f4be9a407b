"""開示 by keyboard, over real services on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.domain.disclosures import DisclosureMove, DisclosureState
from desktop.domain.disclosures_marks import Part, Verdict
from desktop.domain.imprint import FormMark
from desktop.views.disclosures.disclosures_screen import DisclosuresScreen
from desktop.views.disclosures.file_disclosures import FileDisclosures
from tests.support.desk import small_office
from tests.support.disclosures import (
    AGENCY,
    VISIT,
    approved_correction,
    approved_entry,
    handed_over,
    reviewed,
    taken,
    two_entries,
)
from tests.support.factories import CLOCK
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.typing_in import commit_text

K = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Paper(QWidget):
    """A way to paper that remembers what it was asked to draw."""

    begun = Signal()
    left = Signal()
    noted = Signal(str)
    is_unrecorded = False

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.drawn: list[tuple[object, ...]] = []

    def draw(self, ids, mark, households) -> None:
        self.drawn.append((tuple(ids), mark))
        self.begun.emit()


@pytest.fixture
def office(engine):
    office = small_office(engine)
    two_entries(office)
    return office


@pytest.fixture
def records(office):
    return office.desk(office.records)


@pytest.fixture
def open_screen(qtbot, look, office):
    def make(desk):
        screen = DisclosuresScreen(
            desk.disclosures,
            desk.staff,
            CLOCK,
            InlineRunner(),
            look=look,
            make_paper=cast("Any", Paper),
        )
        return shown(qtbot, screen)

    return make


@pytest.fixture
def sheet_of(open_screen, qtbot):
    """The screen with the first request opened by Enter."""

    def make(desk):
        screen = open_screen(desk)
        qtbot.keyClick(screen.table, K.Key_Return)
        return screen

    return make


def choose_reason(qtbot, screen):
    """By arrow keys; a list that drops down would take the window's activity with it on this platform."""
    line = screen.marking.bar.reason.editor().lineEdit()
    line.setFocus()
    for _ in range(2):
        qtbot.keyClick(screen.marking.bar.reason.editor(), K.Key_Down)
    assert "2号" in line.text()
    qtbot.keyClick(line, K.Key_Return)
    qtbot.waitUntil(screen.marking.parts.table.hasFocus)


def go_to(screen, words, part=Part.TEXT):
    model = screen.marking.parts.model
    row = next(r for r in model.rows() if r.part.key.part is part and words in r.part.text)
    screen.marking.parts.table.setCurrentIndex(model.index_of(row.part.key))


def row_of(screen):
    return screen.marking.parts.current()


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(screen.marking.parts.table, key, modifier)


def test_without_requests_it_says_where_they_come_from(open_screen, records):
    screen = open_screen(records)
    assert "世帯のファイルの「開示」" in screen.empty_sentence()


def test_enter_opens_a_request_at_the_first_part_that_waits(office, records, sheet_of):
    taken(office, records)
    screen = sheet_of(records)
    assert "6-0001" in screen.heading.text()
    assert "架空 花子" in screen.heading.text()
    assert row_of(screen).waits
    assert "決めていない箇所が" in screen.moves.note.words
    assert not screen.moves.hand_over_button.isEnabled()
    QAbstractItemModelTester(screen.marking.parts.model)


def test_s_strikes_a_part_and_goes_to_the_next_that_waits(office, records, sheet_of, qtbot):
    taken(office, records)
    screen = sheet_of(records)
    before = row_of(screen).part
    waiting = screen.marking.waiting
    press(qtbot, screen, K.Key_S)
    assert screen.marking.bar.reason.error() == "不開示の理由を一覧から選んでください。"
    choose_reason(qtbot, screen)
    press(qtbot, screen, K.Key_S)
    assert screen.marking.waiting == waiting - 1
    assert row_of(screen).part != before
    assert row_of(screen).waits
    marks = records.disclosures.sheet(screen._sheet.row.disclosure_id).marks
    assert [(m.key, m.verdict, m.reason) for m in marks] == [(before.key, Verdict.STRUCK, "78-1-2")]


def test_no_reason_is_proposed(office, records, sheet_of):
    taken(office, records)
    screen = sheet_of(records)
    assert screen.marking.bar.reason.editor().currentText() == ""


def test_words_are_chosen_by_keys_and_struck_by_x(office, records, sheet_of, qtbot):
    taken(office, records)
    screen = sheet_of(records)
    choose_reason(qtbot, screen)
    go_to(screen, "隣室")
    press(qtbot, screen, K.Key_Return)
    text = screen.marking.text
    assert text.hasFocus()
    qtbot.keyClick(text, K.Key_Home, CONTROL)
    for _ in range(VISIT.index("見本太郎")):
        qtbot.keyClick(text, K.Key_Right)
    for _ in range(4):
        qtbot.keyClick(text, K.Key_Right, SHIFT)
    qtbot.keyClick(text, K.Key_X)
    assert row_of(screen).verdict == "一部"
    assert "「見本太郎」" in screen.marking.marks.words
    qtbot.keyClick(text, K.Key_Escape)
    assert screen.marking.parts.table.hasFocus()


def test_characters_beyond_the_basic_plane_are_counted_as_one(office, records, sheet_of, qtbot):
    approved_entry(office, "𠮷田𠮷子が隣に住む。", event_on=date(2024, 6, 3))
    taken(office, records)
    screen = sheet_of(records)
    choose_reason(qtbot, screen)
    go_to(screen, "𠮷田")
    text = screen.marking.text
    text.setFocus()
    qtbot.keyClick(text, K.Key_Home, CONTROL)
    qtbot.keyClick(text, K.Key_Right)
    qtbot.keyClick(text, K.Key_Right)
    for _ in range(2):
        qtbot.keyClick(text, K.Key_Right, SHIFT)
    qtbot.keyClick(text, K.Key_X)
    (mark,) = row_of(screen).marks
    assert (mark.start, mark.end) == (2, 4)


def test_o_leaves_open_e_the_rest_and_u_takes_back(office, records, sheet_of, qtbot):
    taken(office, records)
    screen = sheet_of(records)
    press(qtbot, screen, K.Key_O)
    go_to(screen, AGENCY)
    press(qtbot, screen, K.Key_E)
    assert screen.marking.waiting == 0
    assert screen.moves.hand_over_button.isEnabled()
    go_to(screen, AGENCY)
    assert row_of(screen).verdict == "開示"
    press(qtbot, screen, K.Key_U)
    assert row_of(screen).verdict == "未決定"


def test_only_what_waits_can_be_shown(office, records, sheet_of, qtbot):
    taken(office, records)
    screen = sheet_of(records)
    screen.marking.parts.only_waiting.click()
    assert all(row.waits for row in screen.marking.parts.model.rows())
    count = len(screen.marking.parts.model.rows())
    press(qtbot, screen, K.Key_O)
    assert len(screen.marking.parts.model.rows()) == count - 1


def test_every_place_of_a_word_is_found_and_struck_by_one_key(office, records, sheet_of, qtbot):
    approved_entry(office, "見本太郎が来た。見本太郎は怒っていた。", event_on=date(2024, 6, 3))
    taken(office, records)
    screen = sheet_of(records)
    choose_reason(qtbot, screen)
    parts = screen.marking.parts
    press(qtbot, screen, K.Key_F)
    assert parts.word.hasFocus()
    commit_text(parts.word, "見本太郎")
    qtbot.keyClick(parts.word, K.Key_Return)
    assert parts.found_table.hasFocus()
    assert parts.count.text() == "3か所（まだ不開示でないもの 3か所）"
    assert "【見本太郎】" in parts.found_model.index(0, 4).data()
    QAbstractItemModelTester(parts.found_model)
    qtbot.keyClick(parts.found_table, K.Key_A)
    assert parts.count.text() == "3か所（まだ不開示でないもの 0か所）"
    assert [parts.found_model.index(n, 0).data() for n in range(3)] == ["不開示"] * 3
    marks = records.disclosures.sheet(screen._sheet.row.disclosure_id).marks
    assert len(marks) == 3
    qtbot.keyClick(parts.found_table, K.Key_Escape)
    assert not parts.is_finding
    assert "見本太郎" in row_of(screen).part.text


def test_the_whole_way_by_keys(office, records, sheet_of, qtbot):
    taken(office, records)
    screen = sheet_of(records)
    while screen.marking.waiting:
        press(qtbot, screen, K.Key_O)
    qtbot.keyClick(screen.marking.parts.table, K.Key_Return, CONTROL)
    assert "確認待ち" in screen.heading.text()
    assert screen.marking.bar.isHidden()
    assert screen.moves.review_button.isHidden()

    supervisor = office.desk(office.supervisor)
    second = sheet_of(supervisor)
    assert second.moves.review_button.isEnabled()
    assert second.moves.hand_over_button.isHidden()
    qtbot.keyClick(second.marking.parts.table, K.Key_Return, CONTROL)
    assert "確認済み" in second.heading.text()
    assert supervisor.staff.name in second.moves.note.words

    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.reload()
    assert "確認済み" in screen.heading.text()
    qtbot.keyClick(screen.marking.parts.table, K.Key_Return, CONTROL)
    assert cast("Any", screen.paper).drawn[-1][1] is FormMark.DISCLOSED


def test_a_return_needs_its_reason(office, sheet_of, qtbot):
    handed_over(office, office.desk(office.records))
    supervisor = office.desk(office.supervisor)
    screen = sheet_of(supervisor)
    screen.moves.return_button.click()
    assert screen.messages.text() == "理由を入力してください。"
    assert screen.moves.reason.hasFocus()
    commit_text(screen.moves.reason, "隣人の名を見落としている。")
    assert screen.has_unsaved()
    screen.moves.return_button.click()
    assert "準備中" in screen.heading.text()
    assert not screen.has_unsaved()
    again = sheet_of(office.desk(office.records))
    assert "隣人の名を見落としている。" in again.moves.note.words


def test_what_changed_after_the_second_look_cannot_be_issued(office, records, sheet_of):
    visit = approved_entry(office, "見守りを続ける。")
    reviewed(office)
    approved_correction(office, visit, "見守りを続けた。")
    screen = sheet_of(records)
    assert screen.moves.copy_button.isHidden()
    assert "準備に戻して" in screen.moves.note.words
    commit_text(screen.moves.reason, "記録が訂正された。")
    screen.moves.reopen_button.click()
    sheet = records.disclosures.sheet(screen._sheet.row.disclosure_id)
    assert sheet.row.state is DisclosureState.PREPARING


def test_a_proof_is_printed_at_any_time(office, records, sheet_of):
    taken(office, records)
    screen = sheet_of(records)
    screen.moves.proof_button.click()
    assert cast("Any", screen.paper).drawn[-1][1] is FormMark.DRAFT


def test_the_head_looks_and_acts_on_nothing(office, records, sheet_of):
    handed_over(office, records)
    screen = sheet_of(office.desk(office.head))
    moves = screen.moves
    for button in (
        *(moves.hand_over_button, moves.review_button, moves.copy_button),
        *(moves.return_button, moves.reopen_button, moves.withdraw_button),
    ):
        assert button.isHidden()
    assert screen.marking.bar.isHidden()


def test_a_refusal_stays_readable_over_what_is_loaded_anew(office, records, sheet_of, qtbot):
    sheet = taken(office, records)
    screen = sheet_of(records)
    records.disclosures.move(
        sheet.row.disclosure_id, DisclosureMove.WITHDRAW, sheet.content_hash, "取り下げた。"
    )
    press(qtbot, screen, K.Key_O)
    assert "今の状態ではこの操作ができません" in screen.messages.text()
    assert "取下げ" in screen.heading.text()


def test_struck_words_are_seen_in_the_text(office, records, sheet_of):
    handed_over(office, records)
    screen = sheet_of(office.desk(office.supervisor))
    go_to(screen, "隣室")
    (selection,) = screen.marking.text.extraSelections()
    assert selection.cursor.selectedText() == "見本太郎"


def test_a_request_is_taken_in_from_the_file_and_opened(office, records, qtbot, look):
    file = FileDisclosures(
        office.household_id,
        records.disclosures,
        records.staff,
        InlineRunner(),
        look=look,
        today=CLOCK.today,
    )
    shown(qtbot, file)
    assert "請求を受け付ける" in file.empty_sentence()
    qtbot.keyClick(file.new_button, K.Key_N, CONTROL)
    form = file.form
    assert form.requester.editor().hasFocus() or form.requester.hasFocus()
    qtbot.keyClick(form.requester.editor(), K.Key_Return)
    assert form.asked_by.error()
    line = form.requester.editor().lineEdit()
    assert line is not None
    commit_text(line, "本人")
    commit_text(form.asked_by.editor(), "架空 花子")
    with qtbot.waitSignal(file.screen_requested) as asked:
        qtbot.keyClick(form.asked_by.editor(), K.Key_Return)
    assert asked.args[0].key == "disclosures"
    assert file.form.isHidden()
    (row,) = records.disclosures.of_household(office.household_id)
    assert asked.args[0].item_id == row.disclosure_id
    assert file.model.rows() == (row,)


def test_whoever_only_reviews_takes_no_request_in(office, qtbot, look):
    supervisor = office.desk(office.supervisor)
    file = FileDisclosures(
        office.household_id,
        supervisor.disclosures,
        supervisor.staff,
        InlineRunner(),
        look=look,
        today=CLOCK.today,
    )
    shown(qtbot, file)
    assert file.new_button.isHidden()
    assert file.empty_sentence() == "この世帯への開示請求はありません。"
