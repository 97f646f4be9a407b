"""A comparison of two policies as a text: two columns, or one in which what went stands beside what came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from desktop.viewmodels.support_policies_comparison import (
    LINE_CHANGE,
    Comparison,
    LineChange,
    LineDifference,
    PartLine,
)
from desktop.viewmodels.text_difference import Piece
from desktop.views.records.entry_document import EntryWriter

_FOLDED = frozenset({LineChange.SAME, LineChange.PAST})
_UNFOLDED = frozenset({LineChange.NEW, LineChange.DROPPED, LineChange.GONE})
#: Read with every line that changed, though it is no change itself.
_TOLD = frozenset({"evaluation", "result"})
_HALF = QTextLength(QTextLength.Type.PercentageLength, 50)
_SMALL = 0.92


def write_columns(
    writer: EntryWriter, titles: tuple[str, str], comparison: Comparison, *, whole: bool
) -> QTextDocument:
    """The older policy at the left, the newer at the right, so that what belongs together stands in one row.

    Of lines that did not change only the heading, unless `whole`.
    """
    document = writer.blank()
    rows = [(n, line, _shown(line, whole=whole)) for n, line in enumerate(comparison.lines)]
    count = 1 + sum(1 + len(parts) for _, _, parts in rows)
    table = QTextCursor(document).insertTable(count, 2, _format(writer))
    for column, title in enumerate(titles):
        _cell(table, (0, column), title, writer.ink(bold=True), writer.block())
    place = 1
    for number, line, parts in rows:
        table.mergeCells(place, 0, 1, 2)
        cursor = table.cellAt(place, 0).firstCursorPosition()
        cursor.setBlockFormat(writer.block(above=0.3))
        _heading(writer, cursor, number, line, parts, is_marked=not comparison.is_first)
        cell = table.cellAt(place, 0).format()
        cell.setBackground(QColor(writer.tokens.raised))
        table.cellAt(place, 0).setFormat(cell)
        for row, part in enumerate(parts, start=place + 1):
            _side(writer, table, (row, 0), part.label, part.old)
            _side(writer, table, (row, 1), part.label, part.new)
        place += 1 + len(parts)
    return document


def write_text(
    writer: EntryWriter, title: str, comparison: Comparison, *, whole: bool
) -> QTextDocument:
    """One text of the newer policy with what went and came; `title` stands above it."""
    document = writer.blank()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(writer.block())
    cursor.insertText(title, writer.ink(bold=True))
    for number, line in enumerate(comparison.lines):
        parts = _shown(line, whole=whole)
        cursor.insertBlock(writer.block(above=1.0 if number else 0.4), QTextCharFormat())
        _heading(writer, cursor, number, line, parts, is_marked=not comparison.is_first)
        for part in parts:
            cursor.insertBlock(writer.block(above=0.25), QTextCharFormat())
            cursor.insertText(part.label, writer.ink("accent", bold=True, size=_SMALL))
            cursor.insertBlock(writer.block(indent=1.0), QTextCharFormat())
            _pieces(writer, cursor, part.pieces)
    return document


def _shown(line: LineDifference, *, whole: bool) -> tuple[PartLine, ...]:
    said = tuple(
        part
        for part in line.parts
        if any(piece.text for piece in (*part.old, *part.new))
        and (part.is_changed or not part.is_quiet)
    )
    if whole or line.change in _UNFOLDED:
        return tuple(part for part in said if not part.is_quiet or line.change not in _UNFOLDED)
    if line.change in _FOLDED:
        return ()
    return tuple(
        part for part in said if (part.is_changed and not part.is_quiet) or part.key in _TOLD
    )


def _heading(
    writer: EntryWriter,
    cursor: QTextCursor,
    number: int,
    line: LineDifference,
    parts: Sequence[PartLine],
    *,
    is_marked: bool,
) -> None:
    """［変更あり］ 1．試験 太郎　健康（日常生活自立）, and the issue's words where no part says them."""
    is_calm = is_marked and line.change in _FOLDED
    if is_marked:
        badge = LINE_CHANGE[line.change]
        ink = writer.ink(badge.tone, bold=True, size=_SMALL)
        ground = f"{badge.tone}_ground"
        if hasattr(writer.tokens, ground):
            ink.setBackground(QColor(getattr(writer.tokens, ground)))
        cursor.insertText(f"［{badge.text}］", ink)
        cursor.insertText("　", writer.ink())
    words = f"{number}．{line.about}" if line.issue_id is not None else line.about
    if line.text and not any(part.key == "text" for part in parts):
        words += f"　{line.text}"
    cursor.insertText(words, writer.ink("muted" if is_calm else "text", bold=not is_calm))


def _side(
    writer: EntryWriter,
    table: QTextTable,
    place: tuple[int, int],
    label: str,
    pieces: tuple[Piece, ...],
) -> None:
    words = any(piece.text for piece in pieces)
    ink = writer.ink("accent" if words else "muted", size=_SMALL)
    cursor = _cell(table, place, label if words else f"{label}　―", ink, writer.block())
    if words:
        cursor.insertBlock(writer.block(), QTextCharFormat())
        _pieces(writer, cursor, pieces)


def _pieces(writer: EntryWriter, cursor: QTextCursor, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        cursor.insertText(piece.text.replace("\n", "\u2028"), writer.changed_ink(piece.change))


def _cell(
    table: QTextTable,
    place: tuple[int, int],
    text: str,
    ink: QTextCharFormat,
    block: QTextBlockFormat,
) -> QTextCursor:
    cursor = table.cellAt(*place).firstCursorPosition()
    cursor.setBlockFormat(block)
    cursor.insertText(text, ink)
    return cursor


def _format(writer: EntryWriter) -> QTextTableFormat:
    table = QTextTableFormat()
    table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setColumnWidthConstraints([_HALF, _HALF])
    table.setCellPadding(writer.em() * 0.3)
    table.setCellSpacing(0)
    table.setBorder(1)
    table.setBorderCollapse(True)
    table.setBorderBrush(QColor(writer.tokens.line))
    table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    return table
