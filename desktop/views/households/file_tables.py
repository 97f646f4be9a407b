"""Members present and former, and the history of dated facts, each as one table."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.households import CaseFile
from desktop.viewmodels.households import fact_columns, member_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_MEMBER_WIDTHS = {0: 4, 1: 7, 2: 8, 3: 2, 4: 10, 5: 4, 6: 8, 7: 5, 8: 8, 9: 6}
_FACT_WIDTHS = {0: 6, 1: 20, 2: 6, 3: 6}


class MemberTables(QWidget):
    """Who belongs to the household, and who used to."""

    def __init__(self, look: Look, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_of = today
        columns = member_columns(lambda: self._as_of)
        self.present = RowTableModel(columns, brush_of=look.brush_of, parent=self)
        self.former = RowTableModel(columns, brush_of=look.brush_of, parent=self)
        self._former_title = named(QLabel(), "section_title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(named(QLabel("世帯員"), "section_title"))
        layout.addWidget(_members(self.present, "世帯員"), 3)
        layout.addWidget(self._former_title)
        layout.addWidget(_members(self.former, "以前の世帯員"), 2)

    def show_file(self, file: CaseFile) -> None:
        """Show the members as of the file's day."""
        self._as_of = file.as_of
        self.present.set_rows(file.members)
        self.former.set_rows(file.former_members)
        count = len(file.former_members)
        self._former_title.setText("以前の世帯員" if count else "以前の世帯員（いません）")


class FactHistory(QWidget):
    """Every dated fact up to the file's day, newest first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = RowTableModel(fact_columns(), brush_of=look.brush_of, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(
            TableView(self.facts, name="事実の経過", characters=_FACT_WIDTHS, stretch=1)
        )

    def show_file(self, file: CaseFile) -> None:
        """Show the facts."""
        self.facts.set_rows(file.facts)


def _members(model: RowTableModel, name: str) -> TableView:  # type: ignore[type-arg]  # rows are members in both
    return TableView(model, name=name, characters=_MEMBER_WIDTHS, stretch=6)
