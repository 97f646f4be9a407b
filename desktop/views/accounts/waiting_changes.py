"""The requests that wait for a second person, and what is decided of the one chosen."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.accounts import ChangeRow
from desktop.domain.office import SignedInStaff
from desktop.viewmodels.accounts import acts_for, waiting_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 7, 1: 14, 2: 20, 3: 8, 4: 7}
_MOST = 7


class WaitingChanges(QWidget):
    """Arrows choose; approving, refusing with a reason and taking back are asked of the screen.

    `approved` and `withdrawn` carry the request's id, `refused` the id and the reason as typed.
    """

    approved = Signal(object)
    refused = Signal(object, str)
    withdrawn = Signal(object)

    def __init__(self, staff: SignedInStaff, *, look: Look) -> None:
        super().__init__()
        self._staff = staff
        self.model: RowTableModel[ChangeRow] = RowTableModel(
            waiting_columns(), key=lambda c: c.change_id, brush_of=look.brush_of, parent=self
        )
        self.title = named(QLabel("承認を待つ申請"), "section_title")
        self.table = named(
            TableView(self.model, name="承認を待つ申請", characters=_WIDTHS, stretch=2),
            "waiting_changes",
        )
        self.note = muted_label()
        self.reason = named(QLineEdit(), "refusal_reason")
        self.reason.setAccessibleName("却下の理由")
        self.reason.setPlaceholderText("却下の理由")
        self.approve_button = named(QPushButton("承認（Ctrl+Enter）"), "approve_change")
        self.approve_button.setProperty("primary", True)
        self.reject_button = named(QPushButton("却下"), "reject_change")
        self.withdraw_button = named(QPushButton("取り下げ"), "withdraw_change")
        self._lay_out()
        self._connect()

    def show_rows(self, rows: tuple[ChangeRow, ...], wanted: UUID | None) -> None:
        """Show what waits; the one wanted is chosen, else the place stays."""
        place = max(self.table.current_row(), 0)
        self.model.set_rows(rows)
        self.title.setText(f"承認を待つ申請（{f'{len(rows)}件' if rows else 'ありません'}）")
        self.table.show_all_rows(_MOST)
        found = self.model.index_of(wanted).row() if wanted else -1
        self.table.select_row(found if found >= 0 else min(place, len(rows) - 1))
        self.show_acts()

    def show_acts(self) -> None:
        """Offer what this person may do with the request chosen, and say why not."""
        acts = acts_for(self.chosen(), self._staff)
        self.note.setText(acts.note)
        self.note.setVisible(bool(acts.note))
        for widget in (self.approve_button, self.reject_button, self.reason):
            widget.setEnabled(acts.may_decide)
        self.withdraw_button.setEnabled(acts.may_withdraw)

    def hold(self) -> None:
        """Let nobody press twice while the database decides."""
        for button in (self.approve_button, self.reject_button, self.withdraw_button):
            button.setEnabled(False)

    def approve(self) -> None:
        """Ask to approve the request chosen."""
        change = self.chosen()
        if change is not None and self.approve_button.isEnabled():
            self.approved.emit(change.change_id)

    def _reject(self) -> None:
        change = self.chosen()
        if change is not None and self.reject_button.isEnabled():
            self.refused.emit(change.change_id, self.reason.text().strip())

    def _withdraw(self) -> None:
        change = self.chosen()
        if change is not None:
            self.withdrawn.emit(change.change_id)

    def chosen(self) -> ChangeRow | None:
        """The request that the cursor is on."""
        return self.model.row_at(self.table.currentIndex())

    def _lay_out(self) -> None:
        decide = QHBoxLayout()
        decide.addWidget(self.note, 1)
        decide.addStretch(0)
        decide.addWidget(self.approve_button)
        decide.addWidget(self.reason, 1)
        decide.addWidget(self.reject_button)
        decide.addWidget(self.withdraw_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.title)
        whole.addWidget(self.table)
        whole.addLayout(decide)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_acts())
        self.approve_button.clicked.connect(self.approve)
        self.reject_button.clicked.connect(self._reject)
        self.reason.returnPressed.connect(self._reject)
        self.withdraw_button.clicked.connect(self._withdraw)
