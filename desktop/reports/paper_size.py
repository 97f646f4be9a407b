"""Sheets of paper in millimetres, and the part of them that is written on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSize:
    """A sheet: `left` to `right` and `top` to `bottom` is written on, `footer` is the baseline of the last line.

    Two halves (`is_half`) go through the printer as one sheet of twice the height, to be cut.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    footer: float
    is_half: bool = False

    @property
    def room(self) -> float:
        """Width of what is written on."""
        return self.right - self.left


#: The wide left edge is for the binder (22 mm: two holes of JIS S 6041).
A4 = PaperSize(width=210, height=297, left=20, right=194, top=22, bottom=279, footer=287)
A4_ACROSS = PaperSize(width=297, height=210, left=12, right=285, top=20, bottom=194, footer=202)
A3_ACROSS = PaperSize(width=420, height=297, left=14, right=406, top=22, bottom=280, footer=288)
A5 = PaperSize(width=148, height=210, left=14, right=136, top=18, bottom=194, footer=202)
#: A postcard (はがき); above what is written there is room for the marks.
POSTCARD = PaperSize(width=100, height=148, left=8, right=92, top=18, bottom=134, footer=142)
A4_HALF = PaperSize(
    width=210, height=148.5, left=20, right=194, top=20, bottom=134, footer=140, is_half=True
)
