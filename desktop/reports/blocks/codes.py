"""Bar codes, QR codes and the line to cut along."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.graphics.barcode.qrencoder import QRCode as Encoder
from reportlab.graphics.barcode.qrencoder import QRErrorCorrectLevel

from desktop.reports.bar_code import code_width, draw_code
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Style
from desktop.reports.setter import Setter
from desktop.reports.type_styles import SMALL

_DIGITS = Style(FontRole.GOTHIC, 10)
_CUT = "切り取り線"
#: White around a QR code, in modules (ISO/IEC 18004).
_QUIET = 4


@dataclass(frozen=True, slots=True)
class BarCode:
    """Code 128 of some digits at the right, with the digits beneath."""

    digits: str
    height: float = 14.0

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.need(self.height + 6)
        left = setter.paper.right - code_width(self.digits)
        draw_code(setter.sheet, left, setter.y, self.height, self.digits)
        width = setter.paper.right - left
        y = setter.y + self.height + 4.2
        setter.sheet.aligned(left, y, width, self.digits, _DIGITS, Align.CENTRE)
        setter.y += self.height + 6


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of a text at the right, `side` millimetres with its white."""

    text: str
    side: float = 26.0

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.need(self.side)
        encoder = Encoder(None, QRErrorCorrectLevel.M)
        encoder.addData(self.text)
        encoder.make()
        count = encoder.getModuleCount()
        module = self.side / (count + 2 * _QUIET)
        left = setter.paper.right - self.side + _QUIET * module
        top = setter.y + _QUIET * module
        for row in range(count):
            for column in range(count):
                if encoder.isDark(row, column):
                    x, y = left + column * module, top + row * module
                    setter.sheet.fill(x, y, module, module, 0.0)
        setter.y += self.side


@dataclass(frozen=True, slots=True)
class CutLine:
    """A dotted line over the whole sheet, to be cut along."""

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.need(6)
        y, width = setter.y + 4, setter.paper.width
        setter.sheet.aligned(0, y - 1.2, width - 6, setter.label(_CUT), SMALL, Align.RIGHT)
        setter.sheet.dotted(0, y, width, y)
        setter.y += 8
