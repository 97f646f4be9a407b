"""The parts of a set of entries, each kind read in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, Subquery, and_, case, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.approvals import ApprovalState, MoveRow, StampRow, StepState
from desktop.domain.clock import japan_day
from desktop.domain.records import InstructionRow, MetPerson, Promise, Segment
from desktop.domain.todos import TodoOrigin
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.office import Staff
from desktop.models.records import (
    ContactMet,
    ContactStaff,
    EntryRecord,
    EntryVersion,
    PromiseRow,
    PromiseText,
    SegmentText,
)
from desktop.models.todos import Todo, TodoText
from desktop.services.approvals import move_history
from desktop.services.periods import said_in

T = TypeVar("T")

_STAMP_NOTES = {
    StepState.APPROVED_FOR: "代決・後閲待ち",
    StepState.INSPECTED: "代決・後閲済",
    StepState.READ: "供覧",
}


@dataclass(frozen=True, slots=True)
class ApprovalParts:
    """One submission of an entry; `approved_version` is the version it approved, None while it did not."""

    approval_id: UUID
    approved_version: int | None
    stamps: Sequence[StampRow]
    notes: Sequence[MoveRow]


@dataclass(frozen=True, slots=True)
class EntryParts:
    """Everything that belongs to entries besides their own line, by entry."""

    segments: Mapping[UUID, Sequence[Segment]]
    met: Mapping[UUID, Sequence[MetPerson]]
    went: Mapping[UUID, Sequence[tuple[UUID, str]]]
    promises: Mapping[UUID, Sequence[Promise]]
    approvals: Mapping[UUID, Sequence[ApprovalParts]]
    instructions: Mapping[UUID, Sequence[InstructionRow]]


def load_parts(session: Session, ids: Subquery, shown: ColumnElement[int]) -> EntryParts:
    """The parts of the entries whose ids the sub-select gives, in the version shown of each."""
    return EntryParts(
        segments=_segments(session, ids, shown),
        met=_met(session, ids, shown),
        went=_went(session, ids, shown),
        promises=_promises(session, ids, shown),
        approvals=_approvals(session, ids),
        instructions=_instructions(session, ids),
    )


def segments_of(session: Session, versions: Mapping[UUID, int]) -> dict[UUID, list[Segment]]:
    """The segments of some entries in the version named for each."""
    t = SegmentText
    rows = session.execute(
        select(t.entry_id, t.version, t.segment_id, t.kind, t.text, t.source)
        .where(t.entry_id.in_(versions))
        .order_by(t.entry_id, t.position)
    )
    return _grouped(
        (entry_id, Segment(segment_id=segment_id, kind=kind, text=text, source=source))
        for entry_id, version, segment_id, kind, text, source in rows
        if versions[entry_id] == version
    )


def _segments(
    session: Session, ids: Subquery, shown: ColumnElement[int]
) -> dict[UUID, list[Segment]]:
    found: dict[UUID, list[Segment]] = defaultdict(list)
    t = SegmentText
    rows = session.execute(
        select(t.entry_id, t.segment_id, t.kind, t.text, t.source)
        .join(EntryRecord, EntryRecord.id == t.entry_id)
        .join(ids, ids.c.id == EntryRecord.id)
        .where(t.version == shown)
        .order_by(t.entry_id, t.position)
    )
    for entry_id, segment_id, kind, text, source in rows:
        found[entry_id].append(Segment(segment_id=segment_id, kind=kind, text=text, source=source))
    return found


def _met(session: Session, ids: Subquery, shown: ColumnElement[int]) -> dict[UUID, list[MetPerson]]:
    rows = session.execute(
        select(EntryRecord.id, ContactMet.person_id, ContactMet.label)
        .join(ids, ids.c.id == EntryRecord.id)
        .outerjoin(EntryVersion, _version_shown(shown))
        .join(ContactMet, ContactMet.contact_id == _contact_id())
        .order_by(ContactMet.id)
    )
    return _grouped(
        (entry_id, MetPerson(person_id=person, label=label)) for entry_id, person, label in rows
    )


def _went(
    session: Session, ids: Subquery, shown: ColumnElement[int]
) -> dict[UUID, list[tuple[UUID, str]]]:
    rows = session.execute(
        select(EntryRecord.id, Staff.id, Staff.name)
        .join(ids, ids.c.id == EntryRecord.id)
        .outerjoin(EntryVersion, _version_shown(shown))
        .join(ContactStaff, ContactStaff.contact_id == _contact_id())
        .join(Staff, Staff.id == ContactStaff.staff_id)
        .order_by(Staff.kana, Staff.id)
    )
    return _grouped((entry_id, (staff_id, name)) for entry_id, staff_id, name in rows)


def _promises(
    session: Session, ids: Subquery, shown: ColumnElement[int]
) -> dict[UUID, list[Promise]]:
    p = PromiseRow
    rows = session.execute(
        select(p.entry_id, p.id, p.due_on, p.kept_on, PromiseText.who, PromiseText.what)
        .join(PromiseText, PromiseText.promise_id == p.id)
        .join(EntryRecord, EntryRecord.id == p.entry_id)
        .join(ids, ids.c.id == EntryRecord.id)
        .where(said_in(shown))
        .order_by(p.id)
    )
    return _grouped(
        (
            entry_id,
            Promise(promise_id=promise_id, who=who, what=what, due_on=due_on, kept_on=kept_on),
        )
        for entry_id, promise_id, due_on, kept_on, who, what in rows
    )


def _approvals(session: Session, ids: Subquery) -> dict[UUID, list[ApprovalParts]]:
    a = Approval
    rows = session.execute(
        select(a.id, a.subject_id, a.state, a.root_version)
        .join(ids, ids.c.id == a.subject_id)
        .where(a.subject_kind == "entry")
        .order_by(a.subject_id, a.round)
    ).all()
    if not rows:
        return {}
    stamps = _stamps(session, ids)
    notes = move_history(
        session, select(a.id).join(ids, ids.c.id == a.subject_id).where(a.subject_kind == "entry")
    )
    return _grouped(
        (
            entry_id,
            ApprovalParts(
                approval_id=approval_id,
                approved_version=version if state is ApprovalState.APPROVED else None,
                stamps=stamps.get(approval_id, ()),
                notes=notes.get(approval_id, ()),
            ),
        )
        for approval_id, entry_id, state, version in rows
    )


def _instructions(session: Session, ids: Subquery) -> dict[UUID, list[InstructionRow]]:
    """What supervisors asked for about these entries, the oldest first, with the answers."""
    t, words, giver = Todo, TodoText, aliased(Staff)
    rows = session.execute(
        select(
            *(EntryRecord.id, t.due_on, t.created_at, t.closed_at),
            *(words.text, words.reply, giver.name, Staff.name),
        )
        .join(EntryRecord, EntryRecord.id == t.origin_id)
        .join(ids, ids.c.id == EntryRecord.id)
        .join(words, words.todo_id == t.id)
        .join(giver, giver.id == t.created_by)
        .join(Staff, Staff.id == t.owner_id)
        .where(t.origin == TodoOrigin.INSTRUCTION, t.household_id == EntryRecord.household_id)
        .order_by(t.created_at, t.id)
    )
    return _grouped(
        (
            entry_id,
            InstructionRow(
                text=text,
                due_on=due_on,
                given_by=given_by,
                given_on=japan_day(created_at),
                to=to,
                reply=reply,
                replied_on=japan_day(closed_at) if closed_at else None,
            ),
        )
        for entry_id, due_on, created_at, closed_at, text, reply, given_by, to in rows
    )


def _stamps(session: Session, ids: Subquery) -> dict[UUID, list[StampRow]]:
    s = ApprovalStep
    rows = session.execute(
        select(s.approval_id, s.position, s.state, s.decided_at, Staff.name)
        .join(Approval, Approval.id == s.approval_id)
        .join(ids, ids.c.id == Approval.subject_id)
        .join(Staff, Staff.id == s.decided_by)
        .where(Approval.subject_kind == "entry", s.decided_at.is_not(None))
        .order_by(s.approval_id, s.number)
    )
    return _grouped(
        (
            approval_id,
            StampRow(position=position, name=name, at=at, note=_STAMP_NOTES.get(state, "")),
        )
        for approval_id, position, state, at, name in rows
        if at is not None
    )


def _version_shown(shown: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(EntryVersion.entry_id == EntryRecord.id, EntryVersion.version == shown)


def _contact_id() -> ColumnElement[UUID | None]:
    return first_of(EntryVersion.contact_id, EntryRecord.contact_id)


def first_of(column: SQLColumnExpression[Any], other: SQLColumnExpression[T]) -> ColumnElement[T]:
    """What COALESCE says, for use in joins behind row policies.

    PostgreSQL 15 does not know COALESCE as leak-proof: a join on it may not use an index before the policy
    of the joined table was asked for every row. CASE it knows.
    """
    return case((column.is_not(None), column), else_=other)


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
