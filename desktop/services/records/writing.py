"""Storing a version of an entry. Versions, segments and contacts are only ever added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    ChangeKind,
    ContactMethod,
    EntryInput,
    EntryState,
    Place,
    ResultCode,
    body_text,
    measure_body,
)
from desktop.domain.records_content import entry_hash
from desktop.models.records import (
    Contact,
    ContactMet,
    ContactStaff,
    EntryRecord,
    EntryVersion,
    SegmentText,
)
from desktop.services.records import promises

_STALE = "この記録は別の画面で先に更新されました。入力した文章は残っています。最新の内容と見比べてください。"
_HOME = frozenset({Place.HOME, Place.DOOR})
_INSTITUTION = frozenset({Place.HOSPITAL, Place.FACILITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One save: who writes, when, what the entry is a change of, and the office's result codes."""

    staff: SignedInStaff
    at: datetime
    results: dict[str, ResultCode]
    change: ChangeKind = ChangeKind.WRITING


def tidy(given: EntryInput) -> EntryInput:
    """What is stored of an input: empty segments and promises are left out, line ends trimmed."""
    segments = tuple(
        replace(s, text=_trimmed(s.text), source=s.source.strip())
        for s in given.segments
        if s.text.strip()
    )
    promised = tuple(
        replace(p, what=p.what.strip(), who=p.who.strip()) for p in given.promises if p.what.strip()
    )
    return replace(given, segments=segments, promises=promised)


def store(session: Session, given: EntryInput, writing: Writing) -> EntryRecord:
    """Store the input as the entry's next version, or leave everything when nothing changed.

    Raises ConflictError when the entry is no longer the version that was shown, NotPermittedError when it
    is not the writer's or frozen.
    """
    given = tidy(given)
    record = session.scalars(
        select(EntryRecord).where(EntryRecord.id == given.entry_id).with_for_update()
    ).one_or_none()
    if record is None:
        return _create(session, given, entry_hash(given), writing)
    _refuse_foreign_or_frozen(record, given, writing)
    given = promises.reworded(session, record, given)
    content_hash = entry_hash(given)
    if record.content_hash == content_hash and record.change is writing.change:
        return record
    if record.version != given.shown_version:
        raise ConflictError(_STALE)
    return _next_version(session, record, given, content_hash, writing)


def _create(
    session: Session, given: EntryInput, content_hash: str, writing: Writing
) -> EntryRecord:
    if given.shown_version:
        raise NotPermittedError("この記録は見つかりません。")
    record = EntryRecord(
        id=given.entry_id,
        office_id=writing.staff.office_id,
        household_id=given.household_id,
        kind=given.kind,
        state=EntryState.DRAFT,
        event_on=given.event_on,
        recorded_at=writing.at,
        saved_at=writing.at,
        author_id=writing.staff.staff_id,
        version=0,
        relates_to=given.relates_to,
    )
    return _next_version(session, record, given, content_hash, writing)


def _refuse_foreign_or_frozen(record: EntryRecord, given: EntryInput, writing: Writing) -> None:
    if record.office_id != writing.staff.office_id or record.household_id != given.household_id:
        raise NotPermittedError("この記録は別の世帯のものです。")
    begins_change = record.state is EntryState.APPROVED and writing.change is not ChangeKind.WRITING
    if not begins_change and (record.changed_by or record.author_id) != writing.staff.staff_id:
        raise NotPermittedError("ほかの職員が書いた記録は書き換えられません。追記をしてください。")
    if record.state is EntryState.SUBMITTED:
        raise NotPermittedError("決裁待ちの記録は書き換えられません。先に引き戻してください。")
    if record.state is EntryState.APPROVED and writing.change is ChangeKind.WRITING:
        raise NotPermittedError("承認された記録は書き換えられません。訂正か追記をしてください。")


