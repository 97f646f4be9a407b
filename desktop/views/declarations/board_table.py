"""The grid: arrows go from cell to cell, one letter acts on the one at hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.viewmodels.declarations import FIRST_MONTH, BoardModel
from desktop.views.table_view import TableView

_LEFT_WIDTHS = {0: 5, 1: 6, 2: 6, 3: 9}
_MONTH_WIDTH = 5
_MOST_MONTHS = 24
_STRETCH = 3


class BoardTable(TableView):
    """Single cells are chosen, not rows."""

    def __init__(self, model: BoardModel) -> None:
        months = {FIRST_MONTH + n: _MONTH_WIDTH for n in range(_MOST_MONTHS)}
        super().__init__(model, name="申告の表", characters=_LEFT_WIDTHS | months, stretch=_STRETCH)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.fit)

    def on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the grid has the keyboard: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def go_to(self, row: int, column: int) -> None:
        """Put the keyboard's cell there, or as near as there are cells."""
        model = self.model()
        if model.rowCount():
            place = model.index(
                min(max(row, 0), model.rowCount() - 1), min(column, model.columnCount() - 1)
            )
            self.setCurrentIndex(place)
            self.scrollTo(place)
