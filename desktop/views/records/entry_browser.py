"""Entries to read, select and copy in a pane of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.viewmodels.records_difference import PartDifference
from desktop.viewmodels.records_text import EntryText
from desktop.viewmodels.text_difference import Piece
from desktop.views.look import Look
from desktop.views.records.entry_document import EntryWriter
from desktop.views.variants.marking import mark_document

_MARGIN = 12


class EntryBrowser(QTextBrowser):
    """Draws what it was given anew when size or colours change."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._draw: Callable[[EntryWriter], QTextDocument] | None = None
        self._shown: QTextDocument | None = None
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        look.changed.connect(self._draw_again)

    def show_entry(self, text: EntryText, changes: Sequence[PartDifference] = ()) -> None:
        """Show an entry, with what changed marked in it."""
        marked = {part.key: part.pieces for part in changes if part.is_changed}
        self.show_drawn(lambda writer: writer.write(text, marked).document)

    def show_parts(self, title: str, parts: Sequence[tuple[str, tuple[Piece, ...]]]) -> None:
        """Show labelled parts in pieces: one side of a comparison."""
        self.show_drawn(lambda writer: write_parts(writer, title, parts))

    def show_nothing(self) -> None:
        """Show an empty pane."""
        self._draw = None
        self.clear()

    def show_drawn(self, draw: Callable[[EntryWriter], QTextDocument]) -> None:
        """Show what a callable draws, and have it drawn again when the look changes."""
        self._draw = draw
        self._draw_again()
        self.verticalScrollBar().setValue(0)

    def _draw_again(self) -> None:
        if self._draw is None:
            return
        place = self.verticalScrollBar().value()
        document = self._draw(EntryWriter(self._look.tokens, self.font()))
        mark_document(document)
        document.setDocumentMargin(self._look.px(_MARGIN))
        self._shown, old = document, self._shown
        self.setDocument(document)
        if old is not None:
            old.deleteLater()
        self.verticalScrollBar().setValue(place)


def write_parts(
    writer: EntryWriter, title: str, parts: Sequence[tuple[str, tuple[Piece, ...]]]
) -> QTextDocument:
    """A document of labelled pieces under a title."""
    document = writer.blank()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(writer.block())
    cursor.insertText(title, writer.ink(bold=True))
    for label, pieces in parts:
        cursor.insertBlock(writer.block(above=0.4), QTextCharFormat())
        cursor.insertText(label, writer.ink("accent", bold=True, size=0.92))
        cursor.insertBlock(writer.block(indent=1.0), QTextCharFormat())
        for piece in pieces:
            cursor.insertText(piece.text.replace("\n", "\u2028"), writer.changed_ink(piece.change))
    return document
