"""The members at the left: name, age, group in force, next review, and what lies over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.assessment_forms import AssessedPerson, AssessmentTables
from desktop.viewmodels.assessments import flags_text, people_columns, standing_text
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 3, 2: 8, 3: 6, 4: 5}
_STRETCH = 2


class PeopleList(QWidget):
    """`chosen` when another member is at hand; `typed` carries letters pressed in the list."""

    chosen = Signal()
    typed = Signal(str)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._tables: AssessmentTables | None = None
        self._is_filling = False
        self.model: RowTableModel[AssessedPerson] = RowTableModel(
            people_columns(lambda: self._tables, today),
            key=lambda p: p.person_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="世帯員と支援区分", characters=_WIDTHS, stretch=_STRETCH),
            "assessed_people",
        )
        self.standing = named(Paragraph(), "person_standing")
        self.flags = named(Paragraph(tone="warning"), "person_flags")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.standing)
        layout.addWidget(self.flags)
        self.table.selectionModel().currentRowChanged.connect(self._changed)
        self.table.typed.connect(self.typed)

    def current(self) -> AssessedPerson | None:
        """The member at hand."""
        return self.model.row_at(self.table.currentIndex())

    def show_people(self, people: Sequence[AssessedPerson], tables: AssessmentTables) -> None:
        """Show the members; who was at hand stays so."""
        before = self.current()
        self._tables = tables
        self._is_filling = True
        self.model.set_rows(people)
        self._is_filling = False
        wanted = self.model.index_of(before.person_id) if before else None
        self.table.select_row(wanted.row() if wanted is not None and wanted.isValid() else 0)
        self._say()

    def go_to(self, person_id: UUID) -> None:
        """Put a member at hand, if he is there."""
        self.table.select_row(self.model.index_of(person_id).row())

    def _changed(self) -> None:
        if not self._is_filling:
            self._say()

    def _say(self) -> None:
        person = self.current()
        self.standing.say(standing_text(person, self._tables) if person else "")
        self.flags.say(flags_text(person) if person else "")
        self.chosen.emit()
