"""Room for a few lines of a text that may be long: the rest scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from desktop.override import override
from desktop.views.paragraph import Paragraph

_LINES, _LEAST_LINES = 9, 3


class LowArea(QScrollArea):
    """As tall as its paragraph asks for at its width, up to some lines and as the window has room; none where it says nothing.

    Beside something else (`stand_beside`) it is as tall as that.
    """

    def __init__(self, inside: Paragraph) -> None:
        super().__init__()
        self._inside = inside
        self._asked = 0
        self._is_beside = False
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(inside)
        inside.installEventFilter(self)
        self._fit()

    def stand_beside(self, *, is_beside: bool) -> None:
        """Whether its neighbour says how tall it is."""
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        asked = self._inside.heightForWidth(self.viewport().width()) if self._inside.words else 0
        self._asked = min(asked + line // 2, line * _LINES) if asked > 0 else 0
        self.setMaximumHeight(_ANY if self._is_beside else self._asked)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._asked)

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().height() * _LEAST_LINES
        return QSize(super().minimumSizeHint().width(), min(self._asked, least))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES:
            self._fit()
        return False


#: Qt's own bound of a height.
_ANY = 16777215
_CHANGES = frozenset({QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})
