"""Rules and shades that return on many sheets of a document: drawn once (Form XObject, ISO 32000-1, 8.10), then named."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.reports.paper_size import PaperSize

#: Sheets that are each unlike all others are not remembered for ever.
_MOST_SEEN = 1_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A part of a page description with a name, and the sheet it is made for."""

    name: str
    content: str
    paper: PaperSize


class Figures:
    """What returned within one document. What stands on one sheet only stays in its page description."""

    def __init__(self) -> None:
        self.drawn: list[Figure] = []
        self._plates = 0
        self._names: dict[tuple[int, ...], str] = {}
        self._seen: set[tuple[int, ...]] = set()

    def number_plate(self) -> int:
        """The number of a new plate."""
        self._plates += 1
        return self._plates

    def name(self, plates: tuple[int, ...]) -> str | None:
        """The name of the figure that these plates make together, where there is one."""
        return self._names.get(plates)

    def returns(self, plates: tuple[int, ...]) -> bool:
        """Whether the same plates were asked for before."""
        if plates in self._seen:
            return True
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen.add(plates)
        return False

    def draw(self, plates: tuple[int, ...], content: str, paper: PaperSize) -> str:
        """Keep a figure and return its name."""
        name = self._names[plates] = f"F{len(self.drawn) + 1}"
        self.drawn.append(Figure(name, content, paper))
        return name
