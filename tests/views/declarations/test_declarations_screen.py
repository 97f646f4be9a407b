"""申告 by keyboard, over real services on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.domain.declarations import CellState
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.papers import PaperState
from desktop.services.printing import DeclarationPrinting
from desktop.views.declarations.declarations_screen import DeclarationsScreen
from tests.support.declarations import INCOME, a_duty, a_receipt, cells_of, due
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.issued_forms import issued_letter
from tests.support.papers import a_paper
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

K = Qt.Key
JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)
S = CellState


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
        self.drawn.append((tuple(ids), mark, households))
        self.begun.emit()


class Chooser:
    """Remembers what letters or tables were asked for."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def choose(self, *wanted):
        self.asked.append(wanted)
        return tuple(new_id() for _ in range(len(wanted[0]) if len(wanted) == 1 else 1))


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    person = office.desk(office.caseworker)
    person.declarations.set_duty(a_duty(office, JULY))
    return person


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def make_screen(qtbot, look, office, dialogs):
    def make(desk, declarations=None):
        screen = DeclarationsScreen(
            declarations or desk.declarations,
            desk.staff,
            CLOCK,
            InlineRunner(),
            look=look,
            dialogs=dialogs,
            letters=(Chooser(), cast("Any", Paper)),
            table=(Chooser(), cast("Any", Paper)),
        )
        qtbot.addWidget(screen)
        screen.resize(1250, 760)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
        return screen

    return make


@pytest.fixture
def screen(make_screen, desk):
    made = make_screen(desk)
    made.panel.table.setCurrentIndex(made.panel.model.index_of(due_july(made)))
    return made


def due_july(screen):
    row = next(row for row in screen.panel.model.board.rows if row.kind is INCOME)
    cell = next(cell for cell in row.cells if cell is not None and cell.month == JULY)
    return screen.panel.model.due_at(index_of(screen, row, cell))


def index_of(screen, row, cell):
    board = screen.panel.model.board
    return screen.panel.model.index(board.rows.index(row), board.months.index(cell.month))


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(screen.panel.table, key, modifier)


def shown(screen):
    return screen.panel.table.currentIndex().data()


def state(desk, month=JULY):
    return cells_of(desk, month)[0].state


