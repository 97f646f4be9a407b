"""Variants in texts that are selected, copied and edited: the text is the real one, only its font differs."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QInputMethodEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.override import override
from desktop.views.variants.families import family_of
from desktop.views.variants.sequences import has_sequences, sequences

Attribute = QInputMethodEvent.Attribute


def mark_document(document: QTextDocument) -> None:
    """Set the variants of a finished document in the fonts that draw them. Nothing else of it changes."""
    if not has_sequences(document.toPlainText()):
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        for found in sequences(block.text()):
            ink = _ink(found.selector)
            if ink is not None:
                cursor.setPosition(block.position() + found.place)
                cursor.setPosition(
                    block.position() + found.place + found.length, QTextCursor.MoveMode.KeepAnchor
                )
                cursor.mergeCharFormat(ink)
        block = block.next()
    cursor.endEditBlock()


def mark_line(line: QLineEdit) -> None:
    """Set the variants of a line edit in their fonts. Not to be called while an input method composes.

    QLineEdit takes formats only through an input method's event; one without text changes nothing else.
    """
    text = line.text()
    place = line.cursorPosition()
    attributes = [
        Attribute(
            QInputMethodEvent.AttributeType.TextFormat, found.place - place, found.length, ink
        )
        for found in sequences(text)
        if (ink := _ink(found.selector)) is not None
    ]
    QApplication.sendEvent(line, QInputMethodEvent("", attributes))


def marked_up(text: str) -> str:
    """A plain text as HTML for a label that can be copied from; what is copied is the real text."""
    parts, before = [], 0
    raw = text.encode("utf-16-le")
    for found in sequences(text):
        parts.append(escape(raw[2 * before : 2 * found.place].decode("utf-16-le")))
        before = found.place + found.length
        families = ",".join(f"'{family}'" for family in _families(found.selector))
        parts.append(f'<span style="font-family:{families}">{escape(found.text)}</span>')
    parts.append(escape(raw[2 * before :].decode("utf-16-le")))
    return "".join(parts).replace("\n", "<br>")


class VariantHighlighter(QSyntaxHighlighter):
    """Sets the variants of a text in their fonts while it is typed."""

    @override
    def highlightBlock(self, text: str) -> None:
        for found in sequences(text):
            ink = _ink(found.selector)
            if ink is not None:
                self.setFormat(found.place, found.length, ink)


def _families(selector: str) -> list[str]:
    """Families that draw a selector's variants, then those of the program for characters without that variant."""
    family = family_of(selector)
    own = QGuiApplication.font().families()
    return [family, *own] if QFontDatabase.hasFamily(family) else own


def _ink(selector: str) -> QTextCharFormat | None:
    families = _families(selector)
    if families[0] != family_of(selector):
        return None
    ink = QTextCharFormat()
    ink.setFontFamilies(families)
    return ink
