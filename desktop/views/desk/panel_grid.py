"""The arrangement of the panels: side by side while there is room, one below the other in large type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.desk.panel import DeskPanel

#: Full-width characters that two panels side by side need.
_WIDE = 64
#: Lines that count at least and at most when the rows share the height.
_FEW, _MANY = 2, 24


class PanelGrid(QScrollArea):
    """Rows of one or two panels with their shares of the width; scrolls when they do not fit.

    The height goes where the lines are.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        self._rows: list[tuple[QBoxLayout, tuple[DeskPanel[Any], ...], int]] = []
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def add_row(self, panels: Sequence[tuple[DeskPanel[Any], int]], stretch: int = 1) -> None:
        """Add a row of panels, each with its share of the width."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        for panel, share in panels:
            row.addWidget(panel, share)
        self._rows.append((row, tuple(panel for panel, _ in panels), stretch))
        self._column.addLayout(row, stretch)

    @property
    def is_wide(self) -> bool:
        """Whether two panels fit beside each other."""
        return self.viewport().width() >= self.fontMetrics().horizontalAdvance("国") * _WIDE

    def arrange(self) -> None:
        """Lay the panels out for the present width; a row whose panels are all hidden takes no room."""
        direction = QBoxLayout.Direction
        wanted = direction.LeftToRight if self.is_wide else direction.TopToBottom
        for row, panels, stretch in self._rows:
            row.setDirection(wanted)
            is_empty = all(panel.isHidden() for panel in panels)
            self._column.setStretchFactor(row, 0 if is_empty else stretch * _wanted(panels))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.arrange()


def _wanted(panels: Sequence[DeskPanel[Any]]) -> int:
    """The share of the height by the longest table of a row: three lines leave room for thirty."""
    longest = max(panel.model.rowCount() for panel in panels if not panel.isHidden())
    return min(max(longest, _FEW), _MANY)
