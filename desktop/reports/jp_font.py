"""A font inside one PDF: two-byte codes, the glyphs that were used, and copied text that is right.

ReportLab's own TrueType support draws a box after every variation sequence and writes wrong copy text for characters
beyond the first plane (𠮷). A composite font (Type0, Identity-H) with one code for each pair of glyph and text solves both:
the code of 葛 with its selector maps back to both code points. It needs no global registration, where ReportLab silently
takes a second font of the same name for the first, and no subsets of 256 glyphs.
"""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc

from desktop.reports.font_face import FontFace
from desktop.reports.font_subset import subset_font

_NOTDEF = 0
_SYMBOLIC = 4
_STEM_OF_REGULAR = 80
_STEM_OF_BOLD = 140
_BOLD_WEIGHT = 600
_CMAP_BLOCK = 100


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

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:
        """Write the font into the document; ReportLab calls this when it closes the file."""
        base_name = f"{_tag(self.resource_name)}+{self.face.name}"
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base_name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([self._descendant(document, base_name)]),
                "ToUnicode": self._reference(document, "unicode", self._to_unicode()),
            }
        )
        fonts = document.idToObject[pdfdoc.BasicFonts].dict
        fonts[self.resource_name] = document.Reference(font, self.resource_name)

    def _descendant(
        self, document: pdfdoc.PDFDocument, base_name: str
    ) -> pdfdoc.PDFObjectReference:
        advances = [round(self.face.advance(glyph) * 1000) for glyph in self._glyphs]
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        descendant = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base_name),
            "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            "DW": 1000,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(advances)]),
            "FontDescriptor": self._descriptor(document, base_name),
        }
        return document.Reference(
            pdfdoc.PDFDictionary(descendant), f"descendant:{self.resource_name}"
        )

    def _descriptor(
        self, document: pdfdoc.PDFDocument, base_name: str
    ) -> pdfdoc.PDFObjectReference:
        metrics = self.face.metrics
        is_bold = metrics.weight >= _BOLD_WEIGHT
        file = subset_font(self.face.tables, self._glyphs)
        descriptor = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(base_name),
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(list(metrics.bbox)),
            "ItalicAngle": metrics.italic_angle,
            "Ascent": metrics.ascent,
            "Descent": metrics.descent,
            "CapHeight": metrics.cap_height,
            "StemV": _STEM_OF_BOLD if is_bold else _STEM_OF_REGULAR,
            "FontFile2": self._reference(document, "file", file, {"Length1": len(file)}),
        }
        return document.Reference(
            pdfdoc.PDFDictionary(descriptor), f"descriptor:{self.resource_name}"
        )

    def _reference(
        self,
        document: pdfdoc.PDFDocument,
        kind: str,
        content: bytes,
        entries: dict[str, int] | None = None,
    ) -> pdfdoc.PDFObjectReference:
        stream = pdfdoc.PDFStream(
            dictionary=pdfdoc.PDFDictionary(dict(entries or {})),
            content=content,
            filters=[pdfdoc.PDFZCompress],
        )
        return document.Reference(stream, f"{kind}:{self.resource_name}")

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
