"""Marks that forms of support policies share: 研修用 on every sheet of the training office."""

from __future__ import annotations

from desktop.reports.fonts import FontRole
from desktop.reports.page import Align, Sheet, Style
from desktop.reports.register import RIGHT

_TRAINING = Style(FontRole.BOLD, 10)
_BACKGROUND = Style(FontRole.BOLD, 92)
_WIDTH, _HEIGHT = 22.0, 8.0


def training_mark(sheet: Sheet, right: float = RIGHT, top: float = 15.0) -> None:
    """The box 研修用 that ends at `right` (millimetres)."""
    sheet.box(right - _WIDTH, top, _WIDTH, _HEIGHT, 1.2)
    sheet.cell(right - _WIDTH, top, _WIDTH, _HEIGHT, "研修用", _TRAINING, align=Align.CENTRE)


def training_background(sheet: Sheet) -> None:
    """研修用, pale behind everything."""
    for y in (118.0, 262.0):
        sheet.background(58, y, "研修用", _BACKGROUND, (0.9397, 0.342))
