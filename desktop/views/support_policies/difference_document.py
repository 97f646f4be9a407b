"""Two policies beside each other as one table, line by line, so that what belongs together stands together."""

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

from desktop.viewmodels.records_difference import PartDifference
from desktop.viewmodels.support_policies_comparison import LineChange, LineDifference
from desktop.viewmodels.text_difference import Piece, new_side, old_side
from desktop.views.records.entry_document import EntryWriter

_TONES = {
    LineChange.SAME: "muted",
    LineChange.CHANGED: "warning",
    LineChange.NEW: "good",
    LineChange.ENDED: "error",
    LineChange.GONE: "error",
    LineChange.PAST: "muted",
}
_CALM = frozenset({LineChange.SAME, LineChange.PAST})
_HALF = QTextLength(QTextLength.Type.PercentageLength, 50)
_SMALL = 0.92


def write_difference(
    writer: EntryWriter, titles: tuple[str, str], lines: Sequence[LineDifference], *, whole: bool
) -> QTextDocument:
    """A document of the comparison; of lines that did not change only the heading, unless `whole`."""
    document = writer.blank()
    cursor = QTextCursor(document)
    rows = [(line, _shown(line, whole=whole)) for line in lines]
    table = cursor.insertTable(1 + sum(1 + len(parts) for _, parts in rows), 2, _format(writer))
    for column, title in enumerate(titles):
        _write(table, (0, column), title, writer.ink(bold=True), writer.block())
    place = 1
    for line, parts in rows:
        _heading(writer, table, place, line)
        for number, part in enumerate(parts, start=place + 1):
            _side(writer, table, (number, 0), part.label, old_side(part.pieces))
            _side(writer, table, (number, 1), part.label, new_side(part.pieces))
        place += 1 + len(parts)
    return document


def _shown(line: LineDifference, *, whole: bool) -> tuple[PartDifference, ...]:
    if whole or line.change in {LineChange.NEW, LineChange.GONE}:
        return tuple(part for part in line.parts if part.has_text)
    if line.change in _CALM:
        return ()
    return tuple(part for part in line.parts if part.is_changed)


def _heading(writer: EntryWriter, table: QTextTable, row: int, line: LineDifference) -> None:
    table.mergeCells(row, 0, 1, 2)
    tone = _TONES[line.change]
    is_calm = line.change in _CALM
    cursor = _write(
        table,
        (row, 0),
        f"［{line.change.value}］",
        writer.ink(tone, bold=True, size=_SMALL),
        writer.block(above=0.3),
    )
    cursor.insertText(
        f"　{line.title}", writer.ink("muted" if is_calm else "text", bold=not is_calm)
    )
    cell = table.cellAt(row, 0).format()
    cell.setBackground(QColor(writer.tokens.raised))
    table.cellAt(row, 0).setFormat(cell)


def _side(
    writer: EntryWriter,
    table: QTextTable,
    place: tuple[int, int],
    label: str,
    pieces: tuple[Piece, ...],
) -> None:
    words = any(piece.text for piece in pieces)
    ink = writer.ink("accent" if words else "muted", size=_SMALL)
    cursor = _write(table, place, label if words else f"{label}　―", ink, writer.block())
    if words:
        cursor.insertBlock(writer.block(), QTextCharFormat())
    for piece in pieces:
        cursor.insertText(piece.text.replace("\n", "\u2028"), writer.changed_ink(piece.change))


def _write(
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
