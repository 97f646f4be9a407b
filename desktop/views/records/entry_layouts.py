"""The heights and the laid-out texts of many entries: only what is seen is ever laid out."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtGui import QFontMetricsF

from desktop.domain.records import Entry
from desktop.viewmodels.records_chronicle import Chronicle
from desktop.views.records.entry_document import EntryWriter, LaidEntry
from desktop.views.variants.marking import mark_document

_FIXED_LINES = 4
_LINES_OF_PART = 1
_LINE_HEIGHT = 1.3


class EntryLayouts:
    """Tops and heights of the rows of a chronicle, estimated until a row is laid out. All lengths are pixels."""

    def __init__(
        self, chronicle: Chronicle, writer: EntryWriter, *, width: int, padding: int
    ) -> None:
        self._chronicle = chronicle
        self._writer = writer
        self._width = max(width, 1)
        self._padding = padding
        self._laid: dict[int, LaidEntry] = {}
        self._line = QFontMetricsF(writer.font).height() * _LINE_HEIGHT
        self._per_line = max(self._width / writer.em(), 1)
        self._heights = [self._estimate(entry) for entry in chronicle.rows]
        self._tops: list[int] = []
        self._add_up()

    @property
    def total(self) -> int:
        """The height of everything."""
        return self._tops[-1]

    def top(self, row: int) -> int:
        """Where a row begins; after the last row, where it ends."""
        return self._tops[row]

    def height(self, row: int) -> int:
        """How tall a row is, as far as is known."""
        return self._heights[row]

    def row_at(self, y: int) -> int:
        """The row at a height; -1 when there are no rows."""
        return min(max(bisect_right(self._tops, y) - 1, 0), len(self._heights) - 1)

    def laid(self, row: int) -> LaidEntry:
        """The document of a row, laid out now if it was not before."""
        if row not in self._laid:
            laid = self._writer.write(self._chronicle.text(row))
            mark_document(laid.document)
            laid.document.setTextWidth(self._width)
            self._laid[row] = laid
        return self._laid[row]

    def settle(self, first_y: int, last_y: int) -> bool:
        """Lay out the rows between two heights; whether anything moved by it."""
        if not self._heights:
            return False
        has_moved = False
        row = self.row_at(first_y)
        end = last_y
        while row < len(self._heights) and self._tops[row] < end:
            height = round(self.laid(row).document.size().height()) + 2 * self._padding
            end += max(0, self._heights[row] - height)
            has_moved |= height != self._heights[row]
            self._heights[row] = height
            row += 1
        if has_moved:
            self._add_up()
        return has_moved

    def _add_up(self) -> None:
        self._tops = [0, *accumulate(self._heights)]

    def _estimate(self, entry: Entry) -> int:
        """About as many lines as the characters need; corrected when the entry is seen."""
        characters = sum(len(s.text) for s in entry.segments)
        breaks = sum(s.text.count("\n") for s in entry.segments) / 2
        lines = _FIXED_LINES + characters / self._per_line + breaks
        lines += (_LINES_OF_PART + 0.5) * len(entry.segments)
        return round(lines * self._line) + 2 * self._padding
