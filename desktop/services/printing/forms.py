"""From entries to what stands on the ケース記録票 (K-04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from desktop.domain.approvals import Move
from desktop.domain.clock import japan_day
from desktop.domain.entries import format_time
from desktop.domain.entry_words import instruction_lines, place_text
from desktop.domain.forms import PrintedEntry, PrintedSegment, Stamp
from desktop.domain.labels import SEGMENT
from desktop.domain.records import (
    ChangeKind,
    Entry,
    EntryState,
    Segment,
    SegmentKind,
)
from desktop.domain.roles import ROLE_LABELS, Role

#: The writer's box stands first on every sheet.
WRITER = "担当"
_NOT_PRINTED = frozenset({SegmentKind.SUBJECT, SegmentKind.REASON})


def printed_entry(entry: Entry) -> PrintedEntry:
    """The entry as paper shows it; what a correction replaced stands struck through before the new text."""
    return PrintedEntry(
        event_on=entry.event_on,
        time_text=_times(entry),
        kind_label=entry.kind_label,
        place_label=place_text(entry),
        met="、".join(met.label for met in entry.met),
        author=entry.author,
        recorded_on=japan_day(entry.recorded_at),
        late=entry.is_late,
        subject=entry.subject,
        segments=tuple(_segments(entry)),
        stamps=_stamps(entry),
        instruction=_instructions(entry),
        correction=_correction(entry),
        annulled=entry.is_annulled,
        version=entry.version,
        entry_number=entry.number,
    )


def position_labels(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """The stamp boxes: the writer, the supervisor, the head of section, and whoever else stamped."""
    always = (Role.SUPERVISOR, Role.SECTION_HEAD)
    stamped = {stamp.position for entry in entries for stamp in entry.stamps}
    return (
        WRITER,
        *(label for role, label in ROLE_LABELS.items() if role in stamped or role in always),
    )


def _instructions(entry: Entry) -> str:
    """What the supervisor asked for, as said with an approval or by itself, each followed by what was done."""
    told = [i.text for i in entry.instructions]
    alone = [
        n.text
        for n in entry.notes
        if n.move is Move.APPROVE_WITH_INSTRUCTION and n.text not in told
    ]
    return "\n".join([*alone, *instruction_lines(entry)])


def _times(entry: Entry) -> str:
    if entry.started_at is None:
        return ""
    start = format_time(entry.started_at)
    return f"{start}～{format_time(entry.ended_at)}" if entry.ended_at is not None else start


def _segments(entry: Entry) -> Iterator[PrintedSegment]:
    before: Mapping[UUID, Segment] = {s.segment_id: s for s in entry.replaced}
    for segment in entry.segments:
        if segment.kind in _NOT_PRINTED:
            continue
        old = before.get(segment.segment_id)
        if old is not None and old.text != segment.text:
            yield _printed(old, struck=True)
        yield _printed(segment)
    kept = {s.segment_id for s in entry.segments}
    for old in before.values():
        if old.segment_id not in kept and old.kind not in _NOT_PRINTED:
            yield _printed(old, struck=True)


def _printed(segment: Segment, *, struck: bool = False) -> PrintedSegment:
    return PrintedSegment(
        label=SEGMENT[segment.kind], text=segment.text, source=segment.source, struck=struck
    )


def _stamps(entry: Entry) -> tuple[Stamp, ...]:
    if entry.state is EntryState.DRAFT and entry.approved_version is None:
        # Nobody has stamped what its writer has not handed in.
        return ()
    writer = Stamp(
        position_label=WRITER, name=entry.author, stamped_on=japan_day(entry.recorded_at)
    )
    approvers = (
        Stamp(
            position_label=ROLE_LABELS[stamp.position],
            name=stamp.name,
            stamped_on=japan_day(stamp.at),
            note=stamp.note,
        )
        for stamp in entry.stamps
    )
    return (writer, *approvers)


def _correction(entry: Entry) -> str:
    if entry.change is ChangeKind.WRITING:
        return ""
    label = "訂正" if entry.change is ChangeKind.CORRECTION else "誤記載取消"
    return f"{label}（理由：{entry.text(SegmentKind.REASON)}）"
