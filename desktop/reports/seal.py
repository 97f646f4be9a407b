"""The round date stamp of an electronic approval (電子印), in vermilion."""

from __future__ import annotations

from desktop.domain.forms import Stamp
from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Colour, Sheet, Style

_VERMILION: Colour = (0.72, 0.11, 0.08)
_WORD = Style(FontRole.GOTHIC, 6.5, _VERMILION)
_DAY = Style(FontRole.GOTHIC, 8.0, _VERMILION)
_NAME = Style(FontRole.MINCHO, 9.0, _VERMILION)
_RADIUS = 8.0
_BAND = 2.1
_PLAIN = "電子印"


def draw_seal(
    sheet: Sheet, centre: tuple[float, float], radius: float, stamp: Stamp, day: str
) -> None:
    """How it was given, the day, the name; at most as large as a stamp of ink (millimetres)."""
    radius = min(radius, _RADIUS)
    x, y = centre
    scale = radius / _RADIUS
    band = _BAND * scale
    sheet.circle(x, y, radius, _VERMILION, 0.9)
    reach = (radius**2 - band**2) ** 0.5
    for offset in (-band, band):
        sheet.chord(x - reach, x + reach, y + offset, _VERMILION, 0.6)
    for top, half, text, style in (
        (-6.4 * scale, 4.6 * scale, stamp.note or _PLAIN, _WORD),
        (-band, 0.92 * reach, day, _DAY),
        (band, 5.7 * scale, stamp.name, _NAME),
    ):
        area = (x - half, y + top, 2 * half, 2 * band)
        sheet.cell(*area, text, style, align=Align.CENTRE, padding=0.2)
