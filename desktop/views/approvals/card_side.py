"""What stands beside the entry or policy: what the checks ask, the way of the submission, the household's last entries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from desktop.domain.records import Entry
from desktop.domain.review import EntryCard, ReviewCard
from desktop.viewmodels.records_text import entry_text, move_text
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_document import EntryWriter

_SIGNS = {1: ("●", "info"), 2: ("▲", "warning"), 3: ("✕", "error")}
_BESIDE_ENTRY, _BESIDE_POLICY = "点検・経緯・最近の記録", "点検・経緯"
_NOTHING_FOUND = "点検で気づいたことはありません。"
_NO_OTHERS = "この世帯のほかの記録はありません。"


class CardSide(EntryBrowser):
    """One text to scroll through, in the order in which it helps to decide."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, _BESIDE_ENTRY)
        self.setObjectName("card_side")

    def show_card(self, card: ReviewCard) -> None:
        """Show what belongs to the card."""
        is_entry = isinstance(card.subject, EntryCard)
        self.setAccessibleName(_BESIDE_ENTRY if is_entry else _BESIDE_POLICY)
        self.show_drawn(lambda writer: _write(writer, card))


def _write(writer: EntryWriter, card: ReviewCard) -> QTextDocument:
    document = writer.blank()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(writer.block())
    cursor.insertText("点検", writer.ink("accent", bold=True))
    for check in card.subject.checks:
        sign, tone = _SIGNS.get(check.severity, _SIGNS[1])
        _line(cursor, writer, f"{sign} {check.sentence}", tone)
    if not card.subject.checks:
        _line(cursor, writer, _NOTHING_FOUND, "muted")
    _title(cursor, writer, "決裁の経緯")
    for move in card.history:
        _line(cursor, writer, move_text(move), "text")
    if isinstance(card.subject, EntryCard):
        _recent(cursor, writer, card.subject.recent)
    return document


def _recent(cursor: QTextCursor, writer: EntryWriter, recent: Sequence[Entry]) -> None:
    _title(cursor, writer, "最近の記録（新しい順）")
    for entry in reversed(recent):
        text = entry_text(entry)
        marks = "".join(f"［{badge.text}］" for badge in text.badges)
        cursor.insertBlock(writer.block(above=0.4), QTextCharFormat())
        cursor.insertText(f"{text.heading}{marks}", writer.ink(bold=True, size=0.92))
        for part in text.parts:
            _line(cursor, writer, f"{part.label}：{part.text}", "text")
    if not recent:
        _line(cursor, writer, _NO_OTHERS, "muted")


def _title(cursor: QTextCursor, writer: EntryWriter, text: str) -> None:
    cursor.insertBlock(writer.block(above=1.0), QTextCharFormat())
    cursor.insertText(text, writer.ink("accent", bold=True))


def _line(cursor: QTextCursor, writer: EntryWriter, text: str, tone: str) -> None:
    cursor.insertBlock(writer.block(above=0.2), QTextCharFormat())
    cursor.insertText(text.replace("\n", "\u2028"), writer.ink(tone, size=0.92))
