"""Bar codes on paper: ReportLab works out the bars (Code 128), the sheet draws them."""

from __future__ import annotations

from reportlab.graphics.barcode.code128 import Code128

from desktop.reports.page import Sheet

#: Width of the narrowest bar in millimetres: read by the cheapest hand scanners, also off office paper.
MODULE = 0.5
#: White on both sides, in narrowest bars (ISO/IEC 15417).
QUIET = 10


def code_width(digits: str) -> float:
    """Width of the code with its white sides in millimetres."""
    return MODULE * (sum(width for width, _ in _bars(digits)) + 2 * QUIET)


def draw_code(sheet: Sheet, x: float, y: float, height: float, digits: str) -> None:
    """Draw the code of some digits with its upper left corner, white included, at a place."""
    x += QUIET * MODULE
    for width, is_black in _bars(digits):
        if is_black:
            sheet.fill(x, y, width * MODULE, height, 0.0)
        x += width * MODULE


def _bars(digits: str) -> list[tuple[int, bool]]:
    """Bars and gaps from left to right: how many narrowest bars wide, and whether black."""
    code = Code128(digits, quiet=0)
    if not code.validate() or not code.valid:
        raise ValueError("not a code")
    code.encode()
    code.decompose()
    return [(ord(letter.lower()) - ord("a") + 1, letter.isupper()) for letter in code.decomposed]
