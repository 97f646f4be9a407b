"""Cells of exported CSV: a spreadsheet must never take one for a formula."""

from __future__ import annotations

_FORMULA_SIGNS = frozenset("=+-@＝＋－＠\t\r\n")
_GUARD = "'"


def safe_cell(text: str) -> str:
    """Return the cell as it is written: what a spreadsheet would calculate gets an apostrophe in front.

    Numbers with a sign get it too; white space before the sign does not hide it.
    """
    begins = text.lstrip(" 　")[:1]
    return _GUARD + text if begins in _FORMULA_SIGNS and begins else text


def plain_cell(cell: str) -> str:
    """Return the text that `safe_cell` was given."""
    guarded = cell.startswith(_GUARD) and safe_cell(cell[1:]) != cell[1:]
    return cell[1:] if guarded else cell
