"""Which monthly print run took which entry to paper."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence


class Printer:
    """Assigns approved entries to print runs and counts what each printed."""

    def __init__(self, batches: Sequence[tuple[str, str]]) -> None:
        self._batches = batches
        self.printed: defaultdict[str, int] = defaultdict(int)

    def batch(self, approved_at: str) -> str | None:
        """The print run that takes what was approved at this instant, None when it is still to come."""
        place = bisect_left(self._batches, (approved_at, ""))
        if place == len(self._batches):
            return None
        batch = self._batches[place][1]
        self.printed[batch] += 1
        return batch
