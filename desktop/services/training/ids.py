"""Identities that are the same on every run."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time

from desktop.domain.clock import JAPAN

_MINUTE_BITS = 12


class IdMaker:
    """Counts up UUIDv7-shaped ids: they sort in the order they were made, and never come from a clock or from chance."""

    def __init__(self, seed: int, today: date) -> None:
        morning = datetime.combine(today, time(), tzinfo=JAPAN)
        self._milliseconds = int(morning.timestamp() * 1000)
        noise = hashlib.blake2b(f"banso-training|{seed}".encode(), digest_size=8).digest()
        # The two high bits of the second half are the variant (RFC 9562).
        self._tail = f"{int.from_bytes(noise, 'big') & (1 << 62) - 1 | 1 << 63:016x}"
        self._made = 0

    def __call__(self) -> str:
        """The next id, as 32 hexadecimal digits."""
        self._made += 1
        moment = self._milliseconds + (self._made >> _MINUTE_BITS)
        return f"{moment:012x}7{self._made & 0xFFF:03x}{self._tail}"


def dashed(digits: str) -> str:
    """The id as text with hyphens, as canonical content spells it."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
