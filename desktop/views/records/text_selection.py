"""What is selected with the mouse in one laid-out entry."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument


class TextSelection:
    """A stretch of one row's document, in Qt's positions."""

    def __init__(self) -> None:
        self.row = -1
        self._anchor = 0
        self._end = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.row < 0 or self._anchor == self._end

    def clear(self) -> None:
        """Select nothing."""
        self.begin(-1, 0)

    def begin(self, row: int, place: int) -> None:
        """Begin a selection at a place of a row."""
        self.row, self._anchor, self._end = row, place, place

    def extend(self, place: int) -> None:
        """Select up to a place of the same row."""
        self._end = place

    def take_word(self, row: int, place: int, document: QTextDocument) -> None:
        """Select the word at a place."""
        self.begin(row, place)
        cursor = self.cursor(document)
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self._anchor, self._end = cursor.anchor(), cursor.position()

    def cursor(self, document: QTextDocument) -> QTextCursor:
        """The selection as a cursor of the row's document."""
        cursor = QTextCursor(document)
        last = document.characterCount() - 1
        cursor.setPosition(min(max(self._anchor, 0), last))
        cursor.setPosition(min(max(self._end, 0), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor
