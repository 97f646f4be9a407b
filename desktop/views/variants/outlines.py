"""The outlines of a font that is being made."""

from __future__ import annotations

import struct
from array import array
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
        # The first glyph of every font stands for what it has not got.
        self._outlines = [_unhinted(own.outline(0))]
        self._spacings = [own.spacing(0)]

    def is_own(self, character: int, outline: bytes) -> bool:
        """Whether the screen's own font draws the plain character with this very outline."""
        glyph = self._own.map.plain(character)
        return glyph is not None and self._own.outline(glyph) == outline

    def add(self, outline: bytes, spacing: tuple[int, int]) -> int:
        """Append a glyph and give its number. Raises `ValueError` for what a font cannot hold."""
        if len(self._outlines) == _MOST_GLYPHS:
            raise ValueError("a font has no room for more glyphs")
        self._outlines.append(_unhinted(outline))
        self._spacings.append(spacing)
        return len(self._outlines) - 1

    def tables(self) -> dict[str, bytes]:
        """Everything of a font but its character map and its name."""
        ends = array("I", [0])
        for outline in self._outlines:
            ends.append(ends[-1] + len(outline))
        if byteorder == "little":
            ends.byteswap()
        count = len(self._outlines)
        boxes = [_BOX.unpack_from(outline) for outline in self._outlines if outline]
        points = max((_points(outline) for outline in self._outlines if outline), default=0)
        head = bytearray(self._own.table("head"))
        struct.pack_into(">h", head, _LOCA_FORMAT, 1)
        if boxes:
            struct.pack_into(">hhhh", head, _HEAD_BOX, *_around(boxes))
        hhea = bytearray(self._own.table("hhea"))
        struct.pack_into(">H", hhea, _WIDTHS, count)
        maxp = bytearray(self._own.table("maxp"))
        struct.pack_into(">H", maxp, _GLYPHS, count)
        struct.pack_into(">H", maxp, _POINTS, points)
        struct.pack_into(">H", maxp, _CONTOURS, max((box[0] for box in boxes), default=0))
        return {
            "OS/2": self._own.table("OS/2"),
            "glyf": b"".join(self._outlines),
            "head": bytes(head),
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
    (contours,) = struct.unpack_from(">h", outline)
    if contours < 0:
        raise ValueError("the glyph is put together from others")
    at = _BOX.size + 2 * contours
    (length,) = struct.unpack_from(">H", outline, at)
    bare = outline[:at] + b"\0\0" + outline[at + 2 + length :]
    return bare + b"\0" * (-len(bare) % 4)


def _points(outline: bytes) -> int:
    (contours,) = struct.unpack_from(">h", outline)
    return int(struct.unpack_from(">H", outline, _BOX.size + 2 * contours - 2)[0]) + 1


def _around(boxes: list[tuple[int, ...]]) -> tuple[int, int, int, int]:
    return (
        min(box[1] for box in boxes),
        min(box[2] for box in boxes),
        max(box[3] for box in boxes),
        max(box[4] for box in boxes),
    )
