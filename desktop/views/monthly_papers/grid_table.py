"""The grid: arrows go from paper to paper and person to person, one letter acts on the cell at hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView

from desktop.override import override
from desktop.viewmodels.columns import DISPLAY
from desktop.viewmodels.monthly_papers import HEADERS, GridModel
from desktop.views.row_header import RowHeader
from desktop.views.table_view import TableView

#: Widths of the parts of a row's head in full-width characters: case number, name, group.
_WIDTHS = (6.4, 6.2, 3.6)
_MARGIN = 1.5
#: The longest word that a cell may hold.
_LONGEST = "▲理由あり・12か月"


class GridTable(TableView):
    """Single cells are chosen, not rows; whose row it is stays in sight at the left."""

    def __init__(self, model: GridModel) -> None:
        super().__init__(model, name="毎月の書類の表", characters={}, stretch=0)
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
        """Each paper is as wide as its name or the longest word, each row as high as everywhere."""
        super().fit()
        metrics = self.fontMetrics()
        least = metrics.horizontalAdvance(_LONGEST)
        margin = round(metrics.horizontalAdvance("国") * _MARGIN)
        model = self.model()
        for column in range(model.columnCount()):
            label = str(model.headerData(column, Qt.Orientation.Horizontal, DISPLAY) or "")
            width = max(least, metrics.horizontalAdvance(label))
            self.horizontalHeader().resizeSection(column, width + margin)

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
                min(max(row, 0), model.rowCount() - 1),
                min(max(column, 0), model.columnCount() - 1),
            )
            self.setCurrentIndex(place)
            self.scrollTo(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said beneath grows and shrinks: the cell at hand stays in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid() and event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    @override
    def _fill_width(self) -> None:
        """Papers keep their width: no column takes what is left."""
