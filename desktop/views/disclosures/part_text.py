"""The text of one part with what is struck in it; a span of it is chosen by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.override import override
from desktop.views.look import Look

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
#: Percent of the height of a line.
_LINE_HEIGHT = 130


class PartTextView(QTextEdit):
    """Struck words stand in inverse colours and stay readable here. `left` on Esc."""

    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = ""
        self._hidden: list[tuple[int, int]] = []
        self.setAccessibleName("選んだ箇所の文")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(_SELECTABLE)
        self.setTabChangesFocus(True)
        look.changed.connect(self._colour)

    def show_part(self, text: str, hidden: Iterable[tuple[int, int]]) -> None:
        """Show a text; `hidden` are the spans of its characters that are struck."""
        if text != self._text:
            self._text = text
            self.setPlainText(text)
            spaced = QTextBlockFormat()
            spaced.setLineHeight(
                _LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            )
            whole = QTextCursor(self.document())
            whole.select(QTextCursor.SelectionType.Document)
            whole.mergeBlockFormat(spaced)
        now = list(hidden)
        if now != self._hidden:
            # What was just struck is seen as struck, not as chosen.
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        self._hidden = now
        self._colour()

    def show_place(self, start: int, end: int) -> None:
        """Select a span and bring it into view."""
        self.setTextCursor(self._cursor(start, end))
        self.ensureCursorVisible()

    def chosen(self) -> tuple[int, int] | None:
        """The span of characters that is selected; None where none is, or the text cannot be shown as it is stored."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or self.toPlainText() != self._text:
            return None
        return self._characters(cursor.selectionStart()), self._characters(cursor.selectionEnd())

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = self.textCursor()
        cursor.setPosition(_utf16(self._text[:start]))
        cursor.setPosition(_utf16(self._text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _characters(self, position: int) -> int:
        """Qt counts a character beyond the basic plane (𠮷) as two."""
        return len(self._text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))

    def _colour(self) -> None:
        colours = QTextCharFormat()
        colours.setBackground(QColor(self._look.tokens.text))
        colours.setForeground(QColor(self._look.tokens.surface))
        selections = []
        if self.toPlainText() == self._text:
            for start, end in self._hidden:
                selection = QTextEdit.ExtraSelection()
                selection.cursor = self._cursor(start, end)
                selection.format = colours
                selections.append(selection)
        self.setExtraSelections(selections)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
