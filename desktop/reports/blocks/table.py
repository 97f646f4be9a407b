"""Tables whose head stands again on each further sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

from desktop.reports.page import Align, Sheet, Style
from desktop.reports.setter import Setter
from desktop.reports.type_styles import ASCENT, LABEL, LEADING, SHADE, SMALL, VALUE

_LEADING = 1.3
_PADDING = 1.2
_TABLE = "表"


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

    `blank` empty rows follow for handwriting; without any row the sentence `empty` stands in their place. `name` says
    whose table it is where it goes on on a further sheet.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    row: float = 7.0
    head: float = 7.0
    blank: int = 0
    empty: str = ""
    name: str = field(default="", repr=False)

    def set(self, setter: Setter) -> None:
        """Draw head and rows."""
        lefts = self._lefts(setter)
        places = [
            _Place.of(column, left, right)
            for column, left, right in zip(self.columns, lefts, lefts[1:], strict=False)
        ]
        blanks = ([""] * len(self.columns) for _ in range(self.blank))
        rows = (
            [place.lines(setter, value) for place, value in zip(places, row, strict=True)]
            for row in chain(self.rows, blanks)
        )
        first = next(rows, None)
        height = max(self.row, *map(_Place.height, places, first)) if first else self.row
        setter.need(self.head + (height if height <= self._fresh(setter) else self.row))
        self._head(setter, lefts)
        if first is not None:
            self._row(setter, lefts, places, first)
        for cells in rows:
            self._row(setter, lefts, places, cells)
        if first is None and self.empty:
            setter.sheet.box(setter.left, setter.y, setter.width, self.row)
            setter.cell(
                *(setter.left, setter.y, setter.width, self.row), self.empty, VALUE, label=_TABLE
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

    def _fresh(self, setter: Setter) -> float:
        """What a further sheet has room for."""
        return setter.paper.bottom - setter.paper.top - self.head - self._name_height

    @property
    def _name_height(self) -> float:
        return SMALL.em * LEADING if self.name else 0.0

    def _goes_on(self, setter: Setter) -> None:
        if self.name:
            name, style = setter.short(
                f"{self.name}（続き）", SMALL, setter.width, label=setter.label(_TABLE)
            )
            setter.line(setter.left, setter.y, name, style)
            setter.y += self._name_height

    def _row(
        self,
        setter: Setter,
        lefts: Sequence[float],
        places: Sequence[_Place],
        cells: Sequence[Sequence[str]],
    ) -> None:
        bottom = setter.paper.bottom
        while True:
            height = max(self.row, *map(_Place.height, places, cells))
            if setter.y + height <= bottom:
                _part(setter, lefts, places, cells, height)
                return
            if height > self._fresh(
                setter
            ):  # no sheet can hold it: what fits here, the rest goes on
                room = bottom - setter.y
                most = [place.most(room) for place in places]
                here = [lines[:count] for lines, count in zip(cells, most, strict=True)]
                cells = [lines[count:] for lines, count in zip(cells, most, strict=True)]
                if any(here):
                    _part(setter, lefts, places, here, room)
            setter.new_sheet()
            self._goes_on(setter)
            self._head(setter, lefts)


@dataclass(frozen=True, slots=True)
class _Place:
    """A column at its place (millimetres): what all of its cells have in common."""

    left: float
    width: float
    align: Align
    style: Style
    leading: float
    label: str

    @classmethod
    def of(cls, column: Column, left: float, right: float) -> _Place:
        return cls(
            left=left + _PADDING,
            width=right - left - 2 * _PADDING,
            align=column.align,
            style=column.style,
            leading=column.style.em * _LEADING,
            label=column.label.replace("\n", ""),
        )

    def lines(self, setter: Setter, value: str) -> Sequence[str]:
        """A value in the lines it takes here."""
        if not value:
            return ()
        text = setter.text(value, self.label, self.style.role)
        if "\n" not in text and setter.sheet.measure(text, self.style) <= self.width:
            return (text,) if text else ()
        return setter.lines(text, self.style, self.width, hang=False)

    def height(self, lines: Sequence[str]) -> float:
        """What so many lines take."""
        return len(lines) * self.leading + _PADDING

    def most(self, room: float) -> int:
        """How many lines fit."""
        return max(int((room - _PADDING) / self.leading), 0)


def _part(
    setter: Setter,
    lefts: Sequence[float],
    places: Sequence[_Place],
    cells: Sequence[Sequence[str]],
    height: float,
) -> None:
    """What of a row stands on one sheet."""
    y, sheet = setter.y, setter.sheet
    setter.plate(("row", y, height, *lefts), lambda s: _rules(s, y, height, lefts))
    for place, lines in zip(places, cells, strict=True):
        if not lines:
            continue
        style = place.style
        baseline = y + (height - len(lines) * place.leading) / 2
        baseline += (place.leading - style.em) / 2 + style.em * ASCENT
        for line in lines:
            sheet.aligned(place.left, baseline, place.width, line, style, place.align)
            baseline += place.leading
    setter.y += height


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
