"""Fonts with boxes for characters, and the names that the tests of variants are about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

#: A variant that BIZ UD draws by another glyph, one of the same kind, and one that it draws like the plain character.
KATSU, TSUJI, BE = "葛\U000e0100", "辻\U000e0100", "邉\U000e0100"
#: No font of the tests has it.
NOWHERE = "葛\U000e01ef"
NAME, PLAIN_NAME = f"{KATSU}城　見本", "葛城　見本"
PRIVATE = range(0xF0000, 0x110000)

Box = tuple[int, int, int, int]


def make_font(
    path: Path,
    family: str,
    *,
    plain: Mapping[str, Box],
    variants: Mapping[str, Box],
    units: int = 2048,
) -> None:
    """Write a TrueType font whose glyphs are boxes: left, bottom, right, top."""
    boxes = {".notdef": (0, 0, 500, 500)}
    cmap, sequences = {}, []
    for number, (sign, box) in enumerate(plain.items()):
        boxes[f"plain{number}"] = box
        cmap[ord(sign)] = f"plain{number}"
    for number, (sequence, box) in enumerate(variants.items()):
        boxes[f"variant{number}"] = box
        sequences.append((ord(sequence[0]), ord(sequence[1]), f"variant{number}"))
    font = FontBuilder(units, isTTF=True)
    font.setupGlyphOrder(list(boxes))
    font.setupCharacterMap(cmap, sequences)
    font.setupGlyf({name: _box(*box) for name, box in boxes.items()})
    font.setupHorizontalMetrics({name: (units, box[0]) for name, box in boxes.items()})
    font.setupHorizontalHeader(ascent=1802, descent=-246)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=1802, sTypoDescender=-246, usWinAscent=1802, usWinDescent=246)
    font.setupPost()
    font.save(path)


def has_private(text: str) -> bool:
    """Whether a text has a private code point of the last two planes."""
    return any(ord(sign) in PRIVATE for sign in text)


def _box(left: int, bottom: int, right: int, top: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    for point in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()
