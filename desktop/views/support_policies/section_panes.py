"""The list of policies and what is worked on: beside each other where there is room, else one above the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.override import override
from desktop.views.support_policies.policy_shelf import WIDTH, PolicyShelf

#: Where the section is narrower than this, in full-width characters, the list stands above the text.
_ROOM_FOR_BOTH = 72
#: What the text keeps beneath the list.
_LINES_OF_TEXT = 6


class SectionPanes(QSplitter):
    """Gives the list what it needs and the rest to `work`."""

    def __init__(self, shelf: PolicyShelf, work: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._shelf, self._work = shelf, work
        self.setChildrenCollapsible(False)
        self.addWidget(shelf)
        self.addWidget(work)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)

    @property
    def is_stacked(self) -> bool:
        """Whether the list stands above the text."""
        return self.orientation() is Qt.Orientation.Vertical

    def share_height(self) -> None:
        """One above the other, the list takes what it needs, at most three fifths."""
        if self.is_stacked:
            self._work.setMinimumHeight(_LINES_OF_TEXT * self.fontMetrics().lineSpacing())
            given = min(self._shelf.height_above_text(), self.height() * 3 // 5)
            self.setSizes([given, self.height() - given])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        if self.width() >= _ROOM_FOR_BOTH * em:
            self.setOrientation(Qt.Orientation.Horizontal)
            self.setSizes([WIDTH * em, self.width() - WIDTH * em])
        else:
            self.setOrientation(Qt.Orientation.Vertical)
            self.share_height()
