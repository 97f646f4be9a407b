"""The groups of a brief to read; a promise leads to its entry."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from desktop.viewmodels.briefs import BriefGroup, BriefLine
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_document import EntryWriter

_LINK = "entry:"
_GROUP_GAP = 0.7
_LINE_GAP = 0.15


class BriefBrowser(EntryBrowser):
    """`entry_wanted` carries the id of the entry that a promise was made in. Tab goes from one to the next."""

    entry_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "訪問前のまとめ")
        self.setObjectName("brief_text")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self._activated)

    def show_groups(self, groups: tuple[BriefGroup, ...]) -> None:
        """Show a brief."""
        self.show_drawn(lambda writer: write_brief(writer, groups))

    def _activated(self, url: QUrl) -> None:
        self.entry_wanted.emit(UUID(url.toString().removeprefix(_LINK)))


def write_brief(writer: EntryWriter, groups: tuple[BriefGroup, ...]) -> QTextDocument:
    """A document of the groups."""
    document = writer.blank()
    cursor = QTextCursor(document)
    for number, group in enumerate(groups):
        block = writer.block(above=_GROUP_GAP if number else 0.0)
        if number:
            cursor.insertBlock(block, QTextCharFormat())
        else:
            cursor.setBlockFormat(block)
        cursor.insertText(f"■ {group.title}", writer.ink("accent", bold=True))
        for line in group.lines:
            cursor.insertBlock(writer.block(above=_LINE_GAP, indent=1.0), QTextCharFormat())
            _write_line(writer, cursor, line)
    return document


def _write_line(writer: EntryWriter, cursor: QTextCursor, line: BriefLine) -> None:
    cursor.insertText(line.text.replace("\n", "\u2028"), writer.ink(line.tone))
    if line.entry_id is not None:
        link = writer.ink("accent")
        link.setAnchor(True)
        link.setAnchorHref(f"{_LINK}{line.entry_id}")
        link.setFontUnderline(True)
        cursor.insertText("　", writer.ink())
        cursor.insertText("記録へ", link)
