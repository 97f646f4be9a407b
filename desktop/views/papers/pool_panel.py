"""The pool beneath: what is not settled, the oldest first; one key moves on, one takes over, one settles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.office import SignedInStaff
from desktop.domain.papers import MOST_NOTE, PaperLine, PaperPool
from desktop.viewmodels.papers import acts_for, pool_columns, summary
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 5, 1: 4, 2: 6, 3: 7, 4: 8, 5: 5, 6: 7, 7: 7, 8: 2, 9: 5, 10: 7}
_STRETCH = 4
_EMPTY = "完了していない受領書類はありません。上で受け取ると、ここに並びます。"
_HELP = "Enterで世帯のファイルを開きます。"


class PoolPanel(QWidget):
    """Every signal carries a PaperLine, `settle_requested` the reason, too."""

    step_requested = Signal(object)
    take_requested = Signal(object)
    settle_requested = Signal(object, str)
    opened = Signal(object)
    attach_requested = Signal(object)

    def __init__(self, staff: SignedInStaff, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staff = staff
        self.model: RowTableModel[PaperLine] = RowTableModel(
            pool_columns(staff), key=lambda p: p.paper_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="完了していない書類", characters=_WIDTHS, stretch=_STRETCH),
            "paper_pool",
        )
        self.title = named(QLabel("完了していない書類"), "section_title")
        self.count = muted_label()
        self.step_button = named(QPushButton(), "step_paper")
        self.take_button = named(QPushButton("引き受ける（T）"), "take_paper")
        self.attach_button = named(QPushButton("添付（A）"), "attach_file")
        self.reason = named(QLineEdit(), "settle_reason")
        self.settle_button = named(QPushButton("理由を付けて完了（S）"), "settle_paper")
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_acts()

    def show_pool(self, pool: PaperPool) -> None:
        """Show the pool; the line at hand stays, and where it is gone the next one follows."""
        held = self.current()
        place = max(self.table.current_row(), 0)
        self.model.set_rows(pool.lines)
        at = self.model.index_of(held.paper_id).row() if held else -1
        self.table.select_row(at if at >= 0 else min(place, len(pool.lines) - 1))
        self.count.setText(summary(pool, self._staff))
        self._pages.setCurrentIndex(0 if pool.lines else 1)
        self._show_acts()

    def current(self) -> PaperLine | None:
        """The paper at hand."""
        return self.model.row_at(self.table.currentIndex())

    def hold_acts(self) -> None:
        """Wait for an answer: nothing is asked twice."""
        for widget in (self.step_button, self.take_button, self.settle_button):
            widget.setEnabled(False)

    def take_reason(self) -> None:
        """Put the keyboard where the reason is typed."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def was_done(self) -> None:
        """Forget the reason and go back to the list."""
        if self.reason.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.clear()

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def _show_acts(self) -> None:
        acts = acts_for(self.current(), self._staff)
        target = f"「{acts.next_label}」へ進める（N）" if acts.next_label else "進める（N）"
        self.step_button.setText(target)
        self.step_button.setEnabled(bool(acts.next_label))
        self.take_button.setEnabled(acts.may_take)
        self.attach_button.setEnabled(self.current() is not None)
        self.reason.setEnabled(acts.may_settle)
        self.settle_button.setEnabled(acts.may_settle)

    def _step(self) -> None:
        line = self.current()
        if line is not None and self.step_button.isEnabled():
            self.step_requested.emit(line)

    def _take(self) -> None:
        line = self.current()
        if line is not None and self.take_button.isEnabled():
            self.take_requested.emit(line)

    def _attach(self) -> None:
        line = self.current()
        if line is not None:
            self.attach_requested.emit(line)

    def _settle(self) -> None:
        """Settle with the reason that is typed; without one, ask for it."""
        line = self.current()
        if line is None or not self.settle_button.isEnabled():
            return
        reason = self.reason.text().strip()
        if reason:
            self.settle_requested.emit(line, reason)
        else:
            self.take_reason()

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.opened.emit(line)

    def _lay_out(self) -> None:
        self.reason.setAccessibleName("完了とする理由")
        self.reason.setPlaceholderText("決定を経ずに完了とする理由（例：変更なし、控えのみ）")
        self.reason.setMaxLength(MOST_NOTE)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addWidget(muted_label(_HELP), 1, Qt.AlignmentFlag.AlignRight)
        acts = QHBoxLayout()
        acts.addWidget(self.step_button)
        acts.addWidget(self.take_button)
        acts.addWidget(self.attach_button)
        acts.addWidget(self.reason, 1)
        acts.addWidget(self.settle_button)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        layout.addLayout(acts)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_acts())
        self.table.row_opened.connect(self._open)
        self.step_button.clicked.connect(self._step)
        self.take_button.clicked.connect(self._take)
        self.settle_button.clicked.connect(self._settle)
        self.attach_button.clicked.connect(self._attach)
        self._on_key(self.table, "A", self._attach)
        self.reason.returnPressed.connect(self._settle)
        self._on_key(self.table, "N", self._step)
        self._on_key(self.table, "T", self._take)
        self._on_key(self.table, "S", self.take_reason)
        self._on_key(self.reason, "Escape", self.was_done)

    def _on_key(self, widget: QWidget, key: str, act: Callable[[], None]) -> None:
        """A key of one widget: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
