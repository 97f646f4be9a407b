"""Two parts beside each other where there is room for both, else one above the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.override import override


class Panes(QSplitter):
    """`side` is so many full-width characters wide beside `work`, or so many lines high above it where the room is narrow.

    `stacked` says which.
    """

    stacked = Signal(bool)

    def __init__(
        self, side: QWidget, work: QWidget, *, room: int, width: int, lines: int, first: bool
    ) -> None:
        """`room` are the characters both need beside each other; `first`: the side part stands left, else right."""
        super().__init__(Qt.Orientation.Horizontal)
        self._side, self._work = side, work
        self._room, self._width, self._lines, self._is_first = room, width, lines, first
        self.setChildrenCollapsible(False)
        for part in (side, work) if first else (work, side):
            self.addWidget(part)
        self.setStretchFactor(self.indexOf(work), 1)
        self.setStretchFactor(self.indexOf(side), 0)

    @property
    def is_stacked(self) -> bool:
        """Whether the side part stands above the work."""
        return self.orientation() is Qt.Orientation.Vertical

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._arrange()

    def _arrange(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        fits = self.width() >= self._room * em
        self.setOrientation(Qt.Orientation.Horizontal if fits else Qt.Orientation.Vertical)
        self.stacked.emit(not fits)
        # What stands at the side is read first where it stands above.
        self.insertWidget(0 if self._is_first or not fits else 1, self._side)
        whole = self.width() if fits else self.height()
        wanted = self._width * em if fits else self._lines * self.fontMetrics().lineSpacing()
        given = min(wanted, whole * 9 // 20)
        sizes = {self.indexOf(self._side): given, self.indexOf(self._work): whole - given}
        self.setSizes([sizes[0], sizes[1]])
