"""Room for a few lines of a text that may be long: the rest scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.override import override

_LINES = 8


class LowArea(QScrollArea):
    """As tall as what it holds, up to some lines."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWidget(inside)
        self._fit()

    def _fit(self) -> None:
        self.setMaximumHeight(self.fontMetrics().height() * _LINES)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()
