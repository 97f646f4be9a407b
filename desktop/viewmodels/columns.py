"""The columns of a table of frozen dataclasses, and what a cell answers for each role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush

Row = TypeVar("Row")
BrushOf = Callable[[str], QBrush | None]

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
TONE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Role that answers the tone of a cell ("warning", "muted", …); the theme knows its colours."""


# No slots: on Python 3.11 a frozen generic with slots cannot be made as Column[Row](...).
@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column: what it shows, how it sorts (by its text if not said) and in which tone."""

    header: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    align: Qt.AlignmentFlag = LEFT
    tooltip: Callable[[Row], str] | None = None
    tone: Callable[[Row], str | None] | None = None

    def sort_value(self, row: Row) -> Any:  # noqa: ANN401 - any comparable value
        """Return what the row is sorted by; None sorts last."""
        return self.text(row) if self.sort is None else self.sort(row)


class Cells(Generic[Row]):
    """The answers of the cells of one row for every role but the text itself."""

    def __init__(self, columns: Sequence[Column[Row]], brush_of: BrushOf | None = None) -> None:
        self.columns = tuple(columns)
        self._alignments = tuple(column.align for column in self.columns)
        self._brush_of = brush_of
        self._by_role: dict[int, Callable[[Column[Row], Row], object]] = {
            int(Qt.ItemDataRole.ToolTipRole): self._tooltip,
            int(Qt.ItemDataRole.AccessibleTextRole): self._accessible_text,
            int(Qt.ItemDataRole.ForegroundRole): self._foreground,
            TONE_ROLE: self._tone,
        }

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return how the cells of a column are aligned."""
        return self._alignments[column]

    def texts(self, row: Row) -> tuple[str, ...]:
        """Return the texts of a row, column by column."""
        return tuple(column.text(row) for column in self.columns)

    def header(self, section: int, orientation: Qt.Orientation, role: int) -> object:
        """Answer for the header of a column; rows have no header."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].header
        return self._alignments[section] if role == ALIGNMENT else None

    def answers(self, role: int) -> bool:
        """Whether `value` has an answer for the role at all."""
        return role in self._by_role

    def value(self, row: Row, column: int, role: int) -> object:
        """Answer for one cell."""
        return self._by_role[role](self.columns[column], row)

    def _tooltip(self, column: Column[Row], row: Row) -> object:
        return column.tooltip(row) if column.tooltip is not None else None

    def _accessible_text(self, column: Column[Row], row: Row) -> object:
        return f"{column.header} {column.text(row)}"

    def _tone(self, column: Column[Row], row: Row) -> object:
        return column.tone(row) if column.tone is not None else None

    def _foreground(self, column: Column[Row], row: Row) -> object:
        tone = column.tone(row) if column.tone is not None else None
        return self._brush_of(tone) if tone and self._brush_of is not None else None
