"""What a visit should make sure of (訪問で確かめること), by the type of household and where its head lives (section 8.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.domain.kana import fold

_BETWEEN = re.compile("[、,，]")
_PART = "・"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitQuestions:
    """One list of the office: its heading and what to make sure of."""

    label: str
    items: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The items in one line."""
        return "、".join(self.items)


def questions_in(label: str, text: str) -> VisitQuestions:
    """A list as the office writes it, items parted by 、."""
    items = (item.strip() for item in _BETWEEN.split(text))
    return VisitQuestions(label=label, items=tuple(dict.fromkeys(filter(None, items))))


def is_mentioned(item: str, texts: Iterable[str]) -> bool:
    """Whether a record speaks of an item or a part of it (暑さ・寒さ). Lines that only ask (「通院：」) say nothing."""
    said = fold(
        "".join(line for text in texts for line in text.splitlines() if not _only_asks(line))
    )
    return any(fold(part) in said for part in item.split(_PART) if part.strip())


def not_confirmed(items: Iterable[str]) -> str:
    """The sentence for 確認できなかったこと; the reason is for the writer to add."""
    named = "、".join(items)
    return f"{named}は確認できなかった。" if named else ""


def _only_asks(line: str) -> bool:
    return line.strip().endswith(("：", ":"))
