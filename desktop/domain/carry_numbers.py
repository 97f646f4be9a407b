"""The number of a trip as a bar code has it and as people type it (持6-0012)."""

from __future__ import annotations

import re


def bar_digits(year: int, number: int) -> str:
    """The digits of the sheet's bar code: year of four digits and number of six."""
    return f"{year:04}{number:06}"


def number_of(typed: str) -> tuple[int, int] | None:
    """Fiscal year and number of what was typed or scanned (持6-0012, 6-12, 2024000012); None where it is none."""
    text = typed.strip().translate(_WIDE).removeprefix("持")
    if re.fullmatch(r"\d{10}", text):
        return int(text[:4]), int(text[4:])
    found = re.fullmatch(r"(\d{1,2})-(\d{1,6})", text)
    return (int(found[1]) + _REIWA, int(found[2])) if found else None


_REIWA = 2018
_WIDE = str.maketrans("０１２３４５６７８９－ー―", "0123456789---")
