"""Paints one laid-out entry with what is selected and found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
)

from desktop.viewmodels.records_chronicle import Hit
from desktop.views.look import Look
from desktop.views.records.entry_document import LaidEntry
from desktop.views.records.text_selection import TextSelection

PADDING = 10
SIDE = 16
_BAR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMarks:
    """What is marked in a row."""

    hits: Sequence[Hit] = ()
    current_hit: Hit | None = None
    selection: TextSelection | None = None
    is_current: bool = False
    has_focus: bool = False


class EntryPainter:
    """Draws a row into its place, in the colours of the moment."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def paint(self, painter: QPainter, place: QRect, laid: LaidEntry, marks: RowMarks) -> None:
        """Paint one row; the place is in the viewport's pixels."""
        tokens, px = self._look.tokens, self._look.px
        if marks.is_current:
            ground = tokens.window if tokens.window != tokens.surface else tokens.raised
            painter.fillRect(place, QColor(ground))
            bar = QRect(place.left(), place.top(), px(_BAR), place.height() - 1)
            painter.fillRect(bar, QColor(tokens.focus if marks.has_focus else tokens.line))
        painter.fillRect(
            QRect(place.left(), place.bottom(), place.width(), 1), QColor(tokens.strong_line)
        )
        painter.save()
        painter.translate(place.left() + px(SIDE), place.top() + px(PADDING))
        laid.document.documentLayout().draw(painter, self._context(laid, marks))
        painter.restore()

    def _context(
        self, laid: LaidEntry, marks: RowMarks
    ) -> QAbstractTextDocumentLayout.PaintContext:
        tokens = self._look.tokens
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(tokens.text))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = palette
        found = [
            _marked(hit_cursor(laid, hit), tokens.accent, tokens.accent_text)
            if hit == marks.current_hit
            else _marked(hit_cursor(laid, hit), tokens.selection, tokens.selection_text)
            for hit in marks.hits
        ]
        if marks.selection is not None and not marks.selection.is_empty:
            cursor = marks.selection.cursor(laid.document)
            found.append(_marked(cursor, tokens.accent, tokens.accent_text))
        context.selections = found
        return context


def hit_cursor(laid: LaidEntry, hit: Hit) -> QTextCursor:
    """The place of a hit as a cursor; Qt counts a character beyond the basic plane (𠮷) as two."""
    begin = laid.line_positions[hit.line]
    line = laid.document.findBlock(begin)
    text = line.text()[begin - line.position() :]
    cursor = QTextCursor(laid.document)
    cursor.setPosition(begin + _utf16(text, hit.start))
    cursor.setPosition(begin + _utf16(text, hit.end), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _utf16(text: str, characters: int) -> int:
    return characters + sum(sign > "\uffff" for sign in text[:characters])


def _marked(cursor: QTextCursor, ground: str, ink: str) -> QAbstractTextDocumentLayout.Selection:
    selection = QAbstractTextDocumentLayout.Selection()
    selection.cursor = cursor
    colours = QTextCharFormat()
    colours.setBackground(QColor(ground))
    colours.setForeground(QColor(ink))
    selection.format = colours
    return selection
