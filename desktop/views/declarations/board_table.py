"""The grid: arrows go from month to month and row to row, one letter acts on the cell at hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView

from desktop.domain.declarations import CELL_STATE
from desktop.override import override
from desktop.viewmodels.declarations import HEADERS, BoardModel
from desktop.views.row_header import RowHeader
from desktop.views.table_view import TableView

#: Widths of the parts of a row's head in full-width characters: case number, person, cycle.
_WIDTHS = (6.4, 6.2, 8.2)
_MARGIN = 1.5


class BoardTable(TableView):
    """Single cells are chosen, not rows; whose row it is stays in sight at the left."""

    def __init__(self, model: BoardModel) -> None:
        super().__init__(model, name="申告の表", characters={}, stretch=0)
        self.heads = RowHeader(model.head_of, headers=HEADERS, widths=_WIDTHS, parent=self)
        self.setVerticalHeader(self.heads)
        self.heads.show()
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(lambda now, _: self.heads.mark(now.row()))
        self.fit()

    @override
    def fit(self) -> None:
        """Each month is as wide as the longest word, each row as high as everywhere."""
        super().fit()
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(f"●{word}") for word in CELL_STATE.values())
        em = metrics.horizontalAdvance("国")
        for column in range(self.model().columnCount()):
            self.horizontalHeader().resizeSection(column, round(widest + em * _MARGIN))

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

    @override
    def _fill_width(self) -> None:
        """Months keep their width: no column takes what is left."""
