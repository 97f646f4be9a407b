"""Keeps what one author wrote lately apart from each other, so that only planted copies look copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from datetime import date, timedelta

#: Somewhat wider than rule R06 looks: it compares two months, sketches that differ in at most ten bits.
_WINDOW_DAYS = 66
_CLOSEST_BITS = 12


class WritingGuard:
    """Remembers sketches of recent bodies by author; `elsewhere` are those of other teams."""

    def __init__(self, today: date, elsewhere: Set[int] = frozenset()) -> None:
        self._from = today - timedelta(days=_WINDOW_DAYS)
        self._sketches: defaultdict[str, list[int]] = defaultdict(list)
        self._elsewhere = elsewhere
        self._all: set[int] = set()
        #: Sketches of what this team wrote in words of its own.
        self.written: set[int] = set()

    def concerns(self, day: date) -> bool:
        """Whether a body of this day is compared at all."""
        return day >= self._from

    def is_like_another(self, author: str, sketch: int) -> bool:
        """Whether the author lately wrote something that looks the same, or anybody the very same."""
        if sketch in self._all or sketch in self._elsewhere:
            return True
        return any(
            (sketch ^ other).bit_count() <= _CLOSEST_BITS for other in self._sketches[author]
        )

    def remember(self, author: str, sketch: int, *, is_given: bool) -> None:
        """Take a body into account from now on; a given text is meant to look like others."""
        self._sketches[author].append(sketch)
        self._all.add(sketch)
        if not is_given:
            self.written.add(sketch)