def test_the_board_shows_marks_words_and_the_cell_in_words(screen):
    QAbstractItemModelTester(
        screen.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert shown(screen) == "▲未受領"
    words = screen.panel.words.words
    assert "架空 花子　収入申告　令和6年7月分　提出期限 R6.8.5　未受領（期限から57日）" in words
    assert screen.panel.count.text().startswith("期限の過ぎた申告 2件のうち未受領 2件")


def test_one_key_receives(screen, desk, qtbot):
    with qtbot.waitSignal(screen.announced) as said:
        press(qtbot, screen, K.Key_R)
    assert "6-0001" in said.args[0]
    assert (shown(screen), state(desk)) == ("●受領", S.RECEIVED)
    assert desk.papers.pool().lines[0].state is PaperState.RECEIVED


def test_a_paper_of_the_counter_is_offered_and_linked_by_enter(screen, office, desk, qtbot):
    brought = a_paper(office.household_id, kind="income_declaration")
    desk.papers.receive(brought)
    press(qtbot, screen, K.Key_R)
    assert not screen.panel.offer.isHidden()
    assert "6-0001" in screen.panel.offer.paper.editor().currentText()
    qtbot.keyClick(screen.panel.offer.paper.editor().lineEdit(), K.Key_Return)
    assert state(desk) is S.RECEIVED
    assert desk.papers.pool().total == 1
    assert screen.panel.offer.isHidden()


def test_instead_of_the_offered_paper_a_new_one_is_taken_in(screen, office, desk, qtbot):
    desk.papers.receive(a_paper(office.household_id, kind="income_declaration"))
    press(qtbot, screen, K.Key_R)
    screen.panel.offer.paper.show_value("new")
    qtbot.keyClick(screen.panel.offer.paper.editor().lineEdit(), K.Key_Return)
    assert desk.papers.pool().total == 2


def test_a_reason_is_noted_with_words_and_escape_leaves_it(screen, desk, qtbot):
    press(qtbot, screen, K.Key_M)
    form = screen.panel.reason
    assert screen.has_unsaved()
    qtbot.keyClick(form.reason.editor(), K.Key_Escape)
    assert form.isHidden()
    assert state(desk) is S.MISSING
    press(qtbot, screen, K.Key_M)
    commit_text(form.reason.editor().lineEdit(), "連絡")
    commit_text(form.words.editor(), "三回電話した。")
    qtbot.keyClick(form.words.editor(), K.Key_Return)
    assert (shown(screen), state(desk)) == ("△理由あり", S.EXPLAINED)
    assert "連絡がつかない" in screen.panel.words.words
    assert "三回電話した。" not in screen.panel.words.words


def test_a_reason_without_words_is_refused_beside_its_field(screen, desk, qtbot):
    press(qtbot, screen, K.Key_M)
    form = screen.panel.reason
    form.reason.show_value("other")
    qtbot.keyClick(form.words.editor(), K.Key_Return)
    assert form.words.error() == "「その他」のときは、理由を言葉で入力してください。"
    assert form.act_button.isEnabled()
    assert state(desk) is S.MISSING


def test_a_receipt_is_struck_with_a_reason(screen, desk, qtbot):
    press(qtbot, screen, K.Key_R)
    press(qtbot, screen, K.Key_Z)
    form = screen.panel.strike
    qtbot.keyClick(form.reason.editor(), K.Key_Return)
    assert form.reason.error()
    commit_text(form.reason.editor(), "取り違えた。")
    qtbot.keyClick(form.reason.editor(), K.Key_Return)
    assert (shown(screen), state(desk)) == ("▲未受領", S.MISSING)
    assert desk.papers.pool().total == 1


def test_a_cycle_is_confirmed_by_a_person_with_a_reason(make_screen, office, qtbot):
    fresh = office.desk(office.caseworker)
    screen = make_screen(fresh)
    assert "申告の周期が決まっていません" in screen.panel.words.words
    asset = next(n for n, row in enumerate(screen.panel.model.board.rows) if row.kind is not INCOME)
    screen.panel.table.go_to(asset, 0)
    press(qtbot, screen, K.Key_C)
    form = screen.panel.cycle
    assert "資産 12か月ごと" in form.cycle.editor().currentText()
    qtbot.keyClick(form.reason.editor(), K.Key_Return)
    assert form.reason.error()
    commit_text(form.reason.editor(), "年1回と説明した。")
    qtbot.keyClick(form.reason.editor(), K.Key_Return)
    assert form.isHidden()
    row = screen.panel.model.board.rows[asset]
    assert (row.cycle, row.proposal) == ("asset_yearly", None)
    assert fresh.declarations.of_household(office.household_id).duties[0].reason == (
        "年1回と説明した。"
    )


def test_ticks_gather_a_persons_months_into_one_letter(screen, office, qtbot):
    press(qtbot, screen, K.Key_Space)
    assert shown(screen) == "✓未受領"
    press(qtbot, screen, K.Key_Right)
    press(qtbot, screen, K.Key_A)
    assert "手紙の印 1人" in screen.panel.count.text()
    press(qtbot, screen, K.Key_P)
    assert screen._letters.asked == [(((due(office, JULY), due(office, AUGUST)),),)]
    ((ids, mark, households),) = screen.letters_paper.drawn
    assert (len(ids), mark, households) == (1, FormMark.PLAIN, 1)


def test_a_second_letter_of_the_month_asks_first(screen, office, desk, dialogs, qtbot):
    printing = DeclarationPrinting(desk.work, CLOCK, desk.staff)
    printing.record_letters(issued_letter(office, desk), [due(office, JULY)])
    screen.reload()
    assert shown(screen) == "◆督促1"
    press(qtbot, screen, K.Key_Space)
    dialogs.answer = False
    press(qtbot, screen, K.Key_P)
    assert "今月すでに" in dialogs.asked[0]
    assert screen.letters_paper.drawn == []
    dialogs.answer = True
    press(qtbot, screen, K.Key_P)
    assert len(screen.letters_paper.drawn) == 1


def test_ticks_fall_away_once_letters_are_noted_or_the_paper_comes(screen, desk, office, qtbot):
    press(qtbot, screen, K.Key_Space)
    screen.letters_paper.noted.emit("1枚を印刷しました。")
    assert screen.panel.model.letters() == ()
    press(qtbot, screen, K.Key_Space)
    desk.declarations.receive(a_receipt(office, JULY))
    screen.reload()
    assert screen.panel.model.letters() == ()
    press(qtbot, screen, K.Key_Space)
    assert shown(screen) == "●受領"


def test_the_register_is_that_of_the_month_at_hand(screen, qtbot):
    press(qtbot, screen, K.Key_K)
    (((owner, month),),) = screen._table.asked
    assert (owner.name, month) == (screen.owner.currentText(), JULY)
    assert screen._pages.currentWidget() is screen.table_paper
    screen.table_paper.left.emit()
    assert screen._pages.currentWidget() is screen.panel


def test_the_year_moves_by_keys(screen, qtbot):
    assert screen.span.text() == "令和6年1月 ～ 令和6年12月"
    press(qtbot, screen, K.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert screen.span.text() == "令和5年12月 ～ 令和6年11月"
    press(qtbot, screen, K.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert screen.panel.model.headerData(0, Qt.Orientation.Horizontal) == "R6.1"


def test_somebody_faster_is_told_and_the_board_loaded_anew(screen, desk, office, qtbot):
    desk.declarations.receive(a_receipt(office, JULY))
    press(qtbot, screen, K.Key_R)
    assert "すでに受領しています" in screen.messages.text()
    assert shown(screen) == "●受領"


def test_enter_opens_the_file_at_its_declarations(screen, office, qtbot):
    with qtbot.waitSignal(screen.file_requested) as asked:
        press(qtbot, screen, K.Key_Return)
    assert (asked.args[0].household_id, asked.args[0].section) == (
        office.household_id,
        "declarations",
    )


def test_records_staff_receive_and_print_but_give_no_cycle_or_reason(make_screen, desk, office):
    screen = make_screen(office.desk(office.records))
    screen.owner.setCurrentText(office.caseworker.name)
    screen.owner.activated.emit(screen.owner.currentIndex())
    screen.panel.table.setCurrentIndex(screen.panel.model.index_of(due(office, JULY)))
    panel = screen.panel
    assert panel.receive_button.isEnabled()
    assert panel.tick_button.isEnabled()
    assert not panel.reason_button.isEnabled()
    assert not panel.cycle_button.isEnabled()


def test_without_a_district_the_screen_says_what_to_do(make_screen, office):
    class Nobody:
        def owners(self):
            return ()

    screen = make_screen(office.desk(office.caseworker), Nobody())
    assert "地区を担当すると" in screen.empty_sentence()


def test_a_screen_reader_hears_whose_month_it_is(screen):
    index: QModelIndex = screen.panel.table.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "架空 花子 収入申告 令和6年7月 未受領"
    )
    screen.panel.model.toggle(index)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("手紙の印あり")
