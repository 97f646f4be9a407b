"""Identities that are the same on every run."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time

from desktop.domain.clock import JAPAN

_A_MOMENT = 1 << 12
#: Each number has so many milliseconds of the day to itself: 262,144 ids, and room for 1.3 million numbers.
_MOMENTS = 64


class IdMaker:
    """Counts up UUIDv7-shaped ids: they sort in the order they were made, and never come from a clock or from chance.

    Every household has a range of its own, so that its ids do not depend on what was made before it.
    """

    def __init__(self, seed: int, today: date) -> None:
        morning = datetime.combine(today, time(), tzinfo=JAPAN)
        self._milliseconds = int(morning.timestamp() * 1000)
        noise = hashlib.blake2b(f"banso-training|{seed}".encode(), digest_size=8).digest()
        # The two high bits of the second half are the variant (RFC 9562).
        tail = f"{int.from_bytes(noise, 'big') & (1 << 62) - 1 | 1 << 63:016x}"
        self._ends = [f"7{place:03x}{tail}" for place in range(_A_MOMENT)]
        self.begin()

    def begin(self, household: int = -1) -> None:
        """Go to the range of a household by its number; that of the office itself comes before all."""
        self._moment = self._milliseconds + (household + 1) * _MOMENTS
        self._start, self._place = f"{self._moment:012x}", 0

    def __call__(self) -> str:
        """The next id, as 32 hexadecimal digits."""
        place = self._place
        if place == _A_MOMENT:
            self._moment += 1
            self._start, place = f"{self._moment:012x}", 0
        self._place = place + 1
        return self._start + self._ends[place]


def dashed(digits: str) -> str:
    """The id as text with hyphens, as canonical content spells it."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
