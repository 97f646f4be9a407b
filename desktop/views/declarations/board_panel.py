"""The grid with what is said of the cell at hand, the buttons of its acts, and the strip in which an act asks."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.declarations import Board, BoardRow, Cell, Due, WaitingPaper
from desktop.domain.office import SignedInStaff
from desktop.viewmodels.declarations import (
    BoardActs,
    BoardModel,
    acts_for,
    due_of,
    summary,
    told,
)
from desktop.views.declarations.board_table import BoardTable
from desktop.views.declarations.forms import CycleForm, OfferForm, ReasonForm, StrikeForm
from desktop.views.declarations.small_form import SmallForm
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import keep_height_for_width, muted_label, named

_EMPTY = "この担当には、申告を見守る世帯がありません。世帯の台帳に世帯員がいると、ここに並びます。"
_HELP = "矢印キーでます目を移り、Enterでファイルを開きます。"
_REASON = "出ていない理由を残します。未受領のままで、それだけで何かが変わることはありません。"
_STRIKE = "書類は受領番号のまま、受領書類に残ります。"
_CYCLE = "提案は目安です。決めた人の名前と理由が残ります。"
_OFFER = "窓口で受け取った書類があります。どれを申告として受領しますか。"


class BoardPanel(QWidget):
    """Signals carry what is meant: `receive_requested` a Due, `opened` a BoardRow, the forms what was entered."""

    receive_requested = Signal(object)
    linked = Signal(object, str)
    explained = Signal(object, object, str)
    struck = Signal(object, str)
    cycle_given = Signal(object, str, object, str)
    letters_requested = Signal()
    opened = Signal(object)

    def __init__(self, staff: SignedInStaff, look: Look, today: date) -> None:
        super().__init__()
        self._staff, self._today = staff, today
        self.model = BoardModel(look.brush_of, self)
        self.table = named(BoardTable(self.model), "declaration_board")
        self.count = named(muted_label(), "board_count")
        self.words = named(Paragraph(), "cell_words")
        self.receive_button = named(QPushButton("受領（R）"), "receive_declaration")
        self.reason_button = named(QPushButton("出ない理由（M）"), "explain_missing")
        self.tick_button = named(QPushButton("手紙の印（Space）"), "tick_letter")
        self.month_button = named(QPushButton("この月の未受領に印（A）"), "tick_month")
        self.cycle_button = named(QPushButton("周期（C）"), "give_cycle")
        self.strike_button = named(QPushButton("受領の取消（Z）"), "strike_receipt")
        self.letters_button = named(QPushButton("手紙を印刷（P）"), "print_letters")
        self.offer, self.reason, self.strike, self.cycle = (
            *(OfferForm(), ReasonForm()),
            *(StrikeForm(), CycleForm()),
        )
        self._asked: tuple[BoardRow, Cell | None] | None = None
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._column = QVBoxLayout(self)
        self._pages = QStackedWidget()
        self._acts = QWidget()
        self._strips = (self._acts, self.offer, self.reason, self.strike, self.cycle)
        self._lay_out()
        self._connect()
        self._show_cell()

    def show_board(self, board: Board) -> None:
        """Show the rows; the cell at hand stays."""
        at = self.table.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, self._column_of_today(board))
        self.model.show_board(board)
        self._pages.setCurrentIndex(0 if board.rows else 1)
        self.table.go_to(row, column)
        self._show_cell()

    def show_months(self, board: Board) -> None:
        """Show other months: the same row, and the month of today if it is among them."""
        row = max(self.table.current_row(), 0)
        self.model.show_board(board)
        self._pages.setCurrentIndex(0 if board.rows else 1)
        self.table.go_to(row, self._column_of_today(board))
        self._show_cell()

    def current(self) -> tuple[BoardRow | None, Cell | None]:
        """The row and the cell at hand."""
        index = self.table.currentIndex()
        return self.model.row_at(index), self.model.cell_at(index)

    def offer_papers(self, due: Due, papers: tuple[WaitingPaper, ...]) -> None:
        """Ask which paper it is."""
        row, cell = self.current()
        if row is not None and cell is not None and due_of(row, cell) == due:
            self._ask(self.offer)
            self.offer.offer(_OFFER, papers)

    def was_done(self) -> None:
        """Close the strip and go back to the grid."""
        self._asked = None
        self._show_strip(self._acts)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_cell()

    def form_at_hand(self) -> SmallForm | None:
        """The strip that is open."""
        forms = (page for page in self._strips if isinstance(page, SmallForm))
        return next((form for form in forms if not form.isHidden()), None)

    def has_unsaved(self) -> bool:
        """Whether a strip holds something typed."""
        return self.form_at_hand() in {self.reason, self.strike, self.cycle}

    def focus_first(self) -> None:
        """Begin in the grid."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def empty_sentence(self) -> str:
        """What is said instead of a grid; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def _column_of_today(self, board: Board) -> int:
        month = self._today.replace(day=1)
        return board.months.index(month) if month in board.months else 0

    def _may(self) -> BoardActs:
        row, cell = self.current()
        return acts_for(row, cell, self._staff, self._today)

    def _about(self) -> str:
        row, cell = self.current()
        return told(self.model.board, row, cell, self._today)

    def _show_cell(self) -> None:
        may = self._may()
        self.words.say(self._about())
        for button, allowed in (
            (self.receive_button, may.may_receive),
            (self.reason_button, may.may_explain),
            (self.tick_button, may.may_tick),
            (self.strike_button, may.may_strike),
            (self.cycle_button, may.may_give),
        ):
            button.setEnabled(allowed)
        letters = len(self.model.letters())
        self.letters_button.setEnabled(bool(letters))
        self.count.setText(summary(self.model.board, letters, self._today))

    def _receive(self) -> None:
        row, cell = self.current()
        if row is not None and cell is not None and self._may().may_receive:
            self.receive_button.setEnabled(False)
            self.receive_requested.emit(due_of(row, cell))

    def _tick(self) -> None:
        if self._may().may_tick:
            self.model.toggle(self.table.currentIndex())

    def _tick_month(self) -> None:
        index = self.table.currentIndex()
        place = index.column()
        if 0 <= place < len(self.model.board.months):
            self.model.tick_month(self.model.board.months[place])

    def _letters(self) -> None:
        if self.model.letters():
            self.letters_requested.emit()

    def _ask_reason(self) -> None:
        if self._may().may_explain:
            self._ask(self.reason)
            self.reason.ask(_REASON)

    def _ask_strike(self) -> None:
        if self._may().may_strike:
            self._ask(self.strike)
            self.strike.ask(_STRIKE)

    def _ask_cycle(self) -> None:
        row, _ = self.current()
        if row is not None and self._may().may_give:
            self._ask(self.cycle)
            self.cycle.ask(_CYCLE, self.model.board, row, self._today)

    def _ask(self, form: SmallForm) -> None:
        row, cell = self.current()
        self._asked = (row, cell) if row is not None else None
        self._show_strip(form)

    def _show_strip(self, shown: QWidget) -> None:
        """Only the strip that is shown takes room."""
        for page in self._strips:
            page.setVisible(page is shown)
        self._column.activate()
        self.table.scrollTo(self.table.currentIndex())

    def _due_asked(self) -> Due | None:
        if self._asked is None or self._asked[1] is None:
            return None
        return due_of(self._asked[0], self._asked[1])

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _lay_out(self) -> None:
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        keep_height_for_width(self._acts)
        buttons = FlowLayout(self._acts)
        buttons.setContentsMargins(0, 4, 0, 4)
        for button in (
            *(self.receive_button, self.reason_button, self.tick_button, self.month_button),
            *(self.cycle_button, self.strike_button),
        ):
            buttons.addWidget(button)
        buttons.addWidget(self.letters_button)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(muted_label(_HELP))
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = self._column
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.words)
        for page in self._strips:
            layout.addWidget(page)
        self._show_strip(self._acts)

    def _connect(self) -> None:
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self.model.dataChanged.connect(lambda *_: self._show_cell())
        self.table.row_opened.connect(self._open)
        for key, button, act in (
            ("R", self.receive_button, self._receive),
            ("M", self.reason_button, self._ask_reason),
            ("Space", self.tick_button, self._tick),
            ("A", self.month_button, self._tick_month),
            ("C", self.cycle_button, self._ask_cycle),
            ("Z", self.strike_button, self._ask_strike),
            ("P", self.letters_button, self._letters),
        ):
            self.table.on_key(key, act)
            button.clicked.connect(lambda *_, act=act: act())
        for form in (self.offer, self.reason, self.strike, self.cycle):
            form.left.connect(self.was_done)
        self.offer.chosen.connect(lambda paper: self.linked.emit(self._due_asked(), paper))
        self.reason.explained.connect(
            lambda reason, words: self.explained.emit(self._due_asked(), reason, words)
        )
        self.strike.struck.connect(self._strike)
        self.cycle.given.connect(self._give)

    def _strike(self, reason: str) -> None:
        if self._asked is not None and self._asked[1] is not None and self._asked[1].receipt:
            self.struck.emit(self._asked[1].receipt, reason)

    def _give(self, cycle: str, since: object, reason: str) -> None:
        if self._asked is not None:
            self.cycle_given.emit(self._asked[0], cycle, since, reason)
