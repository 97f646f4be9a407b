"""What stands at the head of a form: title, stamp boxes, letterhead with the place of the seal, window address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.entries import format_postal
from desktop.domain.forms import Stamp
from desktop.reports.page import Align, Sheet
from desktop.reports.seal import draw_seal
from desktop.reports.setter import Setter
from desktop.reports.type_styles import (
    ASCENT,
    BODY,
    LABEL,
    LEADING,
    NAME,
    SMALL,
    TITLE,
    VALUE,
)

_STAMP_LABEL = 5.0
_SEAL = 24.0
_SEAL_WORD = "公印"
#: The window of a long envelope (長形3号) when A4 is folded in three: from the sheet's upper left corner.
_WINDOW = (22.0, 14.0, 84.0, 36.0)


@dataclass(frozen=True, slots=True)
class Title:
    """The form's title, the number of the office's rules above, the office's name; both may be left out."""

    has_office: bool = True
    text: str = ""

    def set(self, setter: Setter) -> None:
        """Draw it."""
        title = setter.label(self.text) if self.text else setter.title
        number = setter.imprint.style.form_numbers.get(setter.code, "")
        office = setter.text(setter.imprint.office_name, "福祉事務所", VALUE.role)
        y, left, width = setter.y, setter.left, setter.width
        setter.plate(
            ("title", y, left, width, title, number),
            lambda sheet: _title(sheet, y, left, width, title, number),
        )
        setter.y += TITLE.em * LEADING + 2
        if self.has_office and office:
            setter.line(left, setter.y, office, VALUE)
            setter.y += VALUE.em * LEADING + 2


def _title(sheet: Sheet, y: float, left: float, width: float, title: str, number: str) -> None:
    if number:
        sheet.text(left, y - 1.5, number, SMALL)
    spaced = "　".join(title)
    if sheet.measure(spaced, TITLE) > width * 0.7:
        spaced = title
    sheet.cell(left, y, width, TITLE.em * LEADING, spaced, TITLE, align=Align.CENTRE)


@dataclass(frozen=True, slots=True)
class Stamps:
    """決裁欄: a box for each stamp, from the right; what was stamped electronically shows as a round date stamp.

    `beside`: they stand at the upper right corner, beside what the form says at the left.
    """

    stamps: Sequence[Stamp]
    side: float = 20.0
    beside: bool = False

    def set(self, setter: Setter) -> None:
        """Draw the boxes."""
        if not self.stamps:
            return
        height = _STAMP_LABEL + self.side
        if not self.beside:
            setter.need(height)
        y = setter.paper.top if self.beside else setter.y
        right = setter.paper.right
        side = min(self.side, setter.width / len(self.stamps))
        left = right - side * len(self.stamps)
        labels = tuple(setter.label(stamp.position_label) for stamp in self.stamps)
        setter.plate(
            ("stamps", left, y, side, height, labels),
            lambda sheet: _boxes(sheet, left, y, side, height, labels),
        )
        for place, stamp in enumerate(self.stamps):
            if stamp.stamped_on is not None:
                setter.text(stamp.name + stamp.note, f"印 {stamp.position_label}", VALUE.role)
                day = setter.imprint.day(stamp.stamped_on, is_short=True)
                centre = (left + side * (place + 0.5), y + _STAMP_LABEL + self.side / 2)
                draw_seal(setter.sheet, centre, (side - 1.6) / 2, stamp, day)
        if not self.beside:
            setter.y += height + 3


def _boxes(
    sheet: Sheet, left: float, y: float, side: float, height: float, labels: Sequence[str]
) -> None:
    for place, label in enumerate(labels):
        x = left + side * place
        sheet.box(x, y, side, height)
        sheet.rule(x, y + _STAMP_LABEL, x + side, y + _STAMP_LABEL, 0.3)
        sheet.cell(x, y, side, _STAMP_LABEL, label, SMALL, align=Align.CENTRE, padding=0.5)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Address and name where the window of a folded sheet is; nothing else of the form may show there."""

    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    honorific: str | None = None

    def set(self, setter: Setter) -> None:
        """Draw it at its place, which is fixed; the form goes on below the window."""
        x, y, width, height = _WINDOW
        if self.postal_code:
            text = setter.text(format_postal(self.postal_code), "郵便番号", LABEL.role)
            setter.sheet.text(x, y + 5, text, LABEL)
        setter.cell(x, y + 6, width, 14, self.address, BODY, label="住所", padding=0)
        honorific = setter.imprint.style.honorific if self.honorific is None else self.honorific
        name = f"{self.name}　{honorific}"
        setter.cell(x, y + 21, width, 12, name, NAME, label="宛名", padding=0)
        setter.y = max(setter.y, y + height + 4)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Number and day at the right, who sends it, and the place of the official seal (公印)."""

    on: date
    number: str = ""
    sender: str = ""
    is_sealed: bool = True

    def set(self, setter: Setter) -> None:
        """Draw it."""
        sender = self.sender or setter.imprint.style.signatory or setter.imprint.office_name
        for words in filter(None, (self.number, setter.imprint.day(self.on))):
            text = setter.text(words, "番号・日付", BODY.role)
            setter.line(setter.left, setter.y, text, BODY, Align.RIGHT)
            setter.y += BODY.em * LEADING
        setter.y += 2
        right = setter.paper.right - (_SEAL + 2 if self.is_sealed else 0)
        text = setter.text(sender, "発信者", BODY.role)
        y = setter.y + (_SEAL / 2 - BODY.em / 2 if self.is_sealed else 0)
        width = right - setter.left
        setter.sheet.aligned(setter.left, y + BODY.em * ASCENT, width, text, BODY, Align.RIGHT)
        if self.is_sealed:
            x, top = setter.paper.right - _SEAL, setter.y
            setter.plate(("seal", x, top), lambda sheet: _seal_place(sheet, x, top))
        setter.y += _SEAL if self.is_sealed else BODY.em * LEADING
        setter.y += 3


def _seal_place(sheet: Sheet, x: float, y: float) -> None:
    for x1, y1, x2, y2 in (
        (x, y, x + _SEAL, y),
        (x, y + _SEAL, x + _SEAL, y + _SEAL),
        (x, y, x, y + _SEAL),
        (x + _SEAL, y, x + _SEAL, y + _SEAL),
    ):
        sheet.dotted(x1, y1, x2, y2)
    sheet.cell(x, y, _SEAL, _SEAL, _SEAL_WORD, SMALL, align=Align.CENTRE)
