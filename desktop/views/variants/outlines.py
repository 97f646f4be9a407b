"""The outlines of a font that is being made."""

from __future__ import annotations

import struct
from array import array
from pathlib import Path
from sys import byteorder

from desktop.views.variants.font_file import FontFile

_BOX = struct.Struct(">hhhhh")
_LOCA_FORMAT, _WIDTHS = 50, 34
_GLYPHS, _POINTS, _CONTOURS = 4, 6, 8
_HEAD_BOX = 36
_MOST_GLYPHS = 0xFFFF


class Outlines:
    """Glyphs taken from fonts of the same units; the measures of a line are those of the screen's own font."""

    def __init__(self, own: FontFile) -> None:
        self._own = own
        self._outlines: list[bytes] = []
        self._spacings: list[tuple[int, int]] = []
        self._numbers: dict[tuple[Path, int], int] = {}
        # The first glyph of every font stands for what it has not got.
        self.add(own, 0)

    def add(self, font: FontFile, glyph: int) -> int:
        """Take a glyph, once, and give its number. Raises `ValueError` for what a font cannot hold."""
        known = self._numbers.get((font.path, glyph))
        if known is not None:
            return known
        if len(self._outlines) == _MOST_GLYPHS:
            raise ValueError("a font has no room for more glyphs")
        self._outlines.append(_unhinted(font.outline(glyph)))
        self._spacings.append(font.spacing(glyph))
        number = self._numbers[font.path, glyph] = len(self._outlines) - 1
        return number

    def head(self, font: FontFile) -> bytes:
        """The header of a font for these outlines; it says whether the font is bold."""
        head = bytearray(font.table("head"))
        struct.pack_into(">h", head, _LOCA_FORMAT, 1)
        boxes = [_BOX.unpack_from(outline) for outline in self._outlines if outline]
        if boxes:
            _, lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            around = min(lefts), min(bottoms), max(rights), max(tops)
            struct.pack_into(">hhhh", head, _HEAD_BOX, *around)
        return bytes(head)

    def tables(self) -> dict[str, bytes]:
        """What all fonts of these outlines share."""
        ends = array("I", [0])
        for outline in self._outlines:
            ends.append(ends[-1] + len(outline))
        if byteorder == "little":
            ends.byteswap()
        count = len(self._outlines)
        hhea = bytearray(self._own.table("hhea"))
        struct.pack_into(">H", hhea, _WIDTHS, count)
        inked = [outline for outline in self._outlines if outline]
        maxp = bytearray(self._own.table("maxp"))
        struct.pack_into(">H", maxp, _GLYPHS, count)
        struct.pack_into(">H", maxp, _POINTS, max(map(_points, inked), default=0))
        struct.pack_into(">H", maxp, _CONTOURS, max(map(_contours, inked), default=0))
        return {
            "glyf": b"".join(self._outlines),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *spacing) for spacing in self._spacings),
            "loca": ends.tobytes(),
            "maxp": bytes(maxp),
            "post": self._own.table("post"),
        }


def _unhinted(outline: bytes) -> bytes:
    """A simple outline without its hints: they speak of tables that stay behind."""
    if not outline:
        return outline
    contours = _contours(outline)
    if contours < 0:
        raise ValueError("the glyph is put together from others")
    at = _BOX.size + 2 * contours
    (length,) = struct.unpack_from(">H", outline, at)
    bare = outline[:at] + b"\0\0" + outline[at + 2 + length :]
    return bare + b"\0" * (-len(bare) % 4)


def _contours(outline: bytes) -> int:
    return int(struct.unpack_from(">h", outline)[0])


def _points(outline: bytes) -> int:
    last = struct.unpack_from(">H", outline, _BOX.size + 2 * _contours(outline) - 2)[0]
    return int(last) + 1
