"""The incidents that the person sees, and the form of one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.carry_outs import CarryOutLine
from desktop.domain.leaks import Incident
from desktop.viewmodels.carry_outs import incident_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.carry_outs.incident_form import IncidentForm
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_WIDTHS = {0: 6, 1: 13, 2: 7, 4: 4, 5: 7}
_STRETCH = 3
_EMPTY = "漏えい等の事案はありません。持ち出した書類をなくしたときは、一覧で「紛失」を記録すると報告に進みます。"


class IncidentsPanel(QWidget):
    """Enter opens an incident; N reports one that has no trip; Esc goes back (`left`)."""

    left = Signal()

    def __init__(
        self, look: Look, now: Callable[[], datetime], today: date, *, may_decide: bool
    ) -> None:
        super().__init__()
        self.model: RowTableModel[Incident] = RowTableModel(
            incident_columns(today),
            key=lambda i: i.given.incident_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="漏えい等の事案", characters=_WIDTHS, stretch=_STRETCH),
            "incidents",
        )
        self.empty = named(muted_label(_EMPTY), "no_incidents")
        self.new_button = named(QPushButton("持出しのない事案を報告（N）"), "new_incident")
        self.back_button = named(QPushButton("持出しの一覧へ戻る（Esc）"), "leave_incidents")
        self.form = IncidentForm(now, may_decide=may_decide)
        self._pages = QStackedWidget()
        self._list = QWidget()
        self._may_decide = may_decide
        self._lay_out()
        self._connect()

    def show_incidents(self, incidents: Sequence[Incident]) -> None:
        """Show the list."""
        self.model.set_rows(incidents)
        self.empty.setVisible(not incidents)
        self.table.setVisible(bool(incidents))
        if incidents and self.table.current_row() < 0:
            self.table.select_row(0)

    def open_list(self) -> None:
        """Go to the list."""
        self._pages.setCurrentIndex(0)
        first = self.table if self.model.rowCount() else self.back_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def report(self, line: CarryOutLine) -> None:
        """Go to the incident of a lost trip, a new one where it has none."""
        at = self.model.index_of(line.incident_id) if line.incident_id else QModelIndex()
        self._pages.setCurrentWidget(self.form)
        incident = self.model.row_at(at) if at.isValid() else None
        if incident is not None:
            self.form.show_incident(incident)
        else:
            self.form.begin(line.carry_out_id, line.label, line.households)

    def show_saved(self, incident_id: UUID) -> None:
        """Show what was stored as it stands now."""
        incident = self.model.row_at(self.model.index_of(incident_id))
        if incident is not None:
            self.form.show_incident(incident)

    def _open(self, index: QModelIndex) -> None:
        incident = self.model.row_at(index)
        if incident is not None:
            self._pages.setCurrentWidget(self.form)
            self.form.show_incident(incident)

    def _new(self) -> None:
        if self._may_decide:
            self._pages.setCurrentWidget(self.form)
            self.form.begin(None, "", 1)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self._list)
        layout.setContentsMargins(0, 0, 0, 0)
        self.empty.setWordWrap(True)
        bar = FlowingRow()
        for button in (self.new_button, self.back_button):
            bar.add(button)
        layout.addWidget(named(QLabel("漏えい等の事案"), "section_title"))
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addWidget(bar)
        if not self._may_decide:
            self.new_button.hide()
        layout.addStretch(0)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.row_opened.connect(self._open)
        self.new_button.clicked.connect(self._new)
        self.back_button.clicked.connect(self.left)
        for key, act in (("N", self._new), ("Escape", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
