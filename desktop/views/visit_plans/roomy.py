"""Room for a panel of large type: in a small window it is scrolled instead of squeezed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget

from desktop.override import override


class Roomy(QScrollArea):
    """`content` is never lower than so many lines of type; the line of `table` at hand is kept in sight."""

    def __init__(self, content: QWidget, table: QAbstractItemView, lines: int) -> None:
        super().__init__()
        self._content, self._table, self._lines = content, table, lines
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setMinimumHeight(1)
        self.setWidget(content)
        table.selectionModel().currentChanged.connect(lambda *_: self._follow())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._content.setMinimumHeight(self._lines * self.fontMetrics().height())
        super().resizeEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._follow)  # once everything has its place

    def _follow(self) -> None:
        line = self._table.visualRect(self._table.currentIndex())
        for end in (line.topLeft(), line.bottomLeft()):
            at: QPoint = self._table.viewport().mapTo(self._content, end)
            self.ensureVisible(0, at.y(), 0, line.height())
