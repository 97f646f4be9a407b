"""Room for a few lines of a text that may be long: the rest scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from desktop.override import override
from desktop.views.paragraph import Paragraph

_LINES = 9


class LowArea(QScrollArea):
    """As tall as its paragraph asks for at its width, up to some lines; no room where it says nothing."""

    def __init__(self, inside: Paragraph) -> None:
        super().__init__()
        self._inside = inside
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(inside)
        inside.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        asked = self._inside.heightForWidth(self.viewport().width()) if self._inside.words else 0
        self.setFixedHeight(min(asked + line // 2, line * _LINES) if asked > 0 else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES:
            self._fit()
        return False


_CHANGES = frozenset({QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})
