"""The grid with what is said of the cell at hand, the buttons of its acts, and the strip in which an act asks."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.declarations import WaitingPaper
from desktop.domain.era import format_month
from desktop.domain.income_months import Earned, IncomeSource
from desktop.domain.monthly_papers import PaperCell, PaperGrid, PaperRow
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.viewmodels.monthly_papers import (
    ASK_HELP,
    GridActs,
    GridModel,
    acts_at,
    source_to_note,
    summary_of,
    told_of,
)
from desktop.views.below_table import BelowTable
from desktop.views.declarations.forms import OfferForm, ReasonForm, StrikeForm
from desktop.views.declarations.small_form import SmallForm
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.monthly_papers.forms import EarnedForm, FormChoice, WhyForm
from desktop.views.monthly_papers.grid_table import GridTable
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import keep_height_for_width, muted_label, named

_EMPTY = (
    "この月にお願いする書類はありません。支援区分が決まるか、申告の周期が決まるか、"
    "台帳に就労があると、ここに並びます。"
)
_REASON = (
    "出ていない理由を残します（言葉はファイルでだけ読めます）。未提出のままで、何も変わりません。"
)
_STRIKE = "書類は受領番号のまま、受領書類に残ります。"
_OFFER = "窓口などで受け取った書類があります。どれを受領としますか。"
_USUAL = "はがきの言葉：いつもの文"
_EARNED = (
    "{who}　{month}分の就労収入。収入がなかった月は0円です。わからないときは「やめる」にします。"
)
_FORMS = "作る様式を選んでください。印のある人、なければいまの行の人の分を作ります。"


class GridPanel(QWidget):
    """Signals carry what is meant: a PaperCell, a PaperRow, and what the strips were told."""

    receive_requested = Signal(object)
    linked = Signal(object, str)
    explained = Signal(object, str, str, str)
    income_explained = Signal(object, object, str)
    struck = Signal(object)
    income_struck = Signal(object, str)
    earned = Signal(object, object, object)
    cards_requested = Signal()
    forms_requested = Signal(object, bool)
    opened = Signal(object)

    def __init__(self, staff: SignedInStaff, look: Look, today: date) -> None:
        super().__init__()
        self._staff, self._today = staff, today
        self.model = GridModel(look.brush_of, self)
        self.table = named(GridTable(self.model), "paper_grid")
        self.count = named(muted_label(), "grid_count")
        self.words = named(Paragraph(), "paper_words")
        self.receive_button = named(QPushButton("受領（R）"), "receive_paper")
        self.strike_button = named(QPushButton("受領の取消（Z）"), "strike_paper")
        self.reason_button = named(QPushButton("出ない理由（M）"), "explain_paper")
        self.earn_button = named(QPushButton("収入を記録（N）"), "note_income")
        self.tick_button = named(QPushButton("はがきの印（Space）"), "tick_card")
        self.all_button = named(QPushButton("期限の近いものと過ぎたものに印（A）"), "tick_all")
        self.cards_button = named(QPushButton("はがきを印刷（P）"), "print_cards")
        self.forms_button = named(QPushButton("様式を印刷（F）"), "print_forms")
        self.languages = named(QComboBox(), "card_language")
        self.languages.setAccessibleName("はがきの言葉")
        self.languages.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.languages.addItem(_USUAL, "")
        self.offer, self.why, self.income_why = OfferForm(), WhyForm(), ReasonForm()
        self.strike, self.forms, self.earn = StrikeForm(), FormChoice(), EarnedForm()
        self._asked: PaperCell | None = None
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._column = QVBoxLayout(self)
        self._pages = QStackedWidget()
        self._acts = QWidget()
        self._forms = (
            *(self.offer, self.why, self.income_why),
            *(self.strike, self.forms, self.earn),
        )
        self._lay_out()
        self._connect()
        self._show_cell()

    def show_grid(self, grid: PaperGrid) -> None:
        """Show the rows; the cell at hand stays."""
        at = self.table.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, 0)
        before = self.model.row_at(at)
        self._show_languages(grid)
        self.model.show_grid(grid)
        if before is not None:
            row = max(self.model.place_of(before.household_id, before.person_id), 0)
        self._pages.setCurrentIndex(0 if grid.rows else 1)
        self.table.go_to(row, column)
        self._show_cell()

    def language(self) -> str:
        """The code of the words that cards are to speak; "" for the usual ones."""
        return str(self.languages.currentData() or "")

    def current(self) -> tuple[PaperRow | None, PaperCell | None]:
        """The row and the cell at hand."""
        index = self.table.currentIndex()
        return self.model.row_at(index), self.model.cell_at(index)

    def offer_papers(self, cell: PaperCell, papers: tuple[WaitingPaper, ...]) -> None:
        """Ask which paper it is."""
        _, now = self.current()
        if now is not None and now.due == cell.due:
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
        return next((form for form in self._forms if not form.isHidden()), None)

    def has_unsaved(self) -> bool:
        """Whether a strip holds something typed."""
        return self.form_at_hand() in {self.why, self.income_why, self.strike, self.earn}

    def focus_first(self) -> None:
        """Begin in the grid."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def empty_sentence(self) -> str:
        """What is said instead of a grid; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def _show_languages(self, grid: PaperGrid) -> None:
        """The words that the office has; the chosen ones stay chosen."""
        chosen = self.language()
        self.languages.clear()
        self.languages.addItem(_USUAL, "")
        for each in grid.languages:
            self.languages.addItem(
                each.label if each.confirmed else f"{each.label}・未確認", each.code
            )
        self.languages.setCurrentIndex(max(self.languages.findData(chosen), 0))

    def _may(self) -> GridActs:
        return acts_at(self.current()[1], self._staff, self._today)

    def _show_cell(self) -> None:
        row, cell = self.current()
        may = acts_at(cell, self._staff, self._today)
        column = self.table.currentIndex().column()
        self.words.say(told_of(self.model.grid, row, column, self._today))
        cards = len(self.model.cards())
        may_print = self._staff.may(Permission.PRINT_DRAFTS)
        for button, allowed in (
            (self.receive_button, may.may_receive),
            (self.strike_button, may.may_strike),
            (self.reason_button, may.may_explain),
            (self.earn_button, self._source() is not None),
            (self.tick_button, may.may_tick),
            (self.all_button, may_print and row is not None),
            (self.cards_button, bool(cards)),
            (self.forms_button, may_print),
        ):
            button.setEnabled(allowed)
        self.count.setText(summary_of(self.model.grid, cards, self._today))

    def _receive(self) -> None:
        _, cell = self.current()
        if cell is not None and self._may().may_receive and self.receive_button.isEnabled():
            self.receive_button.setEnabled(False)
            self.receive_requested.emit(cell)

    def _strike(self) -> None:
        """A monthly paper's link goes back at once; that of a declaration asks for its reason."""
        _, cell = self.current()
        if cell is None or not self._may().may_strike:
            return
        if cell.is_income:
            self._ask(self.strike)
            self.strike.ask(_STRIKE)
        else:
            self.strike_button.setEnabled(False)
            self.struck.emit(cell)

    def _source(self) -> IncomeSource | None:
        column = self.table.currentIndex().column()
        return source_to_note(self.model.grid, self.current()[0], column, self._staff)

    def _ask_earned(self) -> None:
        row = self.current()[0]
        if row is not None and self._source() is not None:
            self._ask(self.earn)
            month = format_month(self.model.grid.month)
            self.earn.ask(_EARNED.format(who=row.person, month=month))

    def _note_earned(self, earned: Earned) -> None:
        source = self._source()
        if self._asked is not None and source is not None:
            self.earned.emit(self._asked, earned, source)

    def _ask_reason(self) -> None:
        _, cell = self.current()
        if cell is None or not self._may().may_explain:
            return
        if cell.is_income:
            self._ask(self.income_why)
            self.income_why.ask(_REASON)
            return
        self._ask(self.why)
        runs = cell.in_a_row >= self.model.grid.in_a_row
        more = f"　{ASK_HELP.format(count=cell.in_a_row)}" if runs else ""
        self.why.ask(f"{_REASON}{more}", self.model.grid.reasons)

    def _tick(self) -> None:
        if self._may().may_tick:
            self.model.toggle(self.table.currentIndex())

    def _tick_all(self) -> None:
        if self.all_button.isEnabled():
            self.model.tick_all()

    def _cards(self) -> None:
        if self.model.cards():
            self.cards_requested.emit()

    def _ask_forms(self) -> None:
        if self.forms_button.isEnabled():
            self._ask(self.forms)
            self.forms.ask(_FORMS)

    def _ask(self, form: SmallForm) -> None:
        self._asked = self.current()[1]
        self._show_strip(form)

    def _show_strip(self, shown: QWidget) -> None:
        """Only the strip that is shown takes room."""
        for page in (self._acts, *self._forms):
            page.setVisible(page is shown)
        self._column.activate()
        self.table.scrollTo(self.table.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            *(self.receive_button, self.strike_button, self.reason_button, self.earn_button),
            *(self.tick_button, self.all_button, self.cards_button, self.forms_button),
        )

    def _lay_out(self) -> None:
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        keep_height_for_width(self._acts)
        buttons = FlowLayout(self._acts)
        buttons.setContentsMargins(0, 4, 0, 4)
        for button in self._buttons():
            buttons.addWidget(button)
            if button is self.cards_button:
                buttons.addWidget(self.languages)
        self.count.setWordWrap(True)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = self._column
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.count)
        layout.addWidget(self._pages, 1)
        layout.addWidget(BelowTable(self.words, self._acts, *self._forms))
        self._show_strip(self._acts)

    def _connect(self) -> None:
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self.model.dataChanged.connect(lambda *_: self._show_cell())
        self.table.row_opened.connect(self._open)
        acts = (self._receive, self._strike, self._ask_reason, self._ask_earned)
        more = (self._tick, self._tick_all, self._cards, self._ask_forms)
        keys = ("R", "Z", "M", "N", "Space", "A", "P", "F")
        for key, button, act in zip(keys, self._buttons(), (*acts, *more), strict=True):
            self.table.on_key(key, act)
            button.clicked.connect(lambda *_, act=act: act())
        for form in self._forms:
            form.left.connect(self.was_done)
        self.offer.chosen.connect(lambda paper: self.linked.emit(self._asked, paper))
        self.why.explained.connect(lambda *said: self.explained.emit(self._asked, *said))
        self.income_why.explained.connect(
            lambda reason, words: self.income_explained.emit(self._asked, reason, words)
        )
        self.strike.struck.connect(lambda reason: self.income_struck.emit(self._asked, reason))
        self.forms.chosen.connect(self.forms_requested)
        self.earn.noted.connect(self._note_earned)
