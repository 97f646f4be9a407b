"""A plain text edit whose height follows its content."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop.override import override
from desktop.views.variants.marking import VariantHighlighter

# The bundled font sets lines so close that long records are tiring to read.
_LINE_HEIGHT_PERCENT = 130


class GrowingEdit(QTextEdit):
    """Between `lines` and `most_lines` high; beyond that it scrolls. Tab goes to the next field.

    A QTextEdit, because QPlainTextEdit knows no line height; it takes and gives plain text only.
    """

    def __init__(self, parent: QWidget | None = None, *, lines: int, most_lines: int) -> None:
        super().__init__(parent)
        self._lines = lines
        self._most_lines = max(lines, most_lines)
        self._composing = False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._content_grew)
        self._variants = VariantHighlighter(self.document())
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Replace the content; it cannot be undone back to what stood there for another record."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.setPlainText(text)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(
            _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        document.setUndoRedoEnabled(True)

    def is_composing(self) -> bool:
        """Whether preedit text (未確定の文字) is live."""
        return self._composing

    def commit(self) -> None:
        """Take live preedit text into the text, as a save by keyboard must not lose it."""
        if self._composing:
            QGuiApplication.inputMethod().commit()

    @override
    def sizeHint(self) -> QSize:
        content = self.document().size().height()
        height = min(max(content, self._height_of(self._lines)), self._height_of(self._most_lines))
        edges = self.contentsMargins().top() + self.contentsMargins().bottom()
        return QSize(super().sizeHint().width(), math.ceil(height) + edges)

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

    def _height_of(self, lines: int) -> float:
        line = QFontMetricsF(self.font()).lineSpacing() * _LINE_HEIGHT_PERCENT / 100
        return lines * line + 2 * self.document().documentMargin()

    def _content_grew(self) -> None:
        scrolls = self.document().size().height() > self._height_of(self._most_lines) + 1
        as_needed, never = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
        )
        self.setVerticalScrollBarPolicy(as_needed if scrolls else never)
        self.updateGeometry()
