"""Headings, running text, labelled long text, lines to sign on."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.reports.page import Sheet, Style
from desktop.reports.setter import Setter
from desktop.reports.type_styles import BODY, HEADING, LABEL, LEADING, SHADE, SMALL, VALUE

_GOES_ON = "（続き）"
_PADDING = 1.6


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part; at least `keeps` millimetres of what follows stay with it."""

    text: str
    keeps: float = 16.0
    style: Style = HEADING

    def set(self, setter: Setter) -> None:
        """Draw it with room above."""
        height = self.style.em * LEADING + 3
        setter.need(height + self.keeps)
        text = setter.text(setter.label(self.text), self.text, self.style.role)
        setter.line(setter.left, setter.y + 3, text, self.style)
        setter.y += height


@dataclass(frozen=True, slots=True)
class Said:
    """Running text, over further sheets where it takes them. With a bullet the lines hang behind it."""

    text: str = field(repr=False)
    style: Style = BODY
    indent: float = 0.0
    bullet: str = ""
    below: float = 1.5
    label: str = "本文"

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.running(
            self.text, self.style, label=self.label, indent=self.indent, bullet=self.bullet
        )
        setter.y += self.below


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark under what it is about."""

    text: str

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.y += 1
        setter.running(self.text, SMALL, label="注記")
        setter.y += 1


@dataclass(frozen=True, slots=True)
class LongText:
    """A label and, beside it in a ruled box, a text of any length: it goes on over further sheets and is never cut.

    The box is at least `lines` lines high, as room for handwriting where the text is short or empty.
    """

    label: str
    text: str = field(default="", repr=False)
    lines: int = 1
    label_width: float = 30.0
    style: Style = VALUE

    def set(self, setter: Setter) -> None:
        """Draw it; the label stands again where it goes on."""
        label = setter.label(self.label)
        text = setter.text(self.text, label, self.style.role)
        width = setter.width - self.label_width - 2 * _PADDING
        rest = setter.lines(text.strip("\n"), self.style, width)
        rest += [""] * (self.lines - len(rest))
        leading = self.style.em * LEADING
        setter.need(2 * _PADDING + min(len(rest), 2) * leading)
        while rest:
            room = max(int((setter.paper.bottom - setter.y - 2 * _PADDING) / leading), 1)
            here, rest = rest[:room], rest[room:]
            self._part(setter, label, here, leading)
            if rest:
                setter.new_sheet()
                label = label.removesuffix(_GOES_ON) + _GOES_ON

    def _part(self, setter: Setter, label: str, lines: list[str], leading: float) -> None:
        height = len(lines) * leading + 2 * _PADDING
        x, y, width = setter.left, setter.y, setter.width
        setter.plate(
            ("long", x, y, width, height, self.label_width, label),
            lambda sheet: self._frame(sheet, x, y, width, height, label),
        )
        left = x + self.label_width + _PADDING
        top = y + _PADDING + (leading - self.style.em) / 2
        for number, line in enumerate(lines):
            setter.line(left, top + number * leading, line, self.style)
        setter.y += height

    def _frame(
        self, sheet: Sheet, x: float, y: float, width: float, height: float, label: str
    ) -> None:
        sheet.fill(x, y, self.label_width, height, SHADE)
        sheet.box(x, y, width, height)
        sheet.rule(x + self.label_width, y, x + self.label_width, y + height, 0.3)
        sheet.cell(x, y, self.label_width, height, label, LABEL)


@dataclass(frozen=True, slots=True)
class Signature:
    """A label and a line to write on, at the right."""

    label: str
    width: float = 80.0
    after: str = ""

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.need(14)
        right, y = setter.paper.right, setter.y + 10
        x = right - self.width
        label, after = setter.label(self.label), self.after
        setter.plate(
            ("signature", x, y, right, label, after), lambda s: _sign(s, x, y, right, label, after)
        )
        setter.y += 14


def _sign(sheet: Sheet, x: float, y: float, right: float, label: str, after: str) -> None:
    end = sheet.text(x, y, label, BODY)
    sheet.rule(end + 2, y + 1.2, right - sheet.measure(after, BODY) - 1, y + 1.2)
    sheet.text(right - sheet.measure(after, BODY), y, after, BODY)
