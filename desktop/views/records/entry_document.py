"""An entry as a laid-out text: the chronicle, the review card and the history draw the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop.domain.records import SegmentKind
from desktop.viewmodels.records_text import Badge, EntryText, Labelled
from desktop.viewmodels.text_difference import Change, Piece
from desktop.views.tokens import Tokens

_LINE_HEIGHT_PERCENT = 128
_LABEL_EMS = 0.25
_INDENT_EMS = 1.0
_HEADING_GAP = 0.15
_BOLD = QFont.Weight.Bold.value


@dataclass(slots=True)
class LaidEntry:
    """A document and where its searchable lines begin, in Qt's positions."""

    document: QTextDocument
    line_positions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """Writes entries into documents in the colours and the font of the moment."""

    tokens: Tokens
    font: QFont

    def write(
        self, text: EntryText, changes: Mapping[str, tuple[Piece, ...]] | None = None
    ) -> LaidEntry:
        """A document of the entry. `changes` are the pieces of those parts that differ from an earlier version."""
        laid = LaidEntry(self.blank())
        cursor = QTextCursor(laid.document)
        page = _Page(self, cursor, laid, is_struck=text.is_struck)
        page.heading(text)
        for part in text.parts:
            page.part(part, (changes or {}).get(part.key))
        page.after(text.after)
        return laid

    def blank(self) -> QTextDocument:
        """An empty document in this font, with no margin."""
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font)
        document.setDocumentMargin(0)
        return document

    def ink(self, tone: str = "text", *, bold: bool = False, size: float = 1.0) -> QTextCharFormat:
        """The character format of a tone."""
        ink = QTextCharFormat()
        ink.setForeground(QColor(getattr(self.tokens, tone)))
        if bold:
            ink.setFontWeight(_BOLD)
        if size != 1.0:
            ink.setFontPointSize(self.font.pointSizeF() * size)
        return ink

    def changed_ink(self, change: Change) -> QTextCharFormat:
        """The format of a piece: what went is struck through, what came is underlined, besides the colours."""
        if change is Change.SAME:
            return self.ink()
        ink = self.ink("error" if change is Change.REMOVED else "good")
        if change is Change.REMOVED:
            ink.setFontStrikeOut(True)
            ink.setBackground(QColor(self.tokens.error_ground))
        else:
            ink.setFontUnderline(True)
            ink.setBackground(QColor(self.tokens.info_ground))
        return ink

    def em(self) -> float:
        """The width of a full-width character."""
        return QFontMetricsF(self.font).horizontalAdvance("国")

    def block(self, *, above: float = 0.0, indent: float = 0.0) -> QTextBlockFormat:
        """A paragraph; `above` and `indent` in widths of a character."""
        block = QTextBlockFormat()
        block.setLineHeight(
            _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        block.setTopMargin(self.em() * above)
        block.setLeftMargin(self.em() * indent)
        return block


class _Page:
    """One document while it is written, line by line in the order of `EntryText.lines`."""

    def __init__(
        self, writer: EntryWriter, cursor: QTextCursor, laid: LaidEntry, *, is_struck: bool
    ) -> None:
        self._writer = writer
        self._cursor = cursor
        self._laid = laid
        self._is_struck = is_struck
        self._is_first = True

    def heading(self, text: EntryText) -> None:
        writer = self._writer
        self._begin(writer.block())
        self._searchable(text.heading, writer.ink(bold=True))
        for badge in text.badges:
            self._badge(badge)
        self._begin(writer.block(above=_HEADING_GAP))
        self._searchable(text.facts, writer.ink("muted", size=0.92))
        self._begin(writer.block(above=_LABEL_EMS) if text.subject else None)
        self._searchable(text.subject, writer.ink(bold=True))

    def part(self, part: Labelled, pieces: tuple[Piece, ...] | None) -> None:
        writer, label, text = self._writer, part.label, part.text
        # Why it was annulled must be readable.
        ink = (
            writer.ink()
            if part.key == SegmentKind.REASON
            else self._body_ink(is_struck=part.is_struck)
        )
        self._begin(writer.block(above=_LABEL_EMS))
        self._searchable(label, writer.ink("accent", bold=True, size=0.92))
        if pieces is None:
            for line in text.split("\n"):
                self._begin(writer.block(indent=_INDENT_EMS))
                self._searchable(line, ink)
        else:
            self._begin(writer.block(indent=_INDENT_EMS))
            self._pieces(pieces)

    def after(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._begin(self._writer.block(above=_LABEL_EMS))
            self._searchable(line, self._writer.ink("muted", size=0.92))

    def _body_ink(self, *, is_struck: bool) -> QTextCharFormat:
        is_struck = is_struck or self._is_struck
        ink = self._writer.ink("muted" if is_struck else "text")
        ink.setFontStrikeOut(is_struck)
        return ink

    def _badge(self, badge: Badge) -> None:
        ink = self._writer.ink(badge.tone, bold=True, size=0.92)
        ground = f"{badge.tone}_ground"
        if hasattr(self._writer.tokens, ground):
            ink.setBackground(QColor(getattr(self._writer.tokens, ground)))
        self._cursor.insertText("　", self._writer.ink())
        self._cursor.insertText(f"［{badge.text}］", ink)

    def _pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Changed text is not searched, so its line breaks need no places."""
        for piece in pieces:
            ink = self._writer.changed_ink(piece.change)
            self._cursor.insertText(piece.text.replace("\n", "\u2028"), ink)

    def _begin(self, block: QTextBlockFormat | None) -> None:
        """Begin a paragraph; None continues the one before, for a line that is empty."""
        if block is None:
            return
        if self._is_first:
            self._cursor.setBlockFormat(block)
            self._is_first = False
        else:
            self._cursor.insertBlock(block, QTextCharFormat())

    def _searchable(self, line: str, ink: QTextCharFormat) -> None:
        self._laid.line_positions.append(self._cursor.position())
        if line:
            self._cursor.insertText(line, ink)
