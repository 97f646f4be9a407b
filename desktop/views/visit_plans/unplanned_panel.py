"""What could not be planned: it stands beneath the plan as long as there is any, and cannot be put away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_words import UnplannedLine, unplanned_columns
from desktop.views.look import Look
from desktop.views.table_view import TableView
from desktop.views.widgets import named, restyle

_WIDTHS = {0: 6, 1: 6, 2: 4, 3: 6, 4: 14, 5: 15}
_WHY = 4
_MOST_ROWS, _FEW_ROWS = 4, 2


class UnplannedPanel(QFrame):
    """`chosen` carries the line on Enter: it is then tried in a month."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("unplanned_panel")
        self._rows = _MOST_ROWS
        self.heading = named(QLabel(), "unplanned_heading")
        restyle(self.heading, "tone", "warning")
        self.model: RowTableModel[UnplannedLine] = RowTableModel(
            unplanned_columns(),
            key=lambda u: u.visit.visit_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="計画に入らない訪問", characters=_WIDTHS, stretch=_WHY),
            "unplanned_visits",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.table)
        self.table.row_opened.connect(self._open)
        self.hide()

    def show_lines(self, lines: Sequence[UnplannedLine]) -> None:
        """Show what could not be planned; no panel where there is nothing."""
        self.model.set_rows(lines)
        legal = sum(line.visit.is_statutory for line in lines)
        said = f"▲ 計画に入らない訪問 {len(lines)}件（うち法定の訪問 {legal}件）"
        self.heading.setText(f"{said}　Enterで入れる月を試します。")
        self.table.show_all_rows(self._rows)
        self.setVisible(bool(lines))

    def be_low(self, *, is_low: bool) -> None:
        """Show fewer rows at once where there is little room; the others are scrolled to."""
        self._rows = _FEW_ROWS if is_low else _MOST_ROWS
        self.table.show_all_rows(self._rows)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index)
        if line is not None:
            self.chosen.emit(line)
