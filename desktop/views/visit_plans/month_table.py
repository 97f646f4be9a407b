"""The list of a month: Shift and arrows try a visit in the half-day before or after, the mouse draws it to another line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication

from desktop.domain.visit_plan_views import MonthLine
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_month_acts import open_visit
from desktop.views.table_view import TableView


class MonthTable(TableView):
    """`stepped` carries -1 or 1. While a visit is drawn, `hovered` and `dropped` carry its index and the line it is over."""

    stepped = Signal(int)
    hovered = Signal(QModelIndex, QModelIndex)
    dropped = Signal(QModelIndex, QModelIndex)

    def __init__(
        self, model: RowTableModel[MonthLine], characters: Mapping[int, int], stretch: int
    ) -> None:
        super().__init__(model, name="月間訪問計画", characters=characters, stretch=stretch)
        self._lines = model
        self._pressed: QPoint | None = None
        self._drawn: QModelIndex | None = None
        self._over = -1
        for key, step in (("Shift+Left", -1), ("Shift+Right", 1)):
            self.on_key(key, partial(self.stepped.emit, step))

    def on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the list has the keyboard: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton
        can_draw = is_left and open_visit(self._lines.row_at(self.indexAt(at))) is not None
        self._pressed = at if can_draw else None
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
        over = self.indexAt(at)
        if self._drawn is not None and over.isValid() and over.row() != self._over:
            self._over = over.row()
            self.hovered.emit(self._drawn, over)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        drawn, over = self._drawn, self._over
        self._pressed, self._drawn, self._over = None, None, -1
        self.viewport().unsetCursor()
        if drawn is not None and drawn.isValid() and over >= 0:
            self.dropped.emit(drawn, self._lines.index(over, 0))
