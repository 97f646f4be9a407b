"""A font inside one PDF: two-byte codes, the glyphs that were used, and copied text that is right.

ReportLab's own TrueType support draws a box after every variation sequence and writes wrong copy text for characters
beyond the first plane (𠮷). A composite font (Type0, Identity-H) with one code for each pair of glyph and text solves both:
the code of 葛 with its selector maps back to both code points. It needs no global registration, where ReportLab silently
takes a second font of the same name for the first, and no subsets of 256 glyphs.
"""

from __future__ import annotations

import re

from desktop.reports.font_face import FontFace
from desktop.reports.font_subset import subset_font
from desktop.reports.pdf_objects import PdfObjects

_NOTDEF = 0
_SYMBOLIC = 4
_STEM_OF_REGULAR = 80
_STEM_OF_BOLD = 140
_BOLD_WEIGHT = 600
_CMAP_BLOCK = 100
_NO_NAME = re.compile("[^A-Za-z0-9-]")


class EmbeddedFont:
    """The part of a face that one document uses; codes are given in the order of first use."""

    def __init__(self, face: FontFace, resource_name: str) -> None:
        self.face = face
        self.resource_name = resource_name
        self._glyphs = [_NOTDEF]
        self._texts = ["\ufffd"]
        self._codes: dict[tuple[int, str], str] = {}

    def code(self, glyph: int, text: str) -> str:
        """The code (four hexadecimal digits) that draws a glyph and is copied as `text`."""
        key = (glyph, text)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = f"{len(self._glyphs):04X}"
            self._glyphs.append(glyph)
            self._texts.append(text)
        return code

    def write(self, objects: PdfObjects) -> int:
        """Write the font into a document; the number of its object."""
        base_name = f"{_tag(self.resource_name)}+{_NO_NAME.sub('', self.face.name)}"
        unicode = objects.stream("", self._to_unicode())
        descendant = self._descendant(objects, base_name)
        return objects.write(
            f"<</Type/Font/Subtype/Type0/BaseFont/{base_name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>"
        )

    def _descendant(self, objects: PdfObjects, base_name: str) -> int:
        descriptor = self._descriptor(objects, base_name)
        advances = " ".join(f"{round(self.face.advance(glyph) * 1000)}" for glyph in self._glyphs)
        return objects.write(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base_name}/CIDToGIDMap/Identity"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW 1000/W[0[{advances}]]/FontDescriptor {descriptor} 0 R>>"
        )

    def _descriptor(self, objects: PdfObjects, base_name: str) -> int:
        metrics = self.face.metrics
        stem = _STEM_OF_BOLD if metrics.weight >= _BOLD_WEIGHT else _STEM_OF_REGULAR
        outlines = subset_font(self.face.tables, self._glyphs)
        file = objects.stream(f"/Length1 {len(outlines)}", outlines)
        box = " ".join(map(str, metrics.bbox))
        return objects.write(
            f"<</Type/FontDescriptor/FontName/{base_name}/Flags {_SYMBOLIC}/FontBBox[{box}]"
            f"/ItalicAngle {metrics.italic_angle:g}/Ascent {metrics.ascent}/Descent {metrics.descent}"
            f"/CapHeight {metrics.cap_height}/StemV {stem}/FontFile2 {file} 0 R>>"
        )

    def _to_unicode(self) -> bytes:
        rows = [f"<{code:04X}> <{_utf16(text)}>" for code, text in enumerate(self._texts) if code]
        blocks = [rows[at : at + _CMAP_BLOCK] for at in range(0, len(rows), _CMAP_BLOCK)]
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
        ]
        for block in blocks:
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines).encode("ascii")


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex().upper()


def _tag(resource_name: str) -> str:
    """The six letters that mark a font as a subset, different for each font of a document (ISO 32000-1, 9.6.4)."""
    number = int("".join(filter(str.isdigit, resource_name)) or "0")
    letters = ""
    for _ in range(6):
        number, digit = divmod(number, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
