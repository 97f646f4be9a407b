"""Text as paper sees it: cleaned of what cannot be printed, and cut into what one glyph draws."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_NEW_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SELECTORS = "\ufe00-\ufe0d\U000e0100-\U000e01ef"
_MARKS = "\u0300-\u036f\u3099\u309a"
_JOINS = re.compile(f"[{_SELECTORS}{_MARKS}]")
#: More marks than writing knows stand by themselves, so that a line can end between them.
_CLUSTER = re.compile(f".[{_SELECTORS}{_MARKS}]{{0,4}}", re.DOTALL)
_DECOMPOSED = re.compile(f"[^{_SELECTORS}{_MARKS}][{_MARKS}]+")
# Controls, soft hyphen, zero-width and direction signs, emoji selectors, tags: no ink, and a box when drawn.
_INKLESS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
#: Half a character, and code points that are none (Unicode 23.7): readers drop them, so they are shown as lost.
_BROKEN = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
#: Rows of empty lines have no ink: two are enough, or a slip of a key prints sheets of nothing.
_EMPTY_LINES = re.compile("\n(?:[ \u3000]*\n){3,}")
_SPACES = {"\t": "\u3000", "\xa0": " "}
_NEEDS_CLEANING = re.compile(
    "[^\n\x20-\x7e\u3000-\u3098\u309b-\ud7ff\uf900-\ufdcf\ufdf0-\ufdff\uff00-\uffef]|\n[ \u3000]*\n"
)


def clean(text: str) -> str:
    """Make text printable: one kind of line end, no signs without ink, at most two empty lines in a row, が as one character.

    Only kana and Latin letters are composed: full normalisation would turn 神 (U+FA19) into 神.
    """
    if not needs_cleaning(text):
        return text
    text = _INKLESS.sub("", _NEW_LINES.sub("\n", text))
    text = _BROKEN.sub("\ufffd", text)
    for space, plain in _SPACES.items():
        text = text.replace(space, plain)
    text = _EMPTY_LINES.sub("\n\n\n", text)
    return _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def has_ink(cluster: str) -> bool:
    """Whether there is anything to draw: line ends, controls and signs of direction are no characters on paper."""
    return cluster[0] != "\n" and _INKLESS.match(cluster) is None


def needs_cleaning(text: str) -> bool:
    """Whether a text may hold anything but plain printable characters (quick; may say yes too often)."""
    return _NEEDS_CLEANING.search(text) is not None


def clusters(text: str) -> Sequence[str]:
    """Cut text into characters, each with the variation selector or marks that belong to it."""
    return _CLUSTER.findall(text) if _JOINS.search(text) else text


def has_joins(text: str) -> bool:
    """Whether some character carries a variation selector or a mark."""
    return _JOINS.search(text) is not None
