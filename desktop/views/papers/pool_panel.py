"""The pool beneath: what is not settled, the oldest first; one key moves on, takes over, hands over, drafts, settles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.office import SignedInStaff, StaffRow
from desktop.domain.paper_slips import is_code, number_of
from desktop.domain.papers import PaperLine, PaperPool
from desktop.viewmodels.papers import (
    acts_for,
    colleague_choices,
    matching,
    pool_columns,
    sought_in,
    summary,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.elided_label import ElidedLabel
from desktop.views.look import Look
from desktop.views.papers.folding_row import FoldingRow
from desktop.views.papers.low_table import LowTable
from desktop.views.papers.pool_acts import PoolActs
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 4, 2: 7, 3: 6, 4: 7, 5: 7, 6: 6, 7: 6, 8: 6, 9: 6, 10: 2, 11: 6}
_STRETCH = 5
_EMPTY = "完了していない受領書類はありません。上で受け取ると、ここに並びます。"
_NO_MATCH = "絞り込みに当てはまる書類はありません。Escで絞り込みをやめます。"
_HELP = "Enterで世帯のファイルを開きます。"
_FIND = "絞り込み・受領番号（Ctrl+F）"


class PoolPanel(QWidget):
    """Requests carry the PaperLine at hand, `hand_over_requested` a colleague's id too, `settle_requested` a reason.

    `sought` carries fiscal year and number of a paper that is not shown.
    """

    step_requested = Signal(object)
    take_requested = Signal(object)
    hand_over_requested = Signal(object, object)
    draft_requested = Signal(object)
    print_requested = Signal(object)
    attach_requested = Signal(object)
    settle_requested = Signal(object, str)
    opened = Signal(object)
    sought = Signal(int, int)

    def __init__(self, staff: SignedInStaff, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staff = staff
        self._pool = PaperPool(lines=(), total=0)
        self.model: RowTableModel[PaperLine] = RowTableModel(
            pool_columns(staff), key=lambda p: p.paper_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            LowTable(self.model, name="完了していない書類", characters=_WIDTHS, stretch=_STRETCH),
            "paper_pool",
        )
        self.title = named(QLabel("完了していない書類"), "section_title")
        self.count = ElidedLabel(least=12)
        self.filter = named(QLineEdit(), "paper_filter")
        self.acts = PoolActs()
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_acts()

    def set_colleagues(self, people: Sequence[StaffRow]) -> None:
        """Offer those to whom a paper may be handed."""
        self.acts.set_colleagues(colleague_choices(people, self._staff))

    def show_pool(self, pool: PaperPool) -> None:
        """Show the pool; the line at hand stays, and where it is gone the next one follows."""
        self._pool = pool
        self.count.setText(summary(pool, self._staff))
        self._show_lines()

    def current(self) -> PaperLine | None:
        """The paper at hand."""
        return self.model.row_at(self.table.currentIndex())

    def select(self, line: PaperLine) -> None:
        """Go to a paper and leave the filter behind."""
        self.filter.clear()
        self.table.select_row(self.model.index_of(line.paper_id).row())
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.selectAll()

    def hold_acts(self) -> None:
        """Wait for an answer: nothing is asked twice."""
        self.acts.hold()

    def was_done(self) -> None:
        """Forget what was typed for the act and go back to the list."""
        if self.acts.clear():
            self.focus_list()

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def _show_lines(self) -> None:
        typed = self.filter.text()
        lines = (
            self._pool.lines if number_of(typed) else matching(self._pool.lines, typed, self._staff)
        )
        held = self.current()
        place = max(self.table.current_row(), 0)
        self.model.set_rows(lines)
        at = self.model.index_of(held.paper_id).row() if held else -1
        if held and at < 0:
            self.was_done()  # what was typed was about a paper that is gone
        self.table.select_row(at if at >= 0 else min(place, len(lines) - 1))
        self._empty.setText(_NO_MATCH if self._pool.lines else _EMPTY)
        self._pages.setCurrentIndex(0 if lines else 1)
        self._show_acts()

    def _show_acts(self) -> None:
        line = self.current()
        self.acts.show_acts(acts_for(line, self._staff), has_paper=line is not None)

    def _was_typed(self, text: str) -> None:
        """A scanner types a whole number: the paper is selected at once, whatever an input method does with its Enter."""
        self._show_lines()
        if is_code(text):
            self._seek()

    def _seek(self) -> None:
        """Go to the paper of the number typed, or with anything else to the first that is left."""
        number = number_of(self.filter.text())
        if number is None:
            self.focus_list()
            return
        line = sought_in(self._pool.lines, number)
        if line is not None:
            self.select(line)
        else:
            self.filter.selectAll()
            self.sought.emit(*number)

    def _leave_filter(self) -> None:
        self.filter.clear()
        self.focus_list()

    def _type_on(self, text: str) -> None:
        """What is typed in the list belongs to the filter: a scanner is used wherever the keyboard is."""
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.setText(text)

    def _with_line(self, button: QPushButton, told: SignalInstance) -> Callable[[], None]:
        def act() -> None:
            line = self.current()
            if line is not None and button.isEnabled():
                told.emit(line)

        return act

    def _hand_over(self, to: object) -> None:
        line = self.current()
        if line is not None:
            self.hand_over_requested.emit(line, to)

    def _settle(self, reason: str) -> None:
        line = self.current()
        if line is not None:
            self.settle_requested.emit(line, reason)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.opened.emit(line)

    def _lay_out(self) -> None:
        self.filter.setAccessibleName(_FIND)
        self.filter.setPlaceholderText(_FIND)
        self.filter.setClearButtonEnabled(True)
        self.filter.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        help_line = ElidedLabel(_HELP, least=4)
        for words in (self.count, help_line):
            words.setProperty("muted", True)
        head = FoldingRow(gap=12)
        head.add_part(self.title, self.count, help_line, stretches=2, share=1)
        head.add_part(self.filter, stretches=0)
        self.filter.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 17)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(head)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.acts)

    def _connect(self) -> None:
        acts = self.acts
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_acts())
        self.table.row_opened.connect(self._open)
        self.table.typed.connect(self._type_on)
        self.filter.textChanged.connect(self._was_typed)
        self.filter.returnPressed.connect(self._seek)
        for key, button, asked, told in (
            ("N", acts.step_button, acts.step_requested, self.step_requested),
            ("T", acts.take_button, acts.take_requested, self.take_requested),
            ("D", acts.draft_button, acts.draft_requested, self.draft_requested),
            ("P", acts.print_button, acts.print_requested, self.print_requested),
            ("A", acts.attach_button, acts.attach_requested, self.attach_requested),
        ):
            act = self._with_line(button, told)
            asked.connect(act)
            self._on_key(self.table, key, act)
        self._on_key(self.table, "Ctrl+P", self._with_line(acts.print_button, self.print_requested))
        acts.hand_over_requested.connect(self._hand_over)
        acts.settle_requested.connect(self._settle)
        acts.left.connect(self._leave_acts)
        self._on_key(self.table, "H", acts.hand_over)
        self._on_key(self.table, "S", acts.take_reason)
        self._on_key(self.filter, "Escape", self._leave_filter)
        self._on_key(self.filter, "Down", self.focus_list)

    def _leave_acts(self) -> None:
        self.acts.clear()
        self.focus_list()

    def _on_key(self, widget: QWidget, key: str, act: Callable[[], None]) -> None:
        """A key of one widget: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
