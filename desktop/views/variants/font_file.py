"""A TrueType font file, opened where it lies."""

from __future__ import annotations

import mmap
import struct
from array import array
from pathlib import Path
from sys import byteorder
from types import TracebackType
from typing import Self

from desktop.views.variants.character_map import CharacterMap

_NEEDED = ("cmap", "glyf", "loca", "hmtx", "hhea", "maxp", "head", "OS/2", "post")
_ENTRY = struct.Struct(">4s4xII")
_DIRECTORY = 12
_TRUE_TYPE = 0x00010000
_UNITS, _LOCA_FORMAT, _WIDTHS = 18, 50, 34


class FontFile:
    """Reads only what is asked for: a font of 46 MB costs no more than a small one."""

    def __init__(self, path: Path) -> None:
        """Open a file. Raises `OSError`, and `ValueError` when it has no TrueType outlines."""
        self.path = path
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        kind, count = struct.unpack_from(">IH", self._bytes)
        if kind != _TRUE_TYPE:
            self._bytes.close()
            raise ValueError("this is no TrueType font")
        entries = (_ENTRY.unpack_from(self._bytes, _DIRECTORY + 16 * n) for n in range(count))
        self._tables = {tag.decode("ascii"): (start, size) for tag, start, size in entries}
        if missing := [tag for tag in _NEEDED if tag not in self._tables]:
            self._bytes.close()
            raise ValueError(f"the font has no table {missing[0]}")
        head = self.table("head")
        self.units = int(struct.unpack_from(">H", head, _UNITS)[0])
        self.map = CharacterMap(self.table("cmap"))
        self._widths = int(struct.unpack_from(">H", self.table("hhea"), _WIDTHS)[0])
        (is_long,) = struct.unpack_from(">h", head, _LOCA_FORMAT)
        self._starts = _read_starts(self.table("loca"), is_long=bool(is_long))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bytes.close()

    def table(self, tag: str) -> bytes:
        """A raw table."""
        start, size = self._tables[tag]
        return self._bytes[start : start + size]

    def outline(self, glyph: int) -> bytes:
        """The raw outline of a glyph; empty when it has no ink."""
        start, _ = self._tables["glyf"]
        return self._bytes[start + self._starts[glyph] : start + self._starts[glyph + 1]]

    def spacing(self, glyph: int) -> tuple[int, int]:
        """Advance width and left bearing, in units of the font."""
        start, _ = self._tables["hmtx"]
        last = self._widths - 1
        (width,) = struct.unpack_from(">H", self._bytes, start + 4 * min(glyph, last))
        at = 4 * glyph + 2 if glyph <= last else 4 * self._widths + 2 * (glyph - self._widths)
        (bearing,) = struct.unpack_from(">h", self._bytes, start + at)
        return width, bearing


def _read_starts(loca: bytes, *, is_long: bool) -> array[int]:
    """Where the outlines begin in their table, in bytes; one more than there are glyphs."""
    starts = array("I" if is_long else "H", loca)
    if byteorder == "little":
        starts.byteswap()
    return starts if is_long else array("I", [2 * start for start in starts])
