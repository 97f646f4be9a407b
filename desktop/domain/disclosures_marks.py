"""What is struck or left open in a redacted copy (開示用の写し), part by part of an entry.

Nothing is struck by itself: parts in which somebody else than the asking person speaks or is spoken of are only listed
for a decision. Offsets are characters of the stored text. The same list is made by `app.disclosure_targets`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.approvals import Move
from desktop.domain.entry_words import place_text
from desktop.domain.labels import SEGMENT
from desktop.domain.records import ContactMethod, Entry, Place, Segment, SegmentKind


class Part(StrEnum):
    """A part of an entry that can be struck: text and source of a segment, and the fields beside it."""

    TEXT = "text"
    SOURCE = "source"
    MET = "met"
    PLACE = "place"
    AUTHOR = "author"
    INSTRUCTION = "instruction"


PART = {
    Part.SOURCE: "出所",
    Part.MET: "相手",
    Part.PLACE: "場所・結果",
    Part.AUTHOR: "記録者",
    Part.INSTRUCTION: "査察指導員指示",
}
#: Parts of which a span can be struck; the others go whole.
WITH_SPANS = frozenset({Part.TEXT, Part.SOURCE, Part.MET, Part.INSTRUCTION})


class Verdict(StrEnum):
    """What was decided about a part."""

    STRUCK = "struck"
    LEFT = "left"


UNKNOWN_PART = "この箇所は記録の有効な版にありません。最新の内容で選び直してください。"
NO_REASON = "不開示の理由を一覧から選んでください。"
OTHER_TEXT = "選んだ範囲が記録の文と一致しません。記録からもう一度選んでください。"
NO_SPAN = "この欄は、欄の全部だけを不開示にできます。"

_WHITE = " \t\n\r\u3000"
_PERSON, _AGENCY, _SOURCE = "本人以外の人がいた記録", "関係機関の記録", "出所のある記述"
#: "理由" alone would be read as the reason not to disclose.
_REASON = "訂正の理由"
_LEGACY, _STALE = "旧システムの記録（だれの言葉か分かれていません）", "前の版に不開示の印"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartKey:
    """Which part of which version of which entry; `segment_id` for texts and sources only."""

    entry_id: UUID
    version: int
    part: Part
    segment_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartText:
    """A part as it is stored. `why` says why it is listed for a decision, "" where nobody has to decide."""

    key: PartKey
    label: str
    text: str = field(repr=False)
    event_on: date
    entry_number: int | None
    kind_label: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkInput:
    """A decision about a part: struck whole (`start` None) or from `start` to `end`, or left open.

    `quote` is what stands there, compared by the database. `note` is for the reviewer and goes onto no paper.
    """

    mark_id: UUID
    disclosure_id: UUID
    key: PartKey
    verdict: Verdict
    reason: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A decision that stands."""

    mark_id: UUID
    key: PartKey
    verdict: Verdict
    reason: str
    start: int | None
    end: int | None
    note: str = field(repr=False)
    made_by: str = field(repr=False)
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place of a word in a part: characters `start` to `end`."""

    part: PartText
    start: int
    end: int
    is_struck: bool


def parts_of(
    entries: Iterable[Entry], person_id: UUID, marks: Sequence[Mark]
) -> tuple[PartText, ...]:
    """Every part of these entries that has a text, in the order of the paper."""
    return tuple(
        part
        for entry in entries
        for part in _parts(entry, person_id, _Stale.of(entry, marks))
        if part.text.strip(_WHITE)
    )


def undecided(parts: Iterable[PartText], marks: Iterable[Mark]) -> tuple[PartText, ...]:
    """The parts that wait for a decision."""
    decided = {mark.key for mark in marks}
    return tuple(part for part in parts if part.why and part.key not in decided)


def find(parts: Iterable[PartText], word: str, marks: Iterable[Mark]) -> tuple[Found, ...]:
    """Every place of a word, whatever width its characters have; `is_struck` where a mark covers it whole."""
    folded = _folded(word.strip(_WHITE))
    standing = tuple(marks)
    if not folded:
        return ()
    return tuple(
        Found(
            part=part,
            start=at,
            end=at + len(folded),
            is_struck=covers(standing, part.key, at, at + len(folded)),
        )
        for part in parts
        for at in _places(_folded(part.text), folded)
    )


def covers(marks: Iterable[Mark], key: PartKey, start: int, end: int) -> bool:
    """Whether struck marks hide these characters of a part; a struck segment takes its source with it."""
    hidden: set[int] = set()
    for mark in marks:
        if mark.verdict is not Verdict.STRUCK or not _is_about(mark, key):
            continue
        if mark.start is None or mark.end is None:
            return True
        hidden.update(range(mark.start, mark.end))
    return hidden.issuperset(range(start, end))


def _is_about(mark: Mark, key: PartKey) -> bool:
    if mark.key == key:
        return True
    with_it = PartKey(
        entry_id=key.entry_id, version=key.version, part=Part.TEXT, segment_id=key.segment_id
    )
    return key.part is Part.SOURCE and mark.start is None and mark.key == with_it


@dataclass(frozen=True, slots=True)
class _Stale:
    """Struck marks on an earlier version of the entry: whether there are any, and on which fields."""

    any: bool
    fields: frozenset[tuple[Part, UUID | None]]

    @classmethod
    def of(cls, entry: Entry, marks: Iterable[Mark]) -> _Stale:
        old = [
            mark.key
            for mark in marks
            if mark.key.entry_id == entry.entry_id
            and mark.key.version != entry.version
            and mark.verdict is Verdict.STRUCK
        ]
        return cls(bool(old), frozenset((key.part, key.segment_id) for key in old))


def _parts(entry: Entry, person_id: UUID, stale: _Stale) -> Iterator[PartText]:
    others = any(met.person_id != person_id for met in entry.met)
    agency = entry.method is ContactMethod.AGENCY or entry.place is Place.AGENCY
    of_entry = _AGENCY if agency else _PERSON if others else _STALE if stale.any else ""

    def field_of(part: Part, text: str, why: str = "") -> PartText:
        again = _STALE if (part, None) in stale.fields else ""
        return _part(entry, part, text, PART[part], why=why or again)

    yield field_of(Part.PLACE, place_text(entry))
    yield field_of(Part.MET, "、".join(met.label for met in entry.met), _PERSON if others else "")
    yield field_of(Part.AUTHOR, entry.author)
    for segment in sorted(entry.segments, key=_on_paper):
        label = _REASON if segment.kind is SegmentKind.REASON else SEGMENT[segment.kind]
        why = of_entry or (_LEGACY if segment.kind is SegmentKind.LEGACY else "")
        why = why or (_SOURCE if segment.source.strip(_WHITE) else "")
        yield _part(entry, Part.TEXT, segment.text, label, segment=segment, why=why)
        again = _STALE if (Part.SOURCE, segment.segment_id) in stale.fields else ""
        source = f"{label}の{PART[Part.SOURCE]}"
        yield _part(entry, Part.SOURCE, segment.source, source, segment=segment, why=again)
    yield field_of(Part.INSTRUCTION, instruction_text(entry))


def instruction_text(entry: Entry) -> str:
    """The supervisor's instructions as the sheet shows them, one a line."""
    return "\n".join(n.text for n in entry.notes if n.move is Move.APPROVE_WITH_INSTRUCTION)


def _on_paper(segment: Segment) -> int:
    """The reason of a correction stands first on the sheet, then the subject, then the body in its order."""
    return {SegmentKind.REASON: 0, SegmentKind.SUBJECT: 1}.get(segment.kind, 2)


def _part(
    entry: Entry,
    part: Part,
    text: str,
    label: str,
    *,
    segment: Segment | None = None,
    why: str = "",
) -> PartText:
    return PartText(
        key=PartKey(
            entry_id=entry.entry_id,
            version=entry.version,
            part=part,
            segment_id=segment.segment_id if segment else None,
        ),
        label=label,
        text=text,
        event_on=entry.event_on,
        entry_number=entry.number,
        kind_label=entry.kind_label,
        why=why,
    )


def _folded(text: str) -> str:
    """The text with one character for each of its own: wide and half-width alike, case aside."""
    return "".join(map(_folded_character, text))


def _folded_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
