"""Characters with a variation selector in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SEQUENCE = re.compile(f"[^{SELECTORS}][{SELECTORS}]", re.DOTALL)
_LAST_OF_BASIC_PLANE = "\uffff"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Where a sequence stands: place and length in Qt's positions (UTF-16), which are not Python's."""

    place: int
    length: int
    text: str

    @property
    def selector(self) -> str:
        """The selector."""
        return self.text[1]


def has_sequences(text: str) -> bool:
    """Whether some character carries a selector."""
    return _SEQUENCE.search(text) is not None


def sequences(text: str) -> Iterator[Sequence]:
    """The sequences of a text from left to right."""
    place, before = 0, 0
    for found in _SEQUENCE.finditer(text):
        place += _units(text[before : found.start()])
        length = _units(found[0])
        yield Sequence(place, length, found[0])
        place, before = place + length, found.end()


def _units(text: str) -> int:
    return len(text) + sum(sign > _LAST_OF_BASIC_PLANE for sign in text)
