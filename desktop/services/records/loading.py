"""Entries as dataclasses: one version each, with all its parts. The caller holds a ticket for the household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    ChangeKind,
    ContactMethod,
    Entry,
    EntryKind,
    EntryOrigin,
    EntryState,
    Place,
    ResultCode,
    Segment,
    SegmentKind,
)
from desktop.models.office import Staff
from desktop.models.records import Contact, EntryRecord, EntryVersion, LegacyAuthor
from desktop.services.masters import lookup
from desktop.services.records.parts import EntryParts, first_of, load_parts, segments_of


def valid_version() -> ColumnElement[int]:
    """The version that counts: the approved one, or the newest while none was approved."""
    return first_of(EntryRecord.approved_version, EntryRecord.version)


def newest_version() -> ColumnElement[int]:
    """The version written last, whether it was approved or not."""
    return EntryRecord.version.expression


def writes(staff: SignedInStaff) -> ColumnElement[bool]:
    """The person writes this entry: as its author, or as who changes it just now."""
    return func.coalesce(EntryRecord.changed_by, EntryRecord.author_id) == staff.staff_id


def visible_to(staff: SignedInStaff) -> ColumnElement[bool]:
    """Somebody else's first draft is nobody's business until it is submitted."""
    return or_(
        EntryRecord.state != EntryState.DRAFT,
        EntryRecord.approved_version.is_not(None),
        EntryRecord.author_id == staff.staff_id,
    )


def load_entries(
    session: Session,
    staff: SignedInStaff,
    where: ColumnElement[bool],
    *,
    version: int | ColumnElement[int] | None = None,
    newest: int | None = None,
    today: date,
) -> tuple[Entry, ...]:
    """Entries that match, oldest event first, each in its valid version or the one asked for.

    `newest` keeps only so many of the latest.
    """
    wanted = select(EntryRecord.id).where(where, visible_to(staff))
    if newest is not None:
        wanted = wanted.order_by(EntryRecord.event_on.desc(), EntryRecord.id.desc()).limit(newest)
    ids = wanted.subquery("wanted")
    asked = literal(version) if isinstance(version, int) else version
    shown = valid_version() if asked is None else asked
    rows = session.execute(_lines(ids, shown)).all()
    if not rows:
        return ()
    parts = load_parts(session, ids, shown)
    words = _Words.of(session, staff.office_id, today)
    entries = tuple(_entry(row, parts, words) for row in rows)
    corrected = _corrected_versions(entries, parts)
    return _with_replaced(session, entries, corrected) if corrected else entries


def _lines(ids: Subquery, shown: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """One row an entry: what it is, the version shown, and its contact. Columns, not objects: files are long."""
    e, v, c = EntryRecord, EntryVersion, Contact
    return (
        select(
            e.id,
            e.household_id,
            e.number,
            func.coalesce(v.kind, e.kind).label("kind"),
            e.origin,
            e.state,
            func.coalesce(v.version, shown).label("shown"),
            e.approved_version,
            func.coalesce(v.change, e.change, type_=e.change.type).label("change"),
            func.coalesce(c.happened_on, e.event_on, type_=e.event_on.type).label("event_on"),
            c.started_at,
            c.ended_at,
            e.recorded_at,
            c.method,
            c.place,
            c.result_code,
            c.is_absence,
            c.has_danger_signs,
            e.author_id,
            func.coalesce(Staff.name, LegacyAuthor.name, "").label("author"),
            e.is_annulled,
            e.relates_to,
            e.moved_to,
            func.coalesce(v.content_hash, e.content_hash).label("content_hash"),
        )
        .join(ids, ids.c.id == e.id)
        .outerjoin(v, and_(v.entry_id == e.id, v.version == shown))
        .outerjoin(c, c.id == first_of(v.contact_id, e.contact_id))
        .outerjoin(Staff, Staff.id == e.author_id)
        .outerjoin(LegacyAuthor, LegacyAuthor.entry_id == e.id)
        .order_by(e.event_on, e.id)
    )


def _corrected_versions(entries: Sequence[Entry], parts: EntryParts) -> dict[UUID, int]:
    """The version that was approved before the correction shown, for entries that show an approved one."""
    found: dict[UUID, int] = {}
    for entry in entries:
        if entry.change is ChangeKind.CORRECTION and entry.version == entry.approved_version:
            approvals = parts.approvals.get(entry.entry_id, ())
            earlier = [
                v for a in approvals if (v := a.approved_version) is not None and v < entry.version
            ]
            if earlier:
                found[entry.entry_id] = max(earlier)
    return found


def _with_replaced(
    session: Session, entries: Sequence[Entry], versions: Mapping[UUID, int]
) -> tuple[Entry, ...]:
    before = segments_of(session, versions)
    return tuple(
        replace(entry, replaced=_replaced(before[entry.entry_id], entry.segments))
        if entry.entry_id in before
        else entry
        for entry in entries
    )


def _replaced(before: Iterable[Segment], now: Iterable[Segment]) -> tuple[Segment, ...]:
    texts = {segment.segment_id: segment.text for segment in now}
    return tuple(
        s for s in before if s.kind is not SegmentKind.REASON and texts.get(s.segment_id) != s.text
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What codes are called, and how late is late."""

    kinds: Mapping[str, EntryKind]
    results: Mapping[str, ResultCode]
    late: timedelta

    @classmethod
    def of(cls, session: Session, office_id: UUID, today: date) -> _Words:
        return cls(
            kinds=lookup.entry_kinds(session, office_id, today),
            results=lookup.result_codes(session, office_id, today),
            late=timedelta(days=lookup.thresholds(session, office_id, today).late_entry_days),
        )


def _entry(row: Row[*tuple[Any, ...]], parts: EntryParts, words: _Words) -> Entry:
    went = parts.went.get(row.id, ())
    approvals = parts.approvals.get(row.id, ())
    return Entry(
        entry_id=row.id,
        household_id=row.household_id,
        number=row.number,
        kind=row.kind,
        kind_label=words.kinds[row.kind].label if row.kind in words.kinds else row.kind,
        origin=row.origin,
        state=row.state,
        version=row.shown,
        approved_version=row.approved_version,
        change=row.change,
        event_on=row.event_on,
        started_at=row.started_at,
        ended_at=row.ended_at,
        recorded_at=row.recorded_at,
        method=row.method or ContactMethod.NONE,
        place=row.place or Place.NONE,
        result_code=row.result_code or "",
        result_label=words.results[row.result_code].label
        if row.result_code in words.results
        else "",
        author_id=row.author_id,
        author=row.author,
        went=tuple(name for _, name in went),
        went_ids=tuple(staff_id for staff_id, _ in went),
        met=tuple(parts.met.get(row.id, ())),
        segments=tuple(parts.segments.get(row.id, ())),
        promises=tuple(parts.promises.get(row.id, ())),
        is_late=row.origin is EntryOrigin.OFFICE
        and japan_day(row.recorded_at) - row.event_on > words.late,
        is_annulled=row.is_annulled,
        is_absence=bool(row.is_absence),
        has_danger_signs=bool(row.has_danger_signs),
        relates_to=row.relates_to,
        moved_to=row.moved_to,
        approval_id=approvals[-1].approval_id if approvals else None,
        content_hash=row.content_hash,
        stamps=tuple(
            stamp for a in approvals if a.approved_version == row.shown for stamp in a.stamps
        ),
        notes=tuple(note for a in approvals for note in a.notes if note.text),
        instructions=tuple(parts.instructions.get(row.id, ())),
    )
