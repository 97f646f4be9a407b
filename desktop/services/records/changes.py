"""The ways to change what was approved: correction (訂正) and annulment (誤記載取消). Old text stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.labels import CHANGE
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    Entry,
    EntryInput,
    EntryState,
    Segment,
    SegmentKind,
    body_text,
    measure_body,
)
from desktop.models.households import Household
from desktop.models.records import EntryRecord, EntryVersion
from desktop.services.records.loading import load_entries
from desktop.services.records.parts import segments_of
from desktop.services.records.writing import Writing, store


def begin(
    session: Session, entry_id: UUID, reason: str, writing: Writing, today: date
) -> EntryRecord:
    """Store the approved content again as the first version of a change, with the reason as a segment."""
    record = session.get_one(EntryRecord, entry_id, with_for_update=True)
    if (
        record.state is not EntryState.APPROVED
        or record.is_annulled
        or record.approved_version is None
    ):
        raise NotPermittedError(f"{CHANGE[writing.change]}ができるのは承認された記録だけです。")
    if not _may_change(session, record, writing.staff):
        raise NotPermittedError(
            "訂正と誤記載取消を始められるのは、書いた本人と地区の担当者・査察指導員です。追記をしてください。"
        )
    entry = load_entries(
        session,
        writing.staff,
        EntryRecord.id == entry_id,
        version=record.approved_version,
        today=today,
    )[0]
    stated = Segment(segment_id=new_id(), kind=SegmentKind.REASON, text=reason)
    given = replace(
        as_input(entry), shown_version=record.version, segments=(*_without_reason(entry), stated)
    )
    return store(session, given, writing)


def give_up(session: Session, entry_id: UUID, staff: SignedInStaff) -> None:
    """End a change that leads nowhere: the approved version stands again, the change's versions stay.

    For who writes it, and for the positions over the household. ConflictError where none is under way.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.app.give_up_change(entry_id)))
        session.expire_all()
        return
    record = session.get_one(EntryRecord, entry_id, with_for_update=True)
    positions = staff.positions_in(_district_of(session, record))
    if record.changed_by != staff.staff_id and not positions:
        raise NotPermittedError(
            "訂正を取りやめられるのは、訂正している本人とその世帯の決裁者だけです。"
        )
    if record.approved_version is None or record.state not in {
        EntryState.DRAFT,
        EntryState.RETURNED,
    }:
        raise ConflictError("取りやめる訂正の下書きがありません。画面を更新してください。")
    version = session.get_one(EntryVersion, (record.id, record.approved_version))
    record.state, record.changed_by = EntryState.APPROVED, None
    record.change, record.content_hash = version.change, version.content_hash
    segments = segments_of(session, {record.id: version.version}).get(record.id, [])
    measure = measure_body(body_text(segments))
    record.body_length, record.body_digest = measure.length, measure.digest


def _may_change(session: Session, record: EntryRecord, staff: SignedInStaff) -> bool:
    """The author, and who looks after the district now; PostgreSQL's guard says the same."""
    if record.author_id == staff.staff_id:
        return True
    return _district_of(session, record) in staff.own_district_ids


def _district_of(session: Session, record: EntryRecord) -> UUID:
    found = select(Household.district_id).where(Household.id == record.household_id)
    return session.scalars(found).one()


def with_reason(
    session: Session, staff: SignedInStaff, record: EntryRecord, given: EntryInput, today: date
) -> EntryInput:
    """The input with the reason of its change, which stays with every version whatever the editor shows."""
    if any(s.kind is SegmentKind.REASON for s in given.segments):
        return given
    last = load_entries(
        session, staff, EntryRecord.id == record.id, version=record.version, today=today
    )[0]
    reasons = (s for s in last.segments if s.kind is SegmentKind.REASON)
    return replace(given, segments=(*given.segments, *reasons))


def copy_to(
    session: Session, entry_id: UUID, household_id: UUID, writing: Writing, today: date
) -> EntryRecord:
    """Copy the text of a misplaced entry to the right file as an own draft, and link both."""
    source = load_entries(session, writing.staff, EntryRecord.id == entry_id, today=today)[0]
    given = replace(
        as_input(source),
        entry_id=new_id(),
        household_id=household_id,
        shown_version=0,
        met=tuple(replace(m, person_id=None) for m in source.met),
        segments=tuple(replace(s, segment_id=new_id()) for s in _without_reason(source)),
        promises=(),
        relates_to=None,
    )
    copy = store(session, given, writing)
    session.get_one(EntryRecord, entry_id).moved_to = copy.id
    return copy


def _without_reason(entry: Entry) -> tuple[Segment, ...]:
    return tuple(s for s in entry.segments if s.kind is not SegmentKind.REASON)


def as_input(entry: Entry) -> EntryInput:
    """An entry as the editor would hand it in again, unchanged."""
    return EntryInput(
        entry_id=entry.entry_id,
        household_id=entry.household_id,
        shown_version=entry.version,
        kind=entry.kind,
        event_on=entry.event_on,
        started_at=entry.started_at,
        ended_at=entry.ended_at,
        method=entry.method,
        place=entry.place,
        result_code=entry.result_code,
        has_danger_signs=entry.has_danger_signs,
        met=entry.met,
        went=entry.went_ids,
        segments=entry.segments,
        promises=entry.promises,
        relates_to=entry.relates_to,
    )
