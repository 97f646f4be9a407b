"""The self-check beside a policy while it is written: questions, never verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from desktop.domain.review import Check
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_document import EntryWriter

_SIGNS = {1: ("●", "info"), 2: ("▲", "warning"), 3: ("✕", "error")}
_NOTHING_FOUND = "気づいたことはありません。"
_TITLE = "自己点検（提出は止めません）"


class ChecksPanel(EntryBrowser):
    """What the self-check asks about the words as they stand."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "自己点検")
        self.setObjectName("policy_checks")
        self.checks: tuple[Check, ...] = ()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show what was found; the place read stays where it is."""
        place = self.verticalScrollBar().value()
        self.checks = tuple(checks)
        self.show_drawn(lambda writer: _write(writer, self.checks))
        self.verticalScrollBar().setValue(place)


def _write(writer: EntryWriter, checks: Sequence[Check]) -> QTextDocument:
    document = writer.blank()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(writer.block())
    cursor.insertText(_TITLE, writer.ink("accent", bold=True, size=0.92))
    for check in checks:
        sign, tone = _SIGNS.get(check.severity, _SIGNS[1])
        cursor.insertBlock(writer.block(above=0.2), QTextCharFormat())
        cursor.insertText(f"{sign} {check.sentence}", writer.ink(tone, size=0.92))
    if not checks:
        cursor.insertBlock(writer.block(above=0.2), QTextCharFormat())
        cursor.insertText(_NOTHING_FOUND, writer.ink("muted", size=0.92))
    return document
