"""Build a small TrueType font that holds only the glyphs a document uses, in the order it uses them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from desktop.reports.font_face import FontTables

# Flags of a component of a composite glyph (OpenType, table glyf).
_ARGS_ARE_WORDS = 0x0001
_HAS_SCALE = 0x0008
_MORE_COMPONENTS = 0x0020
_HAS_TWO_SCALES = 0x0040
_HAS_MATRIX = 0x0080

_CHECKSUM_BASE = 0xB1B0AFBA
_LOCA_FORMAT_AT = 50
_CHECKSUM_AT = 8
_GLYPH_HEADER = 10


def subset_font(tables: FontTables, glyphs: Sequence[int]) -> bytes:
    """Return a font whose glyph number i is `glyphs[i]`; parts of composite glyphs follow at the end."""
    wanted = list(glyphs)
    numbers = {glyph: number for number, glyph in reversed(list(enumerate(wanted)))}
    outlines: list[bytes] = []
    while len(outlines) < len(wanted):
        outlines.append(_outline(tables, wanted[len(outlines)], wanted, numbers))
    loca, glyf = _join(outlines)
    count = len(wanted)
    parts = {
        "glyf": glyf,
        "head": _patched(tables.head, _LOCA_FORMAT_AT, struct.pack(">H", 1)),
        "hhea": tables.hhea[:-2] + struct.pack(">H", count),
        "hmtx": b"".join(_metrics(tables, glyph) for glyph in wanted),
        "loca": loca,
        "maxp": tables.maxp[:4] + struct.pack(">H", count) + tables.maxp[6:],
        **dict(tables.hinting),
    }
    return _font_file(parts)


def _outline(tables: FontTables, glyph: int, wanted: list[int], numbers: dict[int, int]) -> bytes:
    """The outline of one glyph; parts of a composite are added to `wanted` and renumbered."""
    data = tables.glyf[tables.loca[glyph] : tables.loca[glyph + 1]]
    if not data or data[0] < 0x80:  # noqa: PLR2004 - a negative number of contours marks a composite
        return data
    out = bytearray(data)
    at, flags = _GLYPH_HEADER, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, part = struct.unpack_from(">HH", out, at)
        if part not in numbers:
            numbers[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", out, at + 2, numbers[part])
        at += 4 + _component_size(flags)
    return bytes(out)


def _component_size(flags: int) -> int:
    size = 4 if flags & _ARGS_ARE_WORDS else 2
    if flags & _HAS_SCALE:
        return size + 2
    if flags & _HAS_TWO_SCALES:
        return size + 4
    return size + 8 if flags & _HAS_MATRIX else size


def _join(outlines: Sequence[bytes]) -> tuple[bytes, bytes]:
    offsets, parts, at = [0], [], 0
    for outline in outlines:
        padded = _padded(outline)
        parts.append(padded)
        at += len(padded)
        offsets.append(at)
    return struct.pack(f">{len(offsets)}I", *offsets), b"".join(parts)


def _metrics(tables: FontTables, glyph: int) -> bytes:
    advance = tables.advances[min(glyph, len(tables.advances) - 1)]
    return struct.pack(">HH", advance, tables.bearings[glyph])


def _font_file(parts: dict[str, bytes]) -> bytes:
    """Put tables together (OpenType, table directory), with checksums."""
    count = len(parts)
    power = count.bit_length() - 1
    reach = 16 << power
    directory = [struct.pack(">IHHHH", 0x00010000, count, reach, power, 16 * count - reach)]
    body: list[bytes] = []
    at = head_at = 12 + 16 * count
    for tag, data in sorted(parts.items()):
        plain = _patched(data, _CHECKSUM_AT, bytes(4)) if tag == "head" else data
        head_at = at if tag == "head" else head_at
        directory.append(struct.pack(">4sIII", tag.encode(), _checksum(plain), at, len(plain)))
        body.append(_padded(plain))
        at += len(body[-1])
    whole = b"".join(directory + body)
    adjustment = struct.pack(">I", (_CHECKSUM_BASE - _checksum(whole)) & 0xFFFFFFFF)
    return _patched(whole, head_at + _CHECKSUM_AT, adjustment)


def _checksum(data: bytes) -> int:
    padded = _padded(data)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]
