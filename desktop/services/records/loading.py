"""Entries as dataclasses: one version each, with all its parts. The caller holds a ticket for the household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState, MoveRow, StampRow, StepState
from desktop.domain.clock import japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    ContactMethod,
    Entry,
    EntryOrigin,
    EntryState,
    MetPerson,
    Place,
    Promise,
    Segment,
)
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.office import Staff
from desktop.models.records import (
    Contact,
    ContactMet,
    ContactStaff,
    EntryRecord,
    EntryVersion,
    LegacyAuthor,
    PromiseRow,
    PromiseText,
    SegmentText,
)
from desktop.services.approvals import move_history
from desktop.services.masters import lookup


def valid_version() -> ColumnElement[int]:
    """The version that counts: the approved one, or the newest while none was approved."""
    return func.coalesce(EntryRecord.approved_version, EntryRecord.version)


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
    version: ColumnElement[int] | int | None = None,
    newest: int | None = None,
    today: date,
) -> tuple[Entry, ...]:
    """Entries that match, oldest event first, each in its valid version or the one asked for.

    `newest` keeps only so many of the latest.
    """
    shown = valid_version() if version is None else version
    query = (
        select(EntryRecord, EntryVersion, Contact, Staff.name, LegacyAuthor.name)
        .outerjoin(
            EntryVersion,
            and_(EntryVersion.entry_id == EntryRecord.id, EntryVersion.version == shown),
        )
        .outerjoin(
            Contact, Contact.id == func.coalesce(EntryVersion.contact_id, EntryRecord.contact_id)
        )
        .outerjoin(Staff, Staff.id == EntryRecord.author_id)
        .outerjoin(LegacyAuthor, LegacyAuthor.entry_id == EntryRecord.id)
        .where(where, visible_to(staff))
    )
    if newest is None:
        rows = list(session.execute(query.order_by(EntryRecord.event_on, EntryRecord.id)))
    else:
        latest = query.order_by(EntryRecord.event_on.desc(), EntryRecord.id.desc()).limit(newest)
        rows = list(session.execute(latest))[::-1]
    if not rows:
        return ()
    parts = _Parts.load(session, [(r[0], r[1], r[2]) for r in rows])
    kinds = lookup.entry_kinds(session, staff.office_id, today)
    results = lookup.result_codes(session, staff.office_id, today)
    late = timedelta(days=lookup.thresholds(session, staff.office_id, today).late_entry_days)
    return tuple(
        _entry(
            tuple(row),
            parts,
            kind_labels={code: kind.label for code, kind in kinds.items()},
            result_labels={code: result.label for code, result in results.items()},
            late=late,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """All parts of a set of entries, by entry or contact."""

    segments: Mapping[UUID, list[Segment]]
    met: Mapping[UUID, list[MetPerson]]
    went: Mapping[UUID, list[tuple[UUID, str]]]
    promises: Mapping[UUID, list[Promise]]
    approvals: Mapping[UUID, list[Approval]]
    stamps: Mapping[UUID, list[StampRow]]
    notes: Mapping[UUID, tuple[MoveRow, ...]]

    @classmethod
    def load(
        cls,
        session: Session,
        rows: Sequence[tuple[EntryRecord, EntryVersion | None, Contact | None]],
    ) -> _Parts:
        entry_ids = [entry.id for entry, _, _ in rows]
        versions = {entry.id: _version(entry, version) for entry, version, _ in rows}
        contact_ids = [contact.id for _, _, contact in rows if contact is not None]
        approvals = _approvals(session, entry_ids)
        approval_ids = [a.id for found in approvals.values() for a in found]
        return cls(
            segments=_segments(session, entry_ids, versions),
            met=_met(session, contact_ids),
            went=_went(session, contact_ids),
            promises=_promises(session, entry_ids),
            approvals=approvals,
            stamps=_stamps(session, approval_ids),
            notes=move_history(session, approval_ids) if approval_ids else {},
        )


def _entry(
    row: tuple[Any, ...],
    parts: _Parts,
    *,
    kind_labels: Mapping[str, str],
    result_labels: Mapping[str, str],
    late: timedelta,
) -> Entry:
    record, version, contact, author, legacy_author = row
    shown = _version(record, version)
    kind = version.kind if version else record.kind
    approvals = parts.approvals.get(record.id, [])
    went = parts.went.get(contact.id, []) if contact else []
    event_on = contact.happened_on if contact else record.event_on
    return Entry(
        entry_id=record.id,
        household_id=record.household_id,
        number=record.number,
        kind=kind,
        kind_label=kind_labels.get(kind, kind),
        origin=record.origin,
        state=record.state,
        version=shown,
        approved_version=record.approved_version,
        change=version.change if version else record.change,
        event_on=event_on,
        started_at=contact.started_at if contact else None,
        ended_at=contact.ended_at if contact else None,
        recorded_at=record.recorded_at,
        method=contact.method if contact else ContactMethod.NONE,
        place=contact.place if contact else Place.NONE,
        result_code=contact.result_code if contact else "",
        result_label=result_labels.get(contact.result_code, "") if contact else "",
        author_id=record.author_id,
        author=author or legacy_author or "",
        went=tuple(name for _, name in went),
        went_ids=tuple(staff_id for staff_id, _ in went),
        met=tuple(parts.met.get(contact.id, ())) if contact else (),
        segments=tuple(parts.segments.get(record.id, ())),
        promises=tuple(parts.promises.get(record.id, ())),
        is_late=record.origin is EntryOrigin.OFFICE
        and japan_day(record.recorded_at) - event_on > late,
        is_annulled=record.is_annulled,
        relates_to=record.relates_to,
        moved_to=record.moved_to,
        approval_id=approvals[-1].id if approvals else None,
        content_hash=version.content_hash if version else record.content_hash,
        stamps=tuple(
            stamp
            for a in approvals
            if a.state is ApprovalState.APPROVED and a.root_version == shown
            for stamp in parts.stamps.get(a.id, ())
        ),
        notes=tuple(note for a in approvals for note in parts.notes.get(a.id, ()) if note.text),
    )


def _version(record: EntryRecord, version: EntryVersion | None) -> int:
    return version.version if version else (record.approved_version or record.version)


def _segments(
    session: Session, entry_ids: Collection[UUID], versions: Mapping[UUID, int]
) -> dict[UUID, list[Segment]]:
    found: dict[UUID, list[Segment]] = defaultdict(list)
    rows = session.execute(
        select(
            SegmentText.entry_id,
            SegmentText.version,
            SegmentText.segment_id,
            SegmentText.kind,
            SegmentText.text,
            SegmentText.source,
        )
        .where(SegmentText.entry_id.in_(entry_ids))
        .order_by(SegmentText.entry_id, SegmentText.position)
    )
    for entry_id, version, segment_id, kind, text, source in rows:
        if versions[entry_id] == version:
            found[entry_id].append(
                Segment(segment_id=segment_id, kind=kind, text=text, source=source)
            )
    return found


def _met(session: Session, contact_ids: Collection[UUID]) -> dict[UUID, list[MetPerson]]:
    found: dict[UUID, list[MetPerson]] = defaultdict(list)
    rows = session.execute(
        select(ContactMet.contact_id, ContactMet.person_id, ContactMet.label)
        .where(ContactMet.contact_id.in_(contact_ids))
        .order_by(ContactMet.id)
    )
    for contact_id, person_id, label in rows:
        found[contact_id].append(MetPerson(person_id=person_id, label=label))
    return found


def _went(session: Session, contact_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = session.execute(
        select(ContactStaff.contact_id, Staff.id, Staff.name)
        .join(Staff, Staff.id == ContactStaff.staff_id)
        .where(ContactStaff.contact_id.in_(contact_ids))
        .order_by(Staff.kana)
    )
    for contact_id, staff_id, name in rows:
        found[contact_id].append((staff_id, name))
    return found


def _promises(session: Session, entry_ids: Collection[UUID]) -> dict[UUID, list[Promise]]:
    found: dict[UUID, list[Promise]] = defaultdict(list)
    rows = session.execute(
        select(PromiseRow, PromiseText.who, PromiseText.what)
        .join(PromiseText, PromiseText.promise_id == PromiseRow.id)
        .where(PromiseRow.entry_id.in_(entry_ids), PromiseRow.is_dropped.is_(False))
        .order_by(PromiseRow.id)
    )
    for row, who, what in rows:
        found[row.entry_id].append(
            Promise(promise_id=row.id, who=who, what=what, due_on=row.due_on, kept_on=row.kept_on)
        )
    return found


def _approvals(session: Session, entry_ids: Collection[UUID]) -> dict[UUID, list[Approval]]:
    found: dict[UUID, list[Approval]] = defaultdict(list)
    rows = session.scalars(
        select(Approval)
        .where(Approval.subject_kind == "entry", Approval.subject_id.in_(entry_ids))
        .order_by(Approval.round)
    )
    for approval in rows:
        found[approval.subject_id].append(approval)
    return found


def _stamps(session: Session, approval_ids: Collection[UUID]) -> dict[UUID, list[StampRow]]:
    found: dict[UUID, list[StampRow]] = defaultdict(list)
    rows = session.execute(
        select(ApprovalStep, Staff.name)
        .join(Staff, Staff.id == ApprovalStep.decided_by)
        .where(ApprovalStep.approval_id.in_(approval_ids))
        .order_by(ApprovalStep.approval_id, ApprovalStep.number)
    )
    notes = {
        StepState.APPROVED_FOR: "代決・後閲待ち",
        StepState.INSPECTED: "代決・後閲済",
        StepState.READ: "供覧",
    }
    for step, name in rows:
        if step.decided_at is not None:
            found[step.approval_id].append(
                StampRow(
                    position=step.position,
                    name=name,
                    at=step.decided_at,
                    note=notes.get(step.state, ""),
                )
            )
    return found
