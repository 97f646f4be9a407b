"""Which fields a kind of entry shows, and what of an entry the form does not touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.records import (
    ContactMethod,
    EntryInput,
    EntryKind,
    ResultCode,
    Segment,
    SegmentKind,
)

#: Segments a person never types into the form.
_NOT_TYPED = frozenset({SegmentKind.REASON, SegmentKind.LEGACY})
_CALLS = frozenset({ContactMethod.TELEPHONE_IN, ContactMethod.TELEPHONE_OUT})
_COUNTS = "訪問として数えます"
_DOES_NOT_COUNT = "訪問に数えません"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShape:
    """The fields of the form for one kind. `is_short` (電話): the day is today's and folded away.

    `asks_source`: the facts are recorded with their source (出所); a call's source is whoever called.
    """

    asks: frozenset[str]
    segments: tuple[SegmentKind, ...]
    result_codes: tuple[str, ...]
    is_short: bool
    asks_source: bool = False

    @property
    def field_count(self) -> int:
        """How many fields a person passes with Tab (folded ones do not count)."""
        shown = sum(ask in self.asks for ask in ("times", "met", "result"))
        return shown + len(self.segments) + self.asks_source + (not self.is_short)


def shape_of(
    kind: EntryKind, written: Iterable[SegmentKind] = (), *, has_source: bool = False
) -> FormShape:
    """The form's fields; segments that hold words stay even if the kind has none of them.

    Where promises are asked for, the next step (次回予定) is one of their rows, with who and by when.
    """
    asks = set(kind.asks)
    usual = set(kind.segments) - ({SegmentKind.NEXT} if "promises" in asks else set())
    segments = usual | (set(written) - _NOT_TYPED)
    is_short = len(kind.segments) == 1
    if len(kind.result_codes) <= 1 and kind.default_result in {"", *kind.result_codes}:
        asks.discard("result")
    return FormShape(
        asks=frozenset(asks),
        segments=tuple(kind for kind in SegmentKind if kind in segments),
        result_codes=kind.result_codes,
        is_short=is_short,
        asks_source=has_source
        or (SegmentKind.FACTS in segments and not is_short and kind.method not in _CALLS),
    )


def untouched_segments(given: EntryInput) -> tuple[Segment, ...]:
    """The segments that the form keeps as they are."""
    return tuple(s for s in given.segments if s.kind in _NOT_TYPED)


def result_note(
    result: ResultCode | None,
    *,
    counts: bool,
    is_visit: bool,
    revisit: str = "",
    urgent: str = "",
) -> str:
    """What the chosen result means: what is urgent before all, whether it counts as a visit, and what comes next."""
    if result is None:
        return ""
    notes = [f"【本日中】{urgent}"] if urgent else []
    notes += [_COUNTS if counts else _DOES_NOT_COUNT] if is_visit or result.counts else []
    if result.needs_revisit and revisit:
        notes.append(revisit)
        return "　".join(notes)
    return "　".join([*notes, *([f"次に：{result.next_step}"] if result.next_step else [])])
