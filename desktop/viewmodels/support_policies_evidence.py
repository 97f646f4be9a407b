"""The sentences of a household's record, from which the evidence of an issue is picked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop.domain.era import DateStyle, format_date
from desktop.domain.kana import fold
from desktop.domain.labels import SEGMENT
from desktop.domain.records import Entry, SegmentKind
from desktop.domain.support_policies import Evidence

#: A sentence ends behind these signs, with the closing brackets that follow them, or where the line ends.
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[」』）]*|[^。！？\n]+")
_NOT_QUOTED = frozenset({SegmentKind.REASON, SegmentKind.SUBJECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the record with its place, and the words by which it is found."""

    evidence: Evidence
    day: str
    kind: str
    label: str
    key: str = field(repr=False)

    @property
    def quote(self) -> str:
        """The words of the record."""
        return self.evidence.quote


def sentences_of(entries: Iterable[Entry]) -> tuple[Sentence, ...]:
    """Every sentence of the entries that stand, newest entry first."""
    ordered = sorted(
        (entry for entry in entries if not entry.is_annulled),
        key=lambda entry: (entry.event_on, entry.recorded_at, entry.entry_id),
        reverse=True,
    )
    return tuple(sentence for entry in ordered for sentence in _of_entry(entry))


def found(sentences: Sequence[Sentence], text: str, most: int) -> tuple[tuple[Sentence, ...], int]:
    """The first `most` sentences that hold every word typed, and how many there are in all."""
    words = [fold(word) for word in text.split()]
    hits = [s for s in sentences if all(word in s.key for word in words)]
    return tuple(hits[:most]), len(hits)


def _of_entry(entry: Entry) -> Iterator[Sentence]:
    day = format_date(entry.event_on, DateStyle.SHORT)
    for segment in entry.segments:
        if segment.kind in _NOT_QUOTED:
            continue
        label = SEGMENT[segment.kind]
        for start, end in _spans(segment.text):
            quote = segment.text[start:end]
            yield Sentence(
                evidence=Evidence(
                    entry_id=entry.entry_id,
                    entry_version=entry.version,
                    segment_id=segment.segment_id,
                    start=start,
                    end=end,
                    quote=quote,
                ),
                day=day,
                kind=entry.kind_label,
                label=label,
                key=f"{fold(quote)} {fold(entry.kind_label)} {fold(label)} {fold(day)}",
            )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.end() - (len(words) - len(words.rstrip()))
        if start < end:
            yield start, end
