"""What somebody wrote himself, without what the office gave him to write: sentences of ticks, set phrases, lines of templates.

Bodies are compared by it: that two records hold the same sentence of the office says nothing about either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from desktop.domain.tick_reading import TickReader

_SLOT = re.compile(r"[{｛][^{}｛｝]*[}｝]|＿{2,}")
_ANY_WORDS = r"[^\n]{0,60}?"
#: Shorter phrases are words of any text.
_SHORTEST = 6


@dataclass(frozen=True)
class OfficeWords:
    """The office's ticks, phrases and lines of templates; these may have slots, or blanks to be written over (＿＿＿)."""

    ticks: TickReader
    phrases: tuple[str, ...] = ()

    def without(self, text: str) -> str:
        """What is left of a text when the office's words are taken out, without blanks at the ends of lines and empty lines."""
        left = self.ticks.without(text)
        if self._phrases is not None:
            left = self._phrases.sub("", left)
        lines = (line.strip() for line in left.splitlines())
        return "\n".join(line for line in lines if line)

    @cached_property
    def _phrases(self) -> re.Pattern[str] | None:
        """All phrases, the longest first."""
        lines = {line.strip() for phrase in self.phrases for line in phrase.splitlines()}
        wanted = sorted((line for line in lines if _is_long(line)), key=len, reverse=True)
        return re.compile("|".join(map(_pattern, wanted))) if wanted else None


def _is_long(line: str) -> bool:
    """Whether enough of it stands fast: a line of slots alone would take anything out."""
    return len(_SLOT.sub("", line)) >= _SHORTEST


def _pattern(line: str) -> str:
    return _ANY_WORDS.join(map(re.escape, _SLOT.split(line)))
