"""The drawing words of the forms: one sheet of paper, in millimetres from its upper left corner.

Type sizes are in points, line weights in points. What is drawn is kept in layers: marks in the background (写, 案), rules,
text, and lines over text (二重線). Text is one text object per sheet, in the order it was drawn, which is the order it is copied in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from enum import Enum

from desktop.reports.characters import clusters
from desktop.reports.fonts import FontRole
from desktop.reports.line_breaking import break_lines
from desktop.reports.paper_size import A4, PaperSize
from desktop.reports.text_encoder import TextEncoder, TextRun

POINTS_PER_MM = 72 / 25.4
A4_WIDTH = 210.0
A4_HEIGHT = 297.0
#: Height of the ink of a full-width character above its baseline, in parts of the type size (all BIZ UD faces).
_ASCENT = 0.88
_SHRINK_STEP = 0.25
_CIRCLE = 0.5522847498
_LEADING = 1.25

BLACK = (0.0, 0.0, 0.0)
GREY = (0.45, 0.45, 0.45)
Colour = tuple[float, float, float]


class Align(Enum):
    """Where a text stands between the sides of its cell."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: face, size in points, colour."""

    role: FontRole
    size: float
    colour: Colour = BLACK
    #: The type size in millimetres.
    em: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "em", self.size / POINTS_PER_MM)


