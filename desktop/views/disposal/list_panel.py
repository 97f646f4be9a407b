"""廃棄簿: the lists above, the households of the selected one beneath, and what may be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
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

from desktop.domain.disposal import DisposalDecision, DisposalItemRow, DisposalListRow
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.viewmodels.disposal import DisposalActs, acts_for, item_columns, list_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_LIST_WIDTHS = {0: 4, 1: 6, 2: 3, 3: 6, 4: 8, 5: 12, 6: 12, 7: 12}
_ITEM_WIDTHS = {0: 8, 1: 12, 2: 7, 3: 7, 4: 7}
_MOST_LISTS = 6
_EMPTY = (
    "廃棄簿はまだありません。記録・庶務職員が「対象の世帯」で、保存期間の終わった世帯から作ります。"
)


class ListPanel(QWidget):
    """By keyboard: arrows choose, Ctrl+Enter checks or approves, the reason and Enter refuse.

    `decided` carries list, decision and reason; `withdrawn`, `carry_out_requested` and `paper_requested` the list.
    """

    decided = Signal(object, object, str)
    withdrawn = Signal(object)
    carry_out_requested = Signal(object)
    paper_requested = Signal(object)

    def __init__(self, staff: SignedInStaff, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staff = staff
        self.model: RowTableModel[DisposalListRow] = RowTableModel(
            list_columns(), key=lambda r: r.list_id, brush_of=look.brush_of, parent=self
        )
        self.item_model: RowTableModel[DisposalItemRow] = RowTableModel(
            item_columns(), key=lambda i: i.household_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="廃棄簿", characters=_LIST_WIDTHS, stretch=4),
            "disposal_lists",
        )
        self.items = named(
            TableView(self.item_model, name="廃棄簿の世帯", characters=_ITEM_WIDTHS, stretch=1),
            "disposal_items",
        )
        self.items_title = named(QLabel(), "section_title")
        self.note = named(Paragraph(tone="muted"), "disposal_note")
        self.reason = named(QLineEdit(), "refusal_reason")
        self.reason.setAccessibleName("却下の理由")
        self.reason.setPlaceholderText("却下の理由")
        self.decide_button = named(QPushButton(), "decide_disposal")
        self.reject_button = named(QPushButton("却下"), "reject_disposal")
        self.withdraw_button = named(QPushButton("取り下げ"), "withdraw_disposal")
        self.carry_out_button = named(QPushButton("廃棄を実行…"), "carry_out_disposal")
        self.paper_button = named(QPushButton("PDFで保存…"), "save_disposal_list")
        self._empty = named(QLabel(_EMPTY), "empty_sentence")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_lists(self, rows: tuple[DisposalListRow, ...]) -> None:
        """Show the lists; the selected one stays selected."""
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.table.show_all_rows(_MOST_LISTS)
        self.table.select_row(min(place, len(rows) - 1))
        self._pages.setCurrentIndex(0 if rows else 1)
        self.show_current()

    def current(self) -> DisposalListRow | None:
        """The selected list."""
        return self.model.row_at(self.table.currentIndex())

    def show_current(self) -> None:
        """Show households and acts of the selected list again."""
        row = self.current()
        acts = acts_for(row, self._staff)
        self.item_model.set_rows(row.items if row else ())
        self.items_title.setText(f"第{row.number}号の世帯（{len(row.items):,}世帯）" if row else "")
        self.items.select_row(0)
        self.note.say(acts.note)
        self._show_acts(acts)

    def take_reason(self) -> None:
        """Ask for the reason of a refusal."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold_acts(self) -> None:
        """While an act is under way nothing else begins."""
        self._show_acts(DisposalActs())

    def empty_sentence(self) -> str:
        """What is said instead of a list; "" while there is one."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    def focus_first(self) -> None:
        """Begin with the lists."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_acts(self, acts: DisposalActs) -> None:
        self.decide_button.setText(f"{acts.verb}（Ctrl+Enter）")
        for widget in (self.decide_button, self.reject_button, self.reason):
            widget.setEnabled(acts.may_decide)
        self.withdraw_button.setEnabled(acts.may_withdraw)
        self.carry_out_button.setEnabled(acts.may_carry_out)
        self.paper_button.setEnabled(self.current() is not None)

    def _decide(self) -> None:
        row = self.current()
        if row is not None and self.decide_button.isEnabled() and not self.decide_button.isHidden():
            self.decided.emit(row, DisposalDecision.APPROVED, "")

    def _reject(self) -> None:
        row = self.current()
        if row is not None and self.reject_button.isEnabled():
            self.decided.emit(row, DisposalDecision.REJECTED, self.reason.text().strip())

    def _lay_out(self) -> None:
        self.decide_button.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.decide_button)
        buttons.addWidget(self.reason, 1)
        buttons.addWidget(self.reject_button)
        buttons.addWidget(self.withdraw_button)
        buttons.addWidget(self.carry_out_button)
        buttons.addStretch(0)
        buttons.addWidget(self.paper_button)
        filled = QWidget()
        whole = QVBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        for part in (self.table, self.note):
            whole.addWidget(part)
        whole.addLayout(buttons)
        whole.addWidget(self.items_title)
        whole.addWidget(self.items, 1)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(filled)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._pages)
        deciding = self._staff.may(Permission.CHECK_DISPOSAL)
        drawing = self._staff.may(Permission.DRAW_UP_DISPOSAL)
        for widget in (self.decide_button, self.reason, self.reject_button):
            widget.setVisible(deciding)
        for widget in (self.withdraw_button, self.carry_out_button):
            widget.setVisible(drawing)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_current())
        self.decide_button.clicked.connect(self._decide)
        self.reject_button.clicked.connect(self._reject)
        self.reason.returnPressed.connect(self._reject)
        self.withdraw_button.clicked.connect(lambda: self.withdrawn.emit(self.current()))
        self.carry_out_button.clicked.connect(lambda: self.carry_out_requested.emit(self.current()))
        self.paper_button.clicked.connect(lambda: self.paper_requested.emit(self.current()))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._decide)
