"""Text with readings above its words (ふりがな), for sheets that people read themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.domain.readings import Read
from desktop.reports.page import Style
from desktop.reports.ruby import LEADING, PLAIN_LEADING, RubySetter
from desktop.reports.setter import Setter
from desktop.reports.type_styles import BODY


@dataclass(frozen=True, slots=True)
class Reading:
    """Words with their readings, over further sheets where it takes them; words without one are listed as unread.

    With `has_readings` the lines stand further apart, also where no word has one.
    """

    pieces: Sequence[Read] = field(repr=False)
    style: Style = BODY
    indent: float = 0.0
    bullet: str = ""
    has_readings: bool = True
    below: float = 0.0
    label: str = "本文"

    def set(self, setter: Setter) -> None:
        """Draw it."""
        for piece in self.pieces:
            setter.text(piece.text, self.label, self.style.role)
            if piece.is_unread and self.has_readings:
                setter.unread[piece.text] = None
        pieces = self.pieces if self.has_readings else [Read(p.text) for p in self.pieces]
        ruby = RubySetter(setter.encoder, self.style)
        hanging = setter.sheet.measure(self.bullet, self.style)
        left = setter.left + self.indent + hanging
        leading = self.style.em * (LEADING if self.has_readings else PLAIN_LEADING)
        for number, line in enumerate(ruby.lines(pieces, setter.paper.right - left)):
            setter.need(leading)
            baseline = setter.y + leading - self.style.em * 0.3
            if self.bullet and not number:
                setter.sheet.text(left - hanging, baseline, self.bullet, self.style)
            ruby.draw(setter.sheet, left, baseline, line)
            setter.y += leading
        setter.y += self.below
