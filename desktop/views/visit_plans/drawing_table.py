"""A table of planned visits of which one can be drawn elsewhere: with Shift and the arrows, or with the mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication

from desktop.override import override
from desktop.views.table_view import TableView

#: Over nothing that a visit can be drawn to.
NOWHERE = -1


class DrawingTable(TableView):
    """`stepped` carries -1 or 1. While a visit is drawn, `hovered` and `dropped` carry its index and the row or column it is over.

    `can_draw` says of which cell something can be drawn, `over` which row or column a point is over (NOWHERE: none).
    """

    stepped = Signal(int)
    hovered = Signal(QModelIndex, int)
    dropped = Signal(QModelIndex, int)

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        name: str,
        characters: Mapping[int, int],
        stretch: int,
        can_draw: Callable[[QModelIndex], bool],
        over: Callable[[QPoint], int],
    ) -> None:
        super().__init__(model, name=name, characters=characters, stretch=stretch)
        self._can_draw, self._over_at = can_draw, over
        self._pressed: QPoint | None = None
        self._drawn: QModelIndex | None = None
        self._over = NOWHERE
        for key, step in (("Shift+Left", -1), ("Shift+Right", 1)):
            self.on_key(key, partial(self.stepped.emit, step))

    def on_key(self, key: str, act: Callable[[], object]) -> None:
        """Let a key act while the table has the keyboard: letters belong to the forms elsewhere."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = at if is_left and self._can_draw(self.indexAt(at)) else None
        self._drawn, self._over = None, NOWHERE

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
        over = self._over_at(at)
        if self._drawn is not None and over not in {NOWHERE, self._over}:
            self._over = over
            self.hovered.emit(self._drawn, over)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        drawn, over = self._drawn, self._over
        self._pressed, self._drawn, self._over = None, None, NOWHERE
        self.viewport().unsetCursor()
        if drawn is not None and drawn.isValid() and over != NOWHERE:
            self.dropped.emit(drawn, over)
