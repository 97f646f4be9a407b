"""What is the same on many sheets of a document: rules, shades and labels that are made once and put down again.

Rules and shades that return together become a figure of the file (Form XObject, ISO 32000-1, 8.10), which sheets only name.
Labels stay among the text of each sheet, in the order in which it is read and copied.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.reports.paper_size import PaperSize

#: So many plates and so many sheets unlike all others are remembered; then all are forgotten.
_MOST_PLATES, _MOST_SEEN = 5_000, 1_000


class Pen(NamedTuple):
    """How the last text was set: font and size in points, spacing in millimetres, colour."""

    font: str
    size: float
    spacing: float
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Plate:
    """A finished part of a sheet: lines of its page description by layer, and the pen after its texts."""

    number: int
    shades: Sequence[str]
    rules: Sequence[str]
    texts: Sequence[str]
    pen: Pen


@dataclass(frozen=True, slots=True)
class Figure:
    """A part of a page description with a name, and the sheet it is made for."""

    name: str
    content: str
    paper: PaperSize


class Plates:
    """The plates of one document."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self._kept: dict[Hashable, Plate] = {}
        self._count = 0
        self._names: dict[tuple[int, ...], str] = {}
        self._seen: set[tuple[int, ...]] = set()

    def find(self, key: Hashable) -> Plate | None:
        """The plate that was kept under a key."""
        return self._kept.get(key)

    def keep(
        self,
        key: Hashable,
        shades: Sequence[str],
        rules: Sequence[str],
        texts: Sequence[str],
        pen: Pen,
    ) -> Plate:
        """Keep a new plate and return it."""
        if len(self._kept) >= _MOST_PLATES:
            self._kept.clear()
        self._count += 1
        plate = self._kept[key] = Plate(self._count, shades, rules, texts, pen)
        return plate

    def ground(self, plates: Sequence[Plate], paper: PaperSize) -> Sequence[str]:
        """Rules and shades of plates on one sheet: the figure's name where they returned, else all of them."""
        if not plates:
            return ()
        numbers = tuple([plate.number for plate in plates])
        name = self._names.get(numbers)
        if name is None:
            lines = [line for plate in plates for line in plate.shades]
            lines += [line for plate in plates for line in plate.rules]
            if not self._returns(numbers):
                return ("q", *lines, "Q")
            name = self._names[numbers] = f"F{len(self.figures) + 1}"
            self.figures.append(Figure(name, "\n".join(lines), paper))
        return (f"/{name} Do",)

    def _returns(self, numbers: tuple[int, ...]) -> bool:
        if numbers in self._seen:
            return True
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen.add(numbers)
        return False
