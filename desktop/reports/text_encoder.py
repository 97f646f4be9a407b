"""From text to the codes of a document's fonts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from desktop.reports.characters import clusters
from desktop.reports.font_face import FontFace
from desktop.reports.fonts import FontRole, FontSet
from desktop.reports.jp_font import EmbeddedFont

if TYPE_CHECKING:
    from desktop.reports.page import Sheet

#: Texts up to this length are labels, names and dates that return on every sheet: their codes are kept.
_SHORT = 16


class TextRun(NamedTuple):
    """Codes of one font, in hexadecimal; `advance` in parts of the type size, `length` codes."""

    font: str
    codes: str
    advance: float
    length: int


@dataclass(frozen=True, slots=True)
class _PrimaryFont:
    embedded: EmbeddedFont
    table: _CodeTable


class TextEncoder:
    """Encodes the text of one document, and knows the fonts the document must embed."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self.embedded: list[EmbeddedFont] = []
        #: Finished parts of sheets that return on many sheets of the document (`Sheet.plate`).
        self.plates: dict[Hashable, Sheet] = {}
        self._by_face: dict[int, EmbeddedFont] = {}
        self._primary: dict[FontRole, _PrimaryFont] = {}
        self._short: dict[tuple[str, FontRole], list[TextRun]] = {}

    def runs(self, text: str, role: FontRole) -> list[TextRun]:
        """Encode one line: a single run, unless some character needs another font."""
        if len(text) > _SHORT:
            return self._encode(text, role)
        key = (text, role)
        runs = self._short.get(key)
        if runs is None:
            runs = self._short[key] = self._encode(text, role)
        return runs

    def measure(self, text: str, role: FontRole) -> float:
        """Width of a line in parts of the type size."""
        if len(text) > _SHORT:
            return self.fonts.measure(text, role)
        return sum(run.advance for run in self.runs(text, role))

    def _encode(self, text: str, role: FontRole) -> list[TextRun]:
        primary = self._primary.get(role) or self._prepare(role)
        codes = text.translate(primary.table)
        if len(codes) == 4 * len(text):
            width = sum(map(self.fonts.advances(role).__getitem__, text))
            return [TextRun(primary.embedded.resource_name, codes, width, len(text))]
        return self._mixed_runs(text, role)

    def vertical(self, character: str, role: FontRole) -> TextRun:
        """Encode one character in its form for vertical writing."""
        glyph = self.fonts.place(character, role)[0]
        font = self._embed(glyph.face)
        turned = glyph.face.vertical(glyph.glyph)
        code = font.code(turned, glyph.text)
        return TextRun(font.resource_name, code, glyph.face.advance(turned), 1)

    def _mixed_runs(self, text: str, role: FontRole) -> list[TextRun]:
        runs: list[TextRun] = []
        for cluster in clusters(text):
            for glyph in self.fonts.place(cluster, role):
                font = self._embed(glyph.face)
                code = font.code(glyph.glyph, glyph.text)
                run = TextRun(font.resource_name, code, glyph.face.advance(glyph.glyph), 1)
                if runs and runs[-1].font == run.font:
                    last = runs.pop()
                    run = TextRun(
                        run.font, last.codes + code, last.advance + run.advance, last.length + 1
                    )
                runs.append(run)
        return runs

    def _prepare(self, role: FontRole) -> _PrimaryFont:
        embedded = self._embed(self.fonts.face(role))
        primary = self._primary[role] = _PrimaryFont(embedded, _CodeTable(embedded))
        return primary

    def _embed(self, face: FontFace) -> EmbeddedFont:
        font = self._by_face.get(id(face))
        if font is None:
            font = self._by_face[id(face)] = EmbeddedFont(face, f"J{len(self.embedded) + 1}")
            self.embedded.append(font)
        return font


class _CodeTable(dict[int, str]):
    """Table for `str.translate`: characters of the font to codes; all others stay as they are."""

    def __init__(self, font: EmbeddedFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, point: int) -> str:
        character = chr(point)
        glyph = self._font.face.glyph(character)
        if glyph is None:
            raise KeyError(point)
        code = self[point] = self._font.code(glyph, character)
        return code
