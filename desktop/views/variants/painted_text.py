"""The text that is handed to the painter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.views.variants.families import FIRST_CODE, LAST_CODE
from desktop.views.variants.sequences import SELECTORS

#: What a real text with one of our private code points is drawn with: never a character that it does not mean.
GETA = "〓"


class PaintedText:
    """Turns a real text into the one to be drawn; the result is for the painter alone."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        """`codes`: the private code point of each sequence."""
        self._codes = codes
        last = min(FIRST_CODE + max(len(codes), 1) - 1, LAST_CODE)
        private = f"{chr(FIRST_CODE)}-{chr(last)}"
        self._turned = re.compile(f"[{private}]|[^{SELECTORS}{private}][{SELECTORS}]", re.DOTALL)

    def __call__(self, text: str) -> str:
        """Sequences that a font has as private code points; those that no font has stay as they are."""
        return text if text.isascii() else self._turned.sub(self._drawn, text)

    def _drawn(self, found: re.Match[str]) -> str:
        part = found[0]
        return GETA if len(part) == 1 else self._codes.get(part, part)
