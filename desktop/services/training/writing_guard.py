"""Keeps what one author wrote lately apart from each other, so that only planted copies look copied."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

#: Somewhat wider than rule R06 looks: it compares two months, sketches that differ in at most ten bits.
_WINDOW_DAYS = 66
_CLOSEST_BITS = 12


class WritingGuard:
    """Remembers sketches of recent bodies by author."""

    def __init__(self, today: date) -> None:
        self._from = today - timedelta(days=_WINDOW_DAYS)
        self._sketches: defaultdict[str, list[int]] = defaultdict(list)
        self._all: set[int] = set()

    def concerns(self, day: date) -> bool:
        """Whether a body of this day is compared at all."""
        return day >= self._from

    def is_like_another(self, author: str, sketch: int) -> bool:
        """Whether the author lately wrote something that looks the same, or anybody the very same."""
        return sketch in self._all or any(
            (sketch ^ other).bit_count() <= _CLOSEST_BITS for other in self._sketches[author]
        )

    def remember(self, author: str, sketch: int) -> None:
        """Take a body into account from now on."""
        self._sketches[author].append(sketch)
        self._all.add(sketch)
