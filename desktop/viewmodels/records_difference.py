"""Two versions of an entry beside each other, label by label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.entries import format_time
from desktop.domain.entry_words import DANGER_SIGNS
from desktop.domain.era import format_date
from desktop.domain.labels import PLACE, SEGMENT
from desktop.domain.records import Entry, EntryInput
from desktop.viewmodels.records_text import Labelled, comparable, promise_text, segment_text
from desktop.viewmodels.text_difference import Change, Piece, difference, is_changed, replaced

#: Facts are read as a whole: 10:00 that became 10:30, never a single digit.
_FACTS = frozenset({"event", "time", "kind", "method", "place", "met", "went", "result"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """What happened to one labelled part."""

    key: str
    label: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether the two sides differ."""
        return is_changed(self.pieces)

    @property
    def has_text(self) -> bool:
        """Whether one of the sides says anything."""
        return any(piece.text for piece in self.pieces)


def compare(old: Iterable[Labelled], new: Iterable[Labelled]) -> tuple[PartDifference, ...]:
    """The parts of both sides in the order of the new one; parts that went come last."""
    before = {part.key: part for part in old}
    after = {part.key: part for part in new}
    order = [*after, *(key for key in before if key not in after)]
    return tuple(_part(before.get(key), after.get(key)) for key in order)


def compare_entries(old: Entry, new: Entry) -> tuple[PartDifference, ...]:
    """What changed from one version of an entry to another."""
    return compare(comparable(old), comparable(new))


def input_parts(given: EntryInput) -> tuple[Labelled, ...]:
    """What was typed, in the parts that `stored_parts` has."""
    return tuple(_parts(given))


def stored_parts(entry: Entry) -> tuple[Labelled, ...]:
    """What is stored, in the parts that `input_parts` has."""
    return tuple(_parts(entry))


def _parts(given: EntryInput | Entry) -> Iterator[Labelled]:
    span = f"{format_time(given.started_at)}～{format_time(given.ended_at)}"
    yield Labelled(key="event", label="年月日", text=format_date(given.event_on))
    yield Labelled(key="time", label="時刻", text=span)
    yield Labelled(key="place", label="場所", text=PLACE[given.place])
    yield Labelled(key="met", label="相手", text="、".join(m.label for m in given.met))
    danger = f"・{DANGER_SIGNS}" if given.has_danger_signs else ""
    yield Labelled(key="result", label="結果", text=f"{given.result_code}{danger}")
    for segment in given.segments:
        yield Labelled(key=segment.kind, label=SEGMENT[segment.kind], text=segment_text(segment))
    if given.promises:
        text = "\n".join(map(promise_text, given.promises))
        yield Labelled(key="promises", label="約束・宿題", text=text)


def _part(old: Labelled | None, new: Labelled | None) -> PartDifference:
    shown = new or old
    if shown is None:
        raise ValueError("a part stands on at least one side")
    before, after = old.text if old else "", new.text if new else ""
    pieces = replaced(before, after) if shown.key in _FACTS else difference(before, after)
    if not pieces:
        pieces = (Piece(change=Change.SAME, text=""),)
    return PartDifference(key=shown.key, label=shown.label, pieces=pieces)