class Sheet:
    """One sheet under way; `content` is its page description."""

    def __init__(self, encoder: TextEncoder, paper: PaperSize = A4) -> None:
        self._encoder = encoder
        self.paper = paper
        self._marks: list[str] = []
        self._back: list[str] = []
        self._rules: list[str] = []
        self._texts: list[str] = []
        self._front: list[str] = []
        self._weight = 0.0
        self._font: tuple[str, float] = ("", 0.0)
        self._spacing = 0.0
        self._colour = BLACK

    def content(self) -> str:
        """The page description (ISO 32000-1, 8 and 9) of everything drawn."""
        text = ["BT", *self._texts, "ET"] if self._texts else []
        return "\n".join(
            [
                "q",
                *self._marks,
                *self._back,
                "Q",
                "q",
                *self._rules,
                "Q",
                *text,
                "q",
                *self._front,
                "Q",
            ]
        )

    def measure(self, text: str, style: Style) -> float:
        """Width of a line of text in millimetres."""
        return self._encoder.measure(text, style.role) * style.em

    def text(self, x: float, y: float, text: str, style: Style, spacing: float = 0.0) -> float:
        """Set one line with its baseline at `y`; `spacing` (mm) goes between characters. Returns where it ends."""
        self._set_colour(style.colour)
        self._set_spacing(spacing)
        for run in self._encoder.runs(text, style.role):
            self._show(x, y, run, style)
            x += run.advance * style.em + run.length * spacing
        return x

    def aligned(
        self, x: float, y: float, width: float, text: str, style: Style, align: Align
    ) -> None:
        """Set one line between two sides."""
        free = width - self.measure(text, style)
        self.text(x + free * align.value, y, text, style)

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        style: Style,
        *,
        align: Align = Align.LEFT,
        padding: float = 1.2,
    ) -> None:
        """Set text inside a cell, centred in height, smaller and in several lines until it fits. Draws no rules."""
        inner = width - 2 * padding
        lines, style = self._fitted(text, style, inner, height - 0.8)
        leading = style.em * _LEADING
        top = y + (height - leading * len(lines)) / 2
        for number, line in enumerate(lines):
            baseline = top + number * leading + (leading - style.em) / 2 + style.em * _ASCENT
            self.aligned(x + padding, baseline, inner, line, style, align)

    def vertical_cell(
        self, x: float, y: float, width: float, height: float, text: str, style: Style
    ) -> None:
        """Set text downwards in the middle of a narrow cell, evenly over its height; ー and brackets turn."""
        characters = clusters(text)
        step = height / max(len(characters), 1)
        self._set_colour(style.colour)
        for number, character in enumerate(characters):
            middle = y + step * (number + 0.5)
            run = self._encoder.vertical(character, style.role)
            left = x + (width - run.advance * style.em) / 2
            self._show(left, middle + style.em * (_ASCENT - 0.5), run, style)

    def plate(self, key: Hashable, draw: Callable[[Sheet], None]) -> None:
        """Draw what is the same on every sheet of its kind: made once a document, then only put down again.

        `key` holds everything that the drawing depends on.
        """
        part = self._encoder.plates.get(key)
        if part is None:
            part = self._encoder.plates[key] = Sheet(self._encoder, self.paper)
            draw(part)
        self._set_colour(BLACK)
        self._set_spacing(0.0)
        self._marks += part._marks
        self._back += part._back
        self._rules += part._rules
        self._texts += part._texts
        self._front += part._front
        self._weight = part._weight or self._weight
        if part._texts:
            self._font, self._colour, self._spacing = part._font, part._colour, part._spacing

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.4) -> None:
        """Draw a straight rule."""
        self._set_weight(weight)
        self._rules.append(f"{self._at(x1, y1)} m {self._at(x2, y2)} l S")

    def dotted(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a dotted rule."""
        self._set_weight(0.4)
        self._rules.append(f"[0.8 1.6] 0 d {self._at(x1, y1)} m {self._at(x2, y2)} l S [] 0 d")

    def box(self, x: float, y: float, width: float, height: float, weight: float = 0.4) -> None:
        """Draw a rectangle."""
        self._set_weight(weight)
        self._rules.append(f"{self._rectangle(x, y, width, height)} S")

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Fill a rectangle with grey (0 black, 1 white), behind everything."""
        self._back.append(f"{grey:.2f} g {self._rectangle(x, y, width, height)} f")

    def circle(self, x: float, y: float, radius: float, colour: Colour, weight: float) -> None:
        """Draw a circle around a point."""
        pull = radius * _CIRCLE
        arcs = [
            (x + radius, y + pull, x + pull, y + radius, x, y + radius),
            (x - pull, y + radius, x - radius, y + pull, x - radius, y),
            (x - radius, y - pull, x - pull, y - radius, x, y - radius),
            (x + pull, y - radius, x + radius, y - pull, x + radius, y),
        ]
        curves = " ".join(
            f"{self._at(a, b)} {self._at(c, d)} {self._at(e, f)} c" for a, b, c, d, e, f in arcs
        )
        ink = _rgb(colour)
        self._rules.append(f"q {ink} RG {weight:.2f} w {self._at(x + radius, y)} m {curves} S Q")

    def chord(self, x1: float, x2: float, y: float, colour: Colour, weight: float) -> None:
        """Draw a level rule in a colour."""
        self._rules.append(
            f"q {_rgb(colour)} RG {weight:.2f} w {self._at(x1, y)} m {self._at(x2, y)} l S Q"
        )

    def strike(self, x1: float, x2: float, baseline: float, em: float) -> None:
        """Draw the double line of a correction (二重線) through a text, which stays readable."""
        for part in (0.27, 0.49):
            y = baseline - em * part
            self._front.append(f"0.45 w {self._at(x1, y)} m {self._at(x2, y)} l S")

    def cross(self, x: float, y: float, width: float, height: float) -> None:
        """Cross out an area from corner to corner; text under it stays readable."""
        for left, right in ((x, x + width), (x + width, x)):
            self._front.append(
                f"0.35 G 0.7 w {self._at(left, y)} m {self._at(right, y + height)} l S 0 G"
            )

    def background(
        self, x: float, y: float, text: str, style: Style, angle: tuple[float, float]
    ) -> None:
        """Set large text behind everything, pale with a firm outline; `angle` is (cosine, sine)."""
        cosine, sine = angle
        self._marks.append(f"BT 2 Tr 0.94 g 0.70 G {style.size / 150:.2f} w")
        for run in self._encoder.runs(text, style.role):
            matrix = f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {self._at(x, y)} Tm"
            self._marks.append(f"/{run.font} {style.size:.2f} Tf {matrix} <{run.codes}> Tj")
            x += run.advance * style.em * cosine
            y -= run.advance * style.em * sine
        self._marks.append("0 Tr ET")

    def _fitted(
        self, text: str, style: Style, width: float, height: float
    ) -> tuple[list[str], Style]:
        """Shrink until the text fits: first on one line down to four fifths, then on as many lines as it takes."""
        advance = self._encoder.fonts.advances(style.role).__getitem__
        single = self.measure(text, style)
        if "\n" not in text and single * 0.8 <= width:
            fits = single <= width
            return [text], style if fits else replace(style, size=style.size * width / single)
        while True:
            lines = break_lines(text, width / style.em, advance, hang=False)
            if len(lines) * style.em * _LEADING <= height or style.size <= _SHRINK_STEP:
                return [line.text for line in lines], style
            style = replace(style, size=style.size - _SHRINK_STEP)

    def _show(self, x: float, y: float, run: TextRun, style: Style) -> None:
        if (run.font, style.size) != self._font:
            self._font = (run.font, style.size)
            self._texts.append(f"/{run.font} {style.size:.2f} Tf")
        left, up = x * POINTS_PER_MM, (self.paper.height - y) * POINTS_PER_MM
        self._texts.append(f"1 0 0 1 {left:.2f} {up:.2f} Tm <{run.codes}> Tj")

    def _set_weight(self, weight: float) -> None:
        if weight != self._weight:
            self._weight = weight
            self._rules.append(f"{weight:.2f} w")

    def _set_spacing(self, spacing: float) -> None:
        if spacing != self._spacing:
            self._texts.append(f"{spacing * POINTS_PER_MM:.3f} Tc")
            self._spacing = spacing

    def _set_colour(self, colour: Colour) -> None:
        if colour != self._colour:
            self._colour = colour
            self._texts.append(f"{_rgb(colour)} rg")

    def _at(self, x: float, y: float) -> str:
        return f"{x * POINTS_PER_MM:.2f} {(self.paper.height - y) * POINTS_PER_MM:.2f}"

    def _rectangle(self, x: float, y: float, width: float, height: float) -> str:
        size = f"{width * POINTS_PER_MM:.2f} {height * POINTS_PER_MM:.2f}"
        return f"{self._at(x, y + height)} {size} re"


def _rgb(colour: Colour) -> str:
    return "{:.2f} {:.2f} {:.2f}".format(*colour)