def _next_version(
    session: Session, record: EntryRecord, given: EntryInput, content_hash: str, writing: Writing
) -> EntryRecord:
    contact_id = _contact(session, record, given, writing)
    record.version += 1
    if record.approved_version is None:
        record.contact_id, record.event_on, record.kind = contact_id, given.event_on, given.kind
    if record.state is EntryState.APPROVED:
        record.state, record.changed_by = EntryState.DRAFT, writing.staff.staff_id
    _summarise(record, given, content_hash, writing)
    # The entry first: the database takes the parts only of the version that the entry has.
    session.add(record)
    session.flush()
    session.add(
        EntryVersion(
            entry_id=record.id,
            version=record.version,
            office_id=record.office_id,
            household_id=record.household_id,
            change=writing.change,
            kind=given.kind,
            contact_id=contact_id,
            saved_at=writing.at,
            saved_by=writing.staff.staff_id,
            content_hash=content_hash,
        )
    )
    session.add_all(_segments(record, given))
    promises.store(session, record, given)
    session.flush()
    return record


def _summarise(record: EntryRecord, given: EntryInput, content_hash: str, writing: Writing) -> None:
    measure = measure_body(body_text(given.segments))
    record.content_hash, record.saved_at, record.change = content_hash, writing.at, writing.change
    record.body_length, record.body_digest, record.body_sketch = (
        measure.length,
        measure.digest,
        measure.sketch,
    )
    record.body_is_set_phrase = measure.is_set_phrase


def _segments(record: EntryRecord, given: EntryInput) -> list[SegmentText]:
    return [
        SegmentText(
            entry_id=record.id,
            version=record.version,
            segment_id=segment.segment_id,
            office_id=record.office_id,
            household_id=record.household_id,
            position=position,
            kind=segment.kind,
            source=segment.source,
            text=segment.text,
        )
        for position, segment in enumerate(given.segments)
    ]


def _contact(session: Session, record: EntryRecord, given: EntryInput, writing: Writing) -> UUID:
    """The contact row for this version: the last one when it says the same, else a new one."""
    last: UUID | None = None
    if record.version:
        before = (EntryVersion.entry_id == record.id) & (EntryVersion.version == record.version)
        last = session.scalar(select(EntryVersion.contact_id).where(before))
    if last is not None and _says_the_same(session, last, given):
        return last
    result = writing.results.get(given.result_code)
    contact = Contact(
        id=new_id(),
        office_id=record.office_id,
        household_id=record.household_id,
        happened_on=given.event_on,
        started_at=given.started_at,
        ended_at=given.ended_at,
        method=given.method,
        place=given.place,
        result_code=given.result_code,
        is_home_visit=counts_as_visit(given, result),
        is_absence=result is not None and result.is_absence,
        has_danger_signs=given.has_danger_signs,
    )
    session.add(contact)
    session.flush()
    session.add_all(
        ContactStaff(
            contact_id=contact.id,
            staff_id=staff_id,
            office_id=record.office_id,
            household_id=record.household_id,
        )
        for staff_id in dict.fromkeys(given.went)
    )
    session.add_all(
        ContactMet(
            id=new_id(),
            office_id=record.office_id,
            household_id=record.household_id,
            contact_id=contact.id,
            person_id=met.person_id,
            label=met.label,
        )
        for met in given.met
    )
    return contact.id


def counts_as_visit(given: EntryInput, result: ResultCode | None) -> bool:
    """Whether the contact is a real visit: went there, was at the place, and met a member (section 2.6).

    A telephone call, a talk at the counter and an absence never count, whatever the result code says.
    """
    if result is None or not result.counts or given.method is not ContactMethod.VISIT:
        return False
    return given.place in _HOME | _INSTITUTION and any(met.person_id for met in given.met)


def _says_the_same(session: Session, contact_id: UUID, given: EntryInput) -> bool:
    contact = session.get_one(Contact, contact_id)
    met = session.execute(
        select(ContactMet.person_id, ContactMet.label)
        .where(ContactMet.contact_id == contact_id)
        .order_by(ContactMet.id)
    )
    went = session.scalars(
        select(ContactStaff.staff_id).where(ContactStaff.contact_id == contact_id)
    )
    plain = (
        contact.happened_on,
        contact.started_at,
        contact.ended_at,
        contact.method,
        contact.place,
    )
    asked = (given.event_on, given.started_at, given.ended_at, given.method, given.place)
    return (
        plain == asked
        and contact.result_code == given.result_code
        and contact.has_danger_signs is given.has_danger_signs
        and [tuple(row) for row in met] == [(m.person_id, m.label) for m in given.met]
        and set(went) == set(given.went)
    )


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").rstrip().splitlines())
