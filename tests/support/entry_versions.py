"""Versions of the factories' entries: their segments, and the hash that stands for what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.ids import new_id
from desktop.domain.records import ChangeKind, EntryInput, Segment, SegmentKind
from desktop.domain.records_content import entry_hash
from desktop.models.records import Contact, EntryRecord, EntryVersion, SegmentText


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a version says: segments in their order."""

    parts: tuple[tuple[SegmentKind, str], ...]
    change: ChangeKind = ChangeKind.WRITING


def write_version(session: Session, entry: EntryRecord, said: Said) -> str:
    """Add the version that the entry names, with its segments; returns its hash. Contact as the entry states it."""
    key = {"entry_id": entry.id, "office_id": entry.office_id, "household_id": entry.household_id}
    segments = [Segment(segment_id=new_id(), kind=k, text=text) for k, text in said.parts]
    content_hash = entry_hash(_input(session, entry, segments))
    session.add(
        EntryVersion(
            **key,
            version=entry.version,
            change=said.change,
            kind=entry.kind,
            contact_id=entry.contact_id,
            saved_at=entry.saved_at,
            saved_by=entry.changed_by or entry.author_id,
            content_hash=content_hash,
        )
    )
    session.flush()
    session.add_all(
        SegmentText(
            **key,
            version=entry.version,
            segment_id=s.segment_id,
            position=position,
            kind=s.kind,
            text=s.text,
        )
        for position, s in enumerate(segments)
    )
    session.flush()
    return content_hash


def add_correction(
    session: Session, entry: EntryRecord, text: str = "訂正した。", reason: str = "書き誤り"
) -> None:
    """Give an approved entry the next version, as a correction that its `changed_by` writes."""
    entry.version, entry.change = entry.version + 1, ChangeKind.CORRECTION
    session.flush()
    parts = ((SegmentKind.FACTS, text), (SegmentKind.REASON, reason))
    entry.content_hash = write_version(
        session, entry, Said(parts=parts, change=ChangeKind.CORRECTION)
    )
    session.flush()


def _input(session: Session, entry: EntryRecord, segments: Iterable[Segment]) -> EntryInput:
    contact = session.scalars(select(Contact).where(Contact.id == entry.contact_id)).one()
    return EntryInput(
        entry_id=entry.id,
        household_id=entry.household_id,
        shown_version=0,
        kind=entry.kind,
        event_on=contact.happened_on,
        started_at=contact.started_at,
        ended_at=contact.ended_at,
        method=contact.method,
        place=contact.place,
        result_code=contact.result_code,
        has_danger_signs=contact.has_danger_signs,
        segments=tuple(segments),
        relates_to=entry.relates_to,
    )
