"""The names of the fonts of variants, and the private code points in one of them."""

from __future__ import annotations

FAMILY = "Banso Variants"
#: Private use area B: the area below is where systems of 外字 put theirs.
FIRST_CODE, LAST_CODE = 0x100000, 0x10FFFD


def family_of(selector: str) -> str:
    """The family that draws every character as its variant with this selector."""
    return f"{FAMILY} {ord(selector):X}"
