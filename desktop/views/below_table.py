"""What stands beneath a table: as high as it asks where there is room, else it scrolls and the table keeps its lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.override import override
from desktop.views.papers.following_scroll import FollowingScroll

_LEAST_LINES = 3


class BelowTable(FollowingScroll):
    """Words, buttons and strips of a table. What is hidden takes no room; what has the keyboard is always in view."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(gap=4, least_lines=_LEAST_LINES)
        self._asked = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        for part in parts:
            self.add_part(part)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high())

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self._high()))

    @override
    def event(self, event: QEvent) -> bool:
        """Ask for another height when a part came, went or grew."""
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return is_handled

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _high(self) -> int:
        """All parts at the width at hand."""
        content = self._content
        layout = content.layout()
        least = content.minimumSizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return least.height()
        return layout.heightForWidth(max(self.viewport().width(), least.width()))

    def _fit(self) -> None:
        asked = self._high()
        if asked != self._asked:
            self._asked = asked
            self.updateGeometry()
        self.follow_keyboard()
