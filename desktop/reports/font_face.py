"""A TrueType font file as the forms need it: which glyph draws a character or a variant, how wide it is, its outlines."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path
from sys import byteorder

from fontTools.ttLib import TTFont

_VERTICAL_FEATURES = ("vert", "vrt2")
_UNICODE_PLATFORM = 0
_VARIATION_ENCODING = 5
#: Tables that hold numbers of the outlines (hinting), copied into every subset.
_HINTING = ("cvt ", "fpgm", "prep")


@dataclass(frozen=True, slots=True, kw_only=True)
class FontTables:
    """The raw tables of a font that a subset is made of; `loca` are byte offsets into `glyf`, one more than glyphs."""

    head: bytes
    hhea: bytes
    maxp: bytes
    glyf: bytes
    loca: array[int]
    advances: array[int]
    bearings: array[int]
    hinting: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FontMetrics:
    """Numbers of the font descriptor, in thousandths of the type size."""

    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    bbox: tuple[int, int, int, int]
    weight: int


class FontFace:
    """One font file, read once and never changed: shared by all documents and threads."""

    def __init__(self, path: Path) -> None:
        with TTFont(path, lazy=True) as font:
            order = font.getReverseGlyphMap()
            self.name = str(font["name"].getDebugName(6))
            self.units = int(font["head"].unitsPerEm)
            self._glyphs = {code: order[glyph] for code, glyph in font.getBestCmap().items()}
            self._variants = _read_variants(font, order)
            self._vertical = _read_vertical(font, order)
            self.tables = _read_tables(font)
            self.metrics = _read_metrics(font)

    def glyph(self, cluster: str) -> int | None:
        """The glyph that draws a character or variation sequence exactly, None when the font has none."""
        if len(cluster) == 1:
            return self._glyphs.get(ord(cluster))
        base, selector = ord(cluster[0]), ord(cluster[1])
        if (base, selector) not in self._variants:
            return None
        variant = self._variants[base, selector]
        return self._glyphs.get(base) if variant is None else variant

    def vertical(self, glyph: int) -> int:
        """The form of a glyph for vertical writing (ー, 括弧, 句読点 turn); most are their own."""
        return self._vertical.get(glyph, glyph)

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the pen, in parts of the type size."""
        advances = self.tables.advances
        return advances[min(glyph, len(advances) - 1)] / self.units


def _read_variants(font: TTFont, order: dict[str, int]) -> dict[tuple[int, int], int | None]:
    """Variation sequences (IVS) of the font; None stands for "the default glyph is right"."""
    table = font["cmap"].getcmap(_UNICODE_PLATFORM, _VARIATION_ENCODING)
    if table is None:
        return {}
    return {
        (base, selector): order[glyph] if glyph else None
        for selector, pairs in table.uvsDict.items()
        for base, glyph in pairs
    }


def _read_vertical(font: TTFont, order: dict[str, int]) -> dict[int, int]:
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in _VERTICAL_FEATURES
        for index in record.Feature.LookupListIndex
    }
    found: dict[int, int] = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            plain = getattr(subtable, "ExtSubTable", subtable)
            for source, target in getattr(plain, "mapping", {}).items():
                found.setdefault(order[source], order[target])
    return found


def _read_tables(font: TTFont) -> FontTables:
    raw = font.reader
    glyphs = int(font["maxp"].numGlyphs)
    long_metrics = int(font["hhea"].numberOfHMetrics)
    metrics = _numbers("H", raw["hmtx"])
    advances = metrics[0 : 2 * long_metrics : 2]
    bearings = metrics[1 : 2 * long_metrics : 2] + metrics[2 * long_metrics :]
    is_long = bool(font["head"].indexToLocFormat)
    loca = _numbers("I" if is_long else "H", raw["loca"])
    offsets = loca if is_long else array("I", [2 * offset for offset in loca])
    return FontTables(
        head=raw["head"],
        hhea=raw["hhea"],
        maxp=raw["maxp"],
        glyf=raw["glyf"],
        loca=offsets[: glyphs + 1],
        advances=advances,
        bearings=bearings,
        hinting=tuple((tag, raw[tag]) for tag in _HINTING if tag in font),
    )


def _numbers(kind: str, data: bytes) -> array[int]:
    numbers: array[int] = array(kind)
    numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
    if byteorder == "little":
        numbers.byteswap()
    return numbers


def _read_metrics(font: TTFont) -> FontMetrics:
    head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
    scale = 1000 / head.unitsPerEm
    cap_height = getattr(os2, "sCapHeight", 0) or hhea.ascent
    return FontMetrics(
        ascent=round(hhea.ascent * scale),
        descent=round(hhea.descent * scale),
        cap_height=round(cap_height * scale),
        italic_angle=float(font["post"].italicAngle),
        bbox=(
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
        weight=int(os2.usWeightClass),
    )
