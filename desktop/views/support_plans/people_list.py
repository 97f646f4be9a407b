"""The members at the left: where the plan of each stands, its next review, and the decided group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.support_plan_files import PlannedPerson
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.support_plans import people_columns
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 8, 2: 6, 3: 14}
_STRETCH = 1


class PeopleList(QWidget):
    """`chosen` when another member is at hand; `typed` carries letters pressed in the list."""

    chosen = Signal()
    typed = Signal(str)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._is_filling = False
        self.model: RowTableModel[PlannedPerson] = RowTableModel(
            people_columns(today), key=lambda p: p.person_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(
                self.model, name="世帯員と個別支援計画", characters=_WIDTHS, stretch=_STRETCH
            ),
            "planned_people",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        self.table.selectionModel().currentRowChanged.connect(self._changed)
        self.table.typed.connect(self.typed)

    def current(self) -> PlannedPerson | None:
        """The member at hand."""
        return self.model.row_at(self.table.currentIndex())

    def show_people(self, people: Sequence[PlannedPerson]) -> None:
        """Show the members; who was at hand stays so."""
        before = self.current()
        self._is_filling = True
        self.model.set_rows(people)
        self._is_filling = False
        wanted = self.model.index_of(before.person_id) if before else None
        self.table.select_row(wanted.row() if wanted is not None and wanted.isValid() else 0)
        self.chosen.emit()

    def go_to(self, person_id: UUID) -> None:
        """Put a member at hand, if he is there."""
        self.table.select_row(self.model.index_of(person_id).row())

    def _changed(self) -> None:
        if not self._is_filling:
            self.chosen.emit()
