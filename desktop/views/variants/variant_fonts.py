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
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from desktop.views.variants.character_map import Pair, character_table
from desktop.views.variants.collection import collection, name_table
from desktop.views.variants.families import FAMILY, FIRST_CODE, LAST_CODE, family_of
from desktop.views.variants.font_file import FontFile
from desktop.views.variants.outlines import Outlines


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantFonts:
    """The fonts as one collection in memory (TTC), and the private code point of each sequence, both as text.

    `drawn` has by selector the characters whose sequence is drawn, also those that need no private code point.
    """

    data: bytes
    codes: Mapping[str, str]
    drawn: Mapping[str, str]


def make_variant_fonts(
    styles: Mapping[str, Sequence[Path]], others: Sequence[Path] = ()
) -> VariantFonts:
    """Every sequence from the first font that has it: of the style, then from the others, which have but one style.

    `styles`: the fonts of "Regular" (first) and "Bold", in each the screen's own font first. What that draws right
    without help is left out; so are other files that are no usable font.
    Raises `OSError`, and `ValueError` when the screen's own font is no TrueType font.
    """
    with ExitStack() as stack:
        owns = {name: stack.enter_context(FontFile(paths[0])) for name, paths in styles.items()}
        outlines = Outlines(next(iter(owns.values())))
        known: set[Pair] = set()
        found = {
            name: _style(own, [*styles[name][1:], *others], outlines, known)
            for name, own in owns.items()
        }
        pairs = sorted(set().union(*found.values()))
        codes = dict(zip(pairs, range(FIRST_CODE, LAST_CODE + 1), strict=False))
        faces: list[dict[str, bytes]] = []
        for name, own in owns.items():
            glyphs = found[name] | _plain(own, codes.keys() - found[name].keys(), outlines)
            common = {"OS/2": own.table("OS/2"), "head": outlines.head(own)}
            faces += [
                common | {"cmap": character_table(cmap), "name": name_table(family, name)}
                for family, cmap in _families(codes, glyphs).items()
            ]
        data = collection(outlines.tables(), faces)
    texts = {chr(base) + chr(sign): chr(code) for (base, sign), code in codes.items()}
    return VariantFonts(data=data, codes=texts, drawn=_by_selector(known))


def _style(
    own: FontFile, paths: Iterable[Path], outlines: Outlines, every: set[Pair]
) -> dict[Pair, int]:
    """The glyphs of one style; `every` gets all sequences that its fonts have."""
    glyphs = _taken(own, own, outlines, own.map.variants.keys())
    known = set(own.map.variants)
    for path in paths:
        try:
            with FontFile(path) as font:
                if font.units == own.units:
                    glyphs |= _taken(font, own, outlines, font.map.variants.keys() - known)
                    known |= font.map.variants.keys()
        except (OSError, ValueError, struct.error):
            continue
    every |= known
    return glyphs


def _taken(
    font: FontFile, own: FontFile, outlines: Outlines, pairs: Iterable[Pair]
) -> dict[Pair, int]:
    """The glyphs, by their new numbers, of the sequences that are not drawn like the screen's own character."""
    found: dict[Pair, int] = {}
    for pair in sorted(pairs):
        variant = font.map.variants[pair]
        glyph = font.map.plain(pair[0]) if variant is None else variant
        plain = own.map.plain(pair[0])
        if glyph is None or (plain is not None and own.outline(plain) == font.outline(glyph)):
            continue
        found[pair] = outlines.add(font, glyph)
    return found


def _plain(own: FontFile, pairs: Iterable[Pair], outlines: Outlines) -> dict[Pair, int]:
    """For sequences that only another style draws by a glyph of its own."""
    glyphs = {pair: own.map.plain(pair[0]) for pair in pairs}
    return {pair: outlines.add(own, glyph) for pair, glyph in glyphs.items() if glyph is not None}


def _by_selector(pairs: Iterable[Pair]) -> dict[str, str]:
    characters: dict[str, list[str]] = {}
    for base, selector in sorted(pairs):
        characters.setdefault(chr(selector), []).append(chr(base))
    return {selector: "".join(bases) for selector, bases in characters.items()}


def _families(codes: Mapping[Pair, int], glyphs: Mapping[Pair, int]) -> dict[str, dict[int, int]]:
    """The glyphs by character of each family."""
    families: dict[str, dict[int, int]] = {FAMILY: {}}
    for (base, selector), code in codes.items():
        glyph = glyphs.get((base, selector))
        if glyph is not None:
            families[FAMILY][code] = glyph
            families.setdefault(family_of(chr(selector)), {})[base] = glyph
    return families
