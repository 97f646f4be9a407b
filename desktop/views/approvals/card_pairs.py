"""A small subject of approval as a text: a title, then label and words one under another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from desktop.views.records.entry_document import EntryWriter

_SMALL = 0.92


def write_pairs(writer: EntryWriter, title: str, pairs: Iterable[tuple[str, str]]) -> QTextDocument:
    """The label small and coloured above its words."""
    document = writer.blank()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(writer.block())
    cursor.insertText(title, writer.ink(bold=True))
    for label, words in pairs:
        cursor.insertBlock(writer.block(above=0.6), QTextCharFormat())
        cursor.insertText(label, writer.ink("accent", bold=True, size=_SMALL))
        cursor.insertBlock(writer.block(above=0.1), QTextCharFormat())
        cursor.insertText(words.replace("\n", "\u2028"), writer.ink())
    return document
