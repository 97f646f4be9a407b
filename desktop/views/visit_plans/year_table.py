"""The yearly grid: arrows go from cell to cell, Shift and arrows try a visit in another month, as does the mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop.override import override
from desktop.viewmodels.visit_plans import HEADERS, WIDTHS, YearModel, open_visits
from desktop.views.row_header import RowHeader
from desktop.views.table_view import TableView

_CELL = 3.2


class YearTable(TableView):
    """`stepped` carries -1 or 1 (Shift+← →). While a visit is drawn, `hovered` and `dropped` carry its index and the column."""

    stepped = Signal(int)
    hovered = Signal(QModelIndex, int)
    dropped = Signal(QModelIndex, int)

    def __init__(self, model: YearModel) -> None:
        super().__init__(model, name="年間訪問計画", characters={}, stretch=0)
        self._plan = model
        self._pressed: QPoint | None = None
        self._drawn: QModelIndex | None = None
        self._over = -1
        self.heads = RowHeader(model.head_of, headers=HEADERS, widths=WIDTHS, parent=self)
        self.setVerticalHeader(self.heads)
        self.heads.show()
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(lambda now, _: self.heads.mark(now.row()))
        for key, step in (("Shift+Left", -1), ("Shift+Right", 1)):
            self.on_key(key, partial(self.stepped.emit, step))
        self.fit()

    def on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the grid has the keyboard: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    @override
    def fit(self) -> None:
        """Every month is as wide as two signs and a letter."""
        super().fit()
        em = self.fontMetrics().horizontalAdvance("国")
        for column in range(self.model().columnCount()):
            self.horizontalHeader().resizeSection(column, round(em * _CELL))

    def go_to(self, row: int, column: int) -> None:
        """Put the keyboard's cell there, or as near as there are cells."""
        model = self.model()
        if model.rowCount():
            row = min(max(row, 0), model.rowCount() - 1)
            place = model.index(row, min(max(column, 0), model.columnCount() - 1))
            self.setCurrentIndex(place)
            self.scrollTo(place)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        can_draw = event.button() == Qt.MouseButton.LeftButton and open_visits(
            self._plan.cell_at(index)
        )
        self._pressed = event.position().toPoint() if can_draw else None
        self._drawn, self._over = None, -1

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._drawn is None and far:
            self._drawn = self.indexAt(self._pressed)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        column = self.columnAt(at.x())
        if self._drawn is not None and column >= 0 and column != self._over:
            self._over = column
            self.hovered.emit(self._drawn, column)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        drawn, over = self._drawn, self._over
        self._pressed, self._drawn, self._over = None, None, -1
        self.viewport().unsetCursor()
        if drawn is not None and drawn.isValid() and over >= 0:
            self.dropped.emit(drawn, over)

    @override
    def _fill_width(self) -> None:
        """Months keep their width: no column takes what is left."""
