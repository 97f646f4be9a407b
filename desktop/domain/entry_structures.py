"""The structure of an entry (構成): its headings, place and the people met, without one of its sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.records import Entry, MetPerson, Place, SegmentKind

#: A heading is short, begins its line and ends with a colon, or stands in its line alone between marks.
_HEADING = re.compile(r"\s*([^\s。、．，「」：:][^。、．，「」：:\n]{0,13})[：:]")
_MARKED = re.compile(r"\s*(【[^】\n]{1,14}】|[■●◆][^。、\n]{1,14})\s*")
_NOT_TAKEN = frozenset({SegmentKind.REASON, SegmentKind.LEGACY})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStructure:
    """What a new entry may take over of the last one of its kind; `headings` has a key for every part it used."""

    event_on: date
    place: Place
    met: tuple[MetPerson, ...] = ()
    headings: Mapping[SegmentKind, tuple[str, ...]] = field(default_factory=dict, repr=False)


def structure_of(entry: Entry) -> EntryStructure:
    """The structure of an entry; sentences stay where they are."""
    return EntryStructure(
        event_on=entry.event_on,
        place=entry.place,
        met=entry.met,
        headings={
            segment.kind: headings_of(segment.text)
            for segment in entry.segments
            if segment.kind not in _NOT_TAKEN and segment.text.strip()
        },
    )


def headings_of(text: str) -> tuple[str, ...]:
    """The headings of a text, each once, in order and as they are answered: with a colon behind."""
    found = (_heading(line) for line in text.splitlines())
    return tuple(dict.fromkeys(heading for heading in found if heading))


def with_headings(text: str, headings: Collection[str], prompts: Collection[str]) -> str:
    """The text under these headings: what was written stays, questions that nobody answered give way to what is missing.

    `prompts` are the questions that the program put there.
    """
    kept = without_open(text, prompts)
    said = set(headings_of(kept))
    return "\n".join(
        [*kept.splitlines(), *(heading for heading in headings if heading not in said)]
    )


def without_open(text: str, headings: Collection[str]) -> str:
    """The text without those of the headings under which nothing stands: nobody typed them, so they are no record."""
    kept = list[str]()
    is_answered = False
    for line in reversed(text.splitlines()):
        is_open = line.strip() in headings and not is_answered
        if not is_open:
            kept.append(line)
        if line.strip():
            is_answered = not _heading(line)
    return "\n".join(reversed(kept))


def _heading(line: str) -> str:
    marked = _MARKED.fullmatch(line)
    if marked is not None:
        return marked[1]
    found = _HEADING.match(line)
    return "" if found is None else f"{found[1].strip()}："
