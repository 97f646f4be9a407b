"""Fonts of variants, made in memory from the fonts of this workstation.

Qt draws 葛 followed by U+E0100 as 葛: it asks a font for the character and drops the selector (a "to do" in its shaper, up
to 6.11 at least). Two kinds of font get round it, both with the same outlines:

- `FAMILY` has a private code point for every sequence. A text is turned into them at the very moment of painting, by
  `VariantStyle`; nothing else ever sees them.
- `family_of(selector)` has the variant in the place of the character itself. A stretch of a document, or of an edit
  field, that is set in this family shows the variant, and its text stays the real one.

The licences (OFL without reserved names, IPA) allow fonts derived on the user's machine; they are never stored.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.views.variants.character_map import Pair, character_table
from desktop.views.variants.collection import collection, name_table
from desktop.views.variants.font_file import FontFile
from desktop.views.variants.outlines import Outlines

FAMILY = "Banso Variants"
#: Private use area B: the area below is where systems of 外字 put theirs.
FIRST_CODE, LAST_CODE = 0x100000, 0x10FFFD


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantFonts:
    """The fonts as one collection in memory (TTC), and the private code point of each sequence, both as text."""

    data: bytes
    codes: Mapping[str, str]


def family_of(selector: str) -> str:
    """The family that draws every character as its variant with this selector."""
    return f"{FAMILY} {ord(selector):X}"


def make_variant_fonts(paths: Sequence[Path]) -> VariantFonts:
    """Every sequence from the first font that has it. The first font is the screen's own and gives the measures.

    What the screen's own font draws right without help is left out; so are files that are no usable font.
    Raises `OSError`, and `ValueError` when the first file is no TrueType font.
    """
    with FontFile(paths[0]) as own:
        outlines = Outlines(own)
        glyphs = _taken(own, outlines, own.map.variants.keys())
        known = set(own.map.variants)
        for path in paths[1:]:
            glyphs |= _from_file(path, own.units, outlines, known)
            known |= glyphs.keys()
        codes = dict(zip(sorted(glyphs), range(FIRST_CODE, LAST_CODE + 1), strict=False))
        faces = [(FAMILY, {codes[pair]: glyphs[pair] for pair in codes})]
        for selector in sorted({selector for _, selector in codes}):
            of_selector = {base: glyphs[base, other] for base, other in codes if other == selector}
            faces.append((family_of(chr(selector)), of_selector))
        data = collection(
            outlines.tables(),
            [{"cmap": character_table(cmap), "name": name_table(name)} for name, cmap in faces],
        )
    return VariantFonts(
        data=data, codes={chr(base) + chr(sign): chr(code) for (base, sign), code in codes.items()}
    )


def _from_file(path: Path, units: int, outlines: Outlines, known: set[Pair]) -> dict[Pair, int]:
    try:
        with FontFile(path) as font:
            if font.units != units:
                return {}
            return _taken(font, outlines, font.map.variants.keys() - known)
    except (OSError, ValueError, struct.error):
        return {}


def _taken(font: FontFile, outlines: Outlines, pairs: Iterable[Pair]) -> dict[Pair, int]:
    """The glyphs, by their new numbers, of the sequences that are not drawn like the screen's own character."""
    found: dict[Pair, int] = {}
    copied: dict[int, int] = {}
    for pair in sorted(pairs):
        variant = font.map.variants[pair]
        glyph = font.map.plain(pair[0]) if variant is None else variant
        if glyph is None or outlines.is_own(pair[0], font.outline(glyph)):
            continue
        if glyph not in copied:
            copied[glyph] = outlines.add(font.outline(glyph), font.spacing(glyph))
        found[pair] = copied[glyph]
    return found
