"""An assessment as a laid-out text to read: first its proposal and what was decided, then the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop.viewmodels.assessments_text import NOBODY_DECIDED, AssessmentText, Part
from desktop.views.records.entry_document import EntryWriter

_SMALL = 0.92
_GROUP_GAP = 0.8
_PART_GAP = 0.2
_NOTHING_DECIDED = "まだ決まった区分はありません（提案のまま）。"


def write_assessment(writer: EntryWriter, text: AssessmentText) -> QTextDocument:
    """A document of the assessment and the person's decided groups."""
    document = writer.blank()
    page = _Page(writer, QTextCursor(document))
    page.line(text.title, writer.ink(bold=True))
    for sentence in text.standing:
        page.line(sentence, writer.ink("muted", size=_SMALL))
    page.group("提案", text.proposal)
    page.line(NOBODY_DECIDED, writer.ink("muted", size=_SMALL), indent=1)
    page.group("決まった区分（新しい順）", text.decisions)
    if not text.decisions:
        page.line(_NOTHING_DECIDED, writer.ink("warning"), indent=1)
    page.group("回答", text.parts)
    return document


class _Page:
    """One document while it is written."""

    def __init__(self, writer: EntryWriter, cursor: QTextCursor) -> None:
        self._writer = writer
        self._cursor = cursor
        self._is_first = True

    def group(self, title: str, parts: Sequence[Part]) -> None:
        writer = self._writer
        self.line(f"■ {title}", writer.ink("accent", bold=True), above=_GROUP_GAP)
        for part in parts:
            label = writer.ink("accent", bold=True, size=_SMALL)
            self.line(part.label, label, above=_PART_GAP, indent=1)
            self.line(part.text, writer.ink(part.tone or "text"), indent=2)

    def line(
        self, text: str, ink: QTextCharFormat, *, above: float = 0.0, indent: float = 0.0
    ) -> None:
        self._begin(self._writer.block(above=above, indent=indent))
        self._cursor.insertText(text.replace("\n", "\u2028"), ink)

    def _begin(self, block: QTextBlockFormat) -> None:
        if self._is_first:
            self._cursor.setBlockFormat(block)
            self._is_first = False
        else:
            self._cursor.insertBlock(block, QTextCharFormat())
