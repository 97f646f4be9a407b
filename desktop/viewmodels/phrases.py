"""How set phrases read on screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.domain.labels import SEGMENT
from desktop.domain.phrases import Phrase
from desktop.viewmodels.columns import Column

OWN, OFFICE = "自分", "事務所"
GOOD, BAD, WHY = "良い例", "悪い例", "直すところ"
EVERY = "どの欄でも"
TEXT = 4


def phrase_columns() -> Sequence[Column[Phrase]]:
    """The list of phrases."""
    return (
        Column(header="略語", text=codes_text),
        Column(header="だれの", text=lambda p: OWN if p.is_own else OFFICE),
        Column(header="見出し", text=lambda p: p.label),
        Column(header="使う欄", text=segments_text),
        Column(header="文", text=lambda p: " ".join(p.text.split())),
    )


def codes_text(phrase: Phrase) -> str:
    """Everything that may be typed for it."""
    return "・".join(filter(None, (phrase.code, phrase.reading)))


def segments_text(phrase: Phrase) -> str:
    """The parts of an entry that it is for."""
    return "・".join(SEGMENT[kind] for kind in phrase.segments) or EVERY


def phrase_words(phrase: Phrase) -> str:
    """The whole phrase, and how it is better not written, each under its mark."""
    marks = ((GOOD, phrase.text), (BAD, phrase.bad_example), (WHY, phrase.why))
    if not phrase.bad_example:
        return phrase.text
    return "\n".join(f"【{mark}】{words}" for mark, words in marks if words)


def found(phrases: Iterable[Phrase], words: str) -> tuple[Phrase, ...]:
    """The phrases that hold all of the words."""
    wanted = words.split()
    return tuple(p for p in phrases if all(p.says(word) for word in wanted))
