"""One panel of the desk: a title, a count, a table, and a word for emptiness."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.override import override
from desktop.viewmodels.columns import BrushOf, Column, Row
from desktop.viewmodels.rows import RowTableModel
from desktop.views.requests import HouseholdAtHand
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_LEAST_ROWS = 4


class DeskPanel(QFrame, Generic[Row]):
    """Keeps its selected row through every refresh; when the row is gone, the one in its place.

    `file_requested` and `screen_requested` go on to the window, `announced` to the status bar,
    `chosen` tells that another row is the current one, `filled` that the table holds other rows.
    """

    file_requested = Signal(object)
    screen_requested = Signal(object)
    announced = Signal(str)
    chosen = Signal()
    filled = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        characters: Mapping[int, int],
        stretch: int,
        empty: str,
        brush_of: BrushOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`title` may carry a mnemonic; `characters` and `stretch` are the table's."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._key = key
        self._shown = False
        self.model = RowTableModel(columns, key=key, brush_of=brush_of, parent=self)
        self.table = named(
            TableView(
                self.model,
                name=title.split("(", maxsplit=1)[0],
                characters=characters,
                stretch=stretch,
            ),
            f"{name}_table",
        )
        self.summary = named(muted_label(), f"{name}_summary")
        self.header = QHBoxLayout()
        self.filters = QHBoxLayout()
        self.footer = QVBoxLayout()
        self._empty = named(QLabel(empty), "panel_empty")
        self._pages = QStackedWidget()
        self._build(title)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the selection stays where it was."""
        before, place = self._current_key(), self.table.current_row()
        scrolled = self.table.verticalScrollBar().value()
        self._shown = True
        self.model.set_rows(rows)
        self._pages.setCurrentIndex(0 if rows else 1)
        kept = self.model.index_of(before) if before is not None else self.model.index(-1, 0)
        self.table.select_row(kept.row() if kept.isValid() else min(max(place, 0), len(rows) - 1))
        self.table.verticalScrollBar().setValue(scrolled)
        self.chosen.emit()
        self.filled.emit()

    def current(self) -> Row | None:
        """The selected row."""
        return self.model.row_at(self.table.currentIndex())

    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the selected row; panels whose rows have one override it."""
        return None

    def empty_sentence(self) -> str:
        """What is said instead of rows; "" while there are some."""
        return self._empty.text() if self._shown and not self.model.rowCount() else ""

    def open_row(self, row: Row) -> None:
        """Enter or a double click on a row."""

    def fit(self) -> None:
        """Never be lower than a few rows of the present font."""
        line = self.fontMetrics().height()
        self._pages.setMinimumHeight(round(line * 1.75 * (_LEAST_ROWS + 1)) + 8)

    def _current_key(self) -> Hashable | None:
        row = self.current()
        return None if row is None else self._key(row)

    def _open_current(self) -> None:
        row = self.current()
        if row is not None:
            self.open_row(row)

    def _build(self, title: str) -> None:
        label = named(QLabel(title), "panel_title")
        label.setBuddy(self.table)
        self.header.setSpacing(12)
        self.header.addWidget(label)
        self.header.addWidget(self.summary, 1)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(self.header)
        layout.addLayout(self.filters)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self.footer)
        self.table.row_opened.connect(self._open_current)
        self.table.selectionModel().currentRowChanged.connect(self.chosen)
        self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()
