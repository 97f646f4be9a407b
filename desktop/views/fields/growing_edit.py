"""A plain text edit whose height follows its content."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QInputMethodEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override


class GrowingEdit(QPlainTextEdit):
    """Between `lines` and `most_lines` high; beyond that it scrolls. Tab goes to the next field."""

    def __init__(self, parent: QWidget | None = None, *, lines: int, most_lines: int) -> None:
        super().__init__(parent)
        self._lines = lines
        self._most_lines = max(lines, most_lines)
        self._composing = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._content_grew)

    def is_composing(self) -> bool:
        """Whether preedit text (未確定の文字) is live."""
        return self._composing

    def commit(self) -> None:
        """Take live preedit text into the text, as a save by keyboard must not lose it."""
        if self._composing:
            QGuiApplication.inputMethod().commit()

    @override
    def sizeHint(self) -> QSize:
        lines = min(max(self._content_lines(), self._lines), self._most_lines)
        margins = self.contentsMargins()
        edge = 2 * (self.document().documentMargin() + self.frameWidth())
        height = lines * QFontMetricsF(self.font()).lineSpacing() + edge
        return QSize(
            super().sizeHint().width(), round(height) + 1 + margins.top() + margins.bottom()
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content_grew()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._content_grew()

    def _content_lines(self) -> int:
        # QPlainTextDocumentLayout counts its height in lines as they are wrapped.
        return round(self.document().documentLayout().documentSize().height())

    def _content_grew(self) -> None:
        scrolls = self._content_lines() > self._most_lines
        as_needed, never = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
        )
        self.setVerticalScrollBarPolicy(as_needed if scrolls else never)
        self.updateGeometry()
