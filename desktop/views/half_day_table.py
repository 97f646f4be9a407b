"""A table of half-days: arrows go from cell to cell, single keys act on the cell at hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop.override import override
from desktop.viewmodels.half_days import HalfDayGrid
from desktop.views.table_view import TableView

_LEAST_ROWS = 2


class HalfDayTable(TableView):
    """Five columns of the same width; the half of the day stays in sight at the left."""

    def __init__(self, model: HalfDayGrid, *, name: str) -> None:
        super().__init__(model, name=name, characters={}, stretch=0)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(True)
        self.setAlternatingRowColors(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().show()
        self.verticalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._fit_height)

    def on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the grid has the keyboard: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    @override
    def _fill_width(self) -> None:
        """The header stretches; only the height follows the rows."""
        self._fit_height()

    @override
    def _fit_height(self) -> None:
        """As tall as the rows where there is room; in a low window the rows scroll."""
        header = self.horizontalHeader().sizeHint().height()
        row = self.verticalHeader().defaultSectionSize()
        frame = 2 * self.frameWidth() + 4
        self.setMinimumHeight(header + min(self.model().rowCount(), _LEAST_ROWS) * row + frame)
        self.setMaximumHeight(header + max(self.model().rowCount(), 1) * row + frame)
