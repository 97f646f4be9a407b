"""The `cmap` table of a font: characters, and variation sequences (IVS) in subtable format 14."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

#: A character and its variation selector, as code points.
Pair: TypeAlias = tuple[int, int]

_VARIATIONS = (0, 5)
#: Subtables that hold all planes, best first.
_WIDE = ((3, 10), (0, 6), (0, 4))
_WIDE_FORMAT = 12
_GROUP, _ROW = struct.Struct(">III"), struct.Struct(">HHI")
_GROUPS_FROM = 16
_SELECTORS_FROM, _SELECTOR_SIZE = 10, 11
_DEFAULT, _OTHER = struct.Struct(">BHB"), struct.Struct(">BHH")


class CharacterMap:
    """Which glyph a font draws for a character, and which for a character with a selector."""

    def __init__(self, table: bytes) -> None:
        """Read the raw table. Raises `ValueError` when it has no subtable of all planes."""
        self._table = table
        (count,) = struct.unpack_from(">H", table, 2)
        rows = (_ROW.unpack_from(table, 4 + _ROW.size * number) for number in range(count))
        self._offsets = {(platform, encoding): offset for platform, encoding, offset in rows}
        wide = next((key for key in _WIDE if key in self._offsets), None)
        if wide is None or self._number(self._offsets[wide], ">H") != _WIDE_FORMAT:
            raise ValueError("the font has no character map of all planes")
        self._groups = self._read_groups(self._offsets[wide])
        self._firsts = [first for first, _, _ in self._groups]

    def plain(self, character: int) -> int | None:
        """The glyph of a character by itself; None when the font has not got it."""
        place = bisect_right(self._firsts, character) - 1
        if place < 0:
            return None
        first, last, glyph = self._groups[place]
        return glyph + character - first if character <= last else None

    @cached_property
    def variants(self) -> Mapping[Pair, int | None]:
        """The glyph of every sequence; None where the character's own glyph is the right one."""
        if _VARIATIONS not in self._offsets:
            return {}
        start = self._offsets[_VARIATIONS]
        found: dict[Pair, int | None] = {}
        for number in range(self._number(start + 6, ">I")):
            at = start + _SELECTORS_FROM + number * _SELECTOR_SIZE
            selector = int.from_bytes(self._table[at : at + 3])
            own, other = struct.unpack_from(">II", self._table, at + 3)
            if own:
                found |= dict.fromkeys(self._defaults(start + own, selector))
            if other:
                found |= self._others(start + other, selector)
        return found

    def _read_groups(self, start: int) -> tuple[tuple[int, int, int], ...]:
        """First character, last character and the glyph of the first, in the order of characters."""
        end = start + self._number(start + 4, ">I")
        return tuple(_GROUP.iter_unpack(self._table[start + _GROUPS_FROM : end]))

    def _defaults(self, start: int, selector: int) -> Iterator[Pair]:
        end = start + 4 + _DEFAULT.size * self._number(start, ">I")
        for high, low, more in _DEFAULT.iter_unpack(self._table[start + 4 : end]):
            first = high << 16 | low
            for character in range(first, first + more + 1):
                yield character, selector

    def _others(self, start: int, selector: int) -> dict[Pair, int | None]:
        end = start + 4 + _OTHER.size * self._number(start, ">I")
        rows = _OTHER.iter_unpack(self._table[start + 4 : end])
        return {(high << 16 | low, selector): glyph for high, low, glyph in rows}

    def _number(self, offset: int, code: str) -> int:
        return int(struct.unpack_from(code, self._table, offset)[0])


def character_table(glyphs: Mapping[int, int]) -> bytes:
    """A `cmap` table for glyphs by character."""
    groups = b"".join(_GROUP.pack(code, code, glyphs[code]) for code in sorted(glyphs))
    head = struct.pack(">HH", 0, 1) + _ROW.pack(*_WIDE[0], 4 + _ROW.size)
    length = _GROUPS_FROM + len(groups)
    return head + struct.pack(">HHIII", _WIDE_FORMAT, 0, length, 0, len(glyphs)) + groups
