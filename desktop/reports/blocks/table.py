"""Tables whose head stands again on each further sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from desktop.reports.page import Align, Sheet, Style
from desktop.reports.setter import Setter
from desktop.reports.type_styles import ASCENT, LABEL, SHADE, VALUE

_LEADING = 1.3
_PADDING = 1.2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its part of the width, how its values are set."""

    label: str
    share: float
    align: Align = Align.LEFT
    style: Style = VALUE


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as high as their longest text, at least `row`. A row is parted only where a sheet cannot hold it.

    `blank` empty rows follow for handwriting; without any row the sentence `empty` stands in their place.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    row: float = 7.0
    head: float = 7.0
    blank: int = 0
    empty: str = ""

    def set(self, setter: Setter) -> None:
        """Draw head and rows."""
        setter.need(self.head + self.row)
        lefts = self._lefts(setter)
        self._head(setter, lefts)
        is_empty = True
        for row in self.rows:
            is_empty = False
            self._row(setter, lefts, row)
        for _ in range(self.blank):
            is_empty = False
            self._row(setter, lefts, [""] * len(self.columns))
        if is_empty and self.empty:
            setter.sheet.box(setter.left, setter.y, setter.width, self.row)
            setter.cell(
                *(setter.left, setter.y, setter.width, self.row), self.empty, VALUE, label="表"
            )
            setter.y += self.row

    def _lefts(self, setter: Setter) -> list[float]:
        """Where each column begins, and where the last ends."""
        whole = sum(column.share for column in self.columns)
        shares = (column.share * setter.width / whole for column in self.columns)
        return list(accumulate(shares, initial=setter.left))

    def _head(self, setter: Setter, lefts: Sequence[float]) -> None:
        labels = tuple(setter.label(column.label) for column in self.columns)
        y = setter.y
        setter.plate(
            ("head", y, self.head, *lefts, labels),
            lambda sheet: _head(sheet, y, self.head, lefts, labels),
        )
        setter.y += self.head

    def _row(self, setter: Setter, lefts: Sequence[float], row: Sequence[str]) -> None:
        cells = [
            self._lines(setter, column, value, lefts[place + 1] - lefts[place])
            for place, (column, value) in enumerate(zip(self.columns, row, strict=True))
        ]
        while True:
            height = max(self.row, *map(self._height, self.columns, cells))
            if setter.y + height <= setter.paper.bottom:
                self._part(setter, lefts, cells, height)
                return
            fresh = setter.paper.bottom - setter.paper.top - self.head
            if height > fresh:  # no sheet can hold it: what fits here, the rest goes on
                room = setter.paper.bottom - setter.y
                here, cells = self._parted(cells, room)
                if any(here):
                    self._part(setter, lefts, here, room)
            setter.new_sheet()
            self._head(setter, lefts)

    def _parted(
        self, cells: list[list[str]], room: float
    ) -> tuple[list[list[str]], list[list[str]]]:
        most = [
            max(int((room - _PADDING) / (column.style.em * _LEADING)), 0) for column in self.columns
        ]
        here = [lines[:count] for lines, count in zip(cells, most, strict=True)]
        return here, [lines[count:] for lines, count in zip(cells, most, strict=True)]

    def _part(
        self, setter: Setter, lefts: Sequence[float], cells: list[list[str]], height: float
    ) -> None:
        y, sheet = setter.y, setter.sheet
        setter.plate(("row", y, height, *lefts), lambda s: _rules(s, y, height, lefts))
        for place, (column, lines) in enumerate(zip(self.columns, cells, strict=True)):
            x, width = lefts[place], lefts[place + 1] - lefts[place]
            style, leading = column.style, column.style.em * _LEADING
            top = y + (height - len(lines) * leading) / 2 + (leading - style.em) / 2
            for number, line in enumerate(lines):
                baseline = top + number * leading + style.em * ASCENT
                sheet.aligned(
                    x + _PADDING, baseline, width - 2 * _PADDING, line, style, column.align
                )
        setter.y += height

    @staticmethod
    def _height(column: Column, lines: list[str]) -> float:
        return len(lines) * column.style.em * _LEADING + _PADDING

    @staticmethod
    def _lines(setter: Setter, column: Column, value: str, width: float) -> list[str]:
        text = setter.text(value, column.label.replace("\n", ""), column.style.role)
        if not text:
            return []
        return setter.lines(text, column.style, width - 2 * _PADDING, hang=False)


def _head(
    sheet: Sheet, y: float, height: float, lefts: Sequence[float], labels: Sequence[str]
) -> None:
    sheet.fill(lefts[0], y, lefts[-1] - lefts[0], height, SHADE)
    _rules(sheet, y, height, lefts)
    for place, label in enumerate(labels):
        x, width = lefts[place], lefts[place + 1] - lefts[place]
        sheet.cell(x, y, width, height, label, LABEL, align=Align.CENTRE, padding=0.6)


def _rules(sheet: Sheet, y: float, height: float, lefts: Sequence[float]) -> None:
    sheet.box(lefts[0], y, lefts[-1] - lefts[0], height)
    for x in lefts[1:-1]:
        sheet.rule(x, y, x, y + height, 0.3)
