"""A button whose words give way in the middle where there is no room; all of them stand in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.override import override

_LEAST_CHARACTERS = 8
#: Widths of texts are whole numbers: so many pixels may be lost between them.
_ROUNDING = 4


class ElidedButton(QPushButton):
    """`words` is the whole text. A window is never wider than its screen because of it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.words = words

    def say(self, words: str) -> None:
        """Show other words."""
        self.words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.ensurePolished()
        self._elide()
        self.updateGeometry()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        frame = super().sizeHint().width() - metrics.horizontalAdvance(self.text())
        room = max(self.width() - frame, metrics.horizontalAdvance("国") * _LEAST_CHARACTERS)
        shown = metrics.elidedText(self.words, Qt.TextElideMode.ElideMiddle, room)
        if shown != self.text():
            self.setText(shown)

    @override
    def sizeHint(self) -> QSize:
        hint, metrics = super().sizeHint(), self.fontMetrics()
        lost = metrics.horizontalAdvance(self.words) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + lost + _ROUNDING, hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance("国") * _LEAST_CHARACTERS
        hint = self.sizeHint()
        return QSize(min(hint.width(), least), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()
