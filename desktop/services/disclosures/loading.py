"""Disclosure requests as dataclasses. The caller of what reads content holds a ticket for the household."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.disclosures import DisclosureRow, LeftOut, MoveRow
from desktop.domain.disclosures_marks import Mark, PartKey
from desktop.domain.office import SignedInStaff
from desktop.domain.records import Entry, EntryState
from desktop.models.disclosures import Disclosure, DisclosureMark, DisclosureMoveRow
from desktop.models.households import Household, Member
from desktop.models.office import Staff
from desktop.models.records import EntryRecord
from desktop.services.households.identity import identities
from desktop.services.records.loading import load_entries


def requests(
    session: Session, staff: SignedInStaff, today: date, where: ColumnElement[bool]
) -> tuple[DisclosureRow, ...]:
    """Requests that match and that the person sees, the newest number first."""
    prepared, reviewed = aliased(Staff), aliased(Staff)
    d = Disclosure
    found = session.execute(
        select(d, Household.district_id, prepared.name, func.coalesce(reviewed.name, ""))
        .join(Household, Household.id == d.household_id)
        .join(prepared, prepared.id == d.prepared_by)
        .outerjoin(reviewed, reviewed.id == d.reviewed_by)
        .where(d.office_id == staff.office_id, where)
        .order_by(d.fiscal_year.desc(), d.number.desc())
    ).all()
    near = [row for row in found if staff.has_duty_for(row[0].household_id, row[1])]
    bars = identities(session, staff, {row[0].household_id for row in near}, today) if near else {}
    return tuple(
        DisclosureRow(
            disclosure_id=request.id,
            household_id=request.household_id,
            fiscal_year=request.fiscal_year,
            number=request.number,
            case_number=bars[request.household_id].case_number,
            head_name=bars[request.household_id].head_name,
            district_code=bars[request.household_id].district_code,
            requester=request.requester,
            asked_on=request.asked_on,
            records_from=request.records_from,
            records_to=request.records_to,
            due_on=request.due_on,
            state=request.state,
            prepared_by_id=request.prepared_by,
            prepared_by=prepared_by,
            reviewed_by=reviewed_by,
            closed_at=request.closed_at,
        )
        for request, _, prepared_by, reviewed_by in near
    )


def entries_of(
    session: Session, staff: SignedInStaff, request: Disclosure, today: date
) -> tuple[Entry, ...]:
    """The entries of the copy in their valid versions, oldest first."""
    e = EntryRecord
    where = (*_of_period(request), e.approved_version.is_not(None), e.is_annulled.is_(False))
    return load_entries(session, staff, _all(where), today=today)


def left_out(
    session: Session, request: Disclosure, entries: tuple[Entry, ...], today: date
) -> LeftOut:
    """How much of the period is not in the copy."""
    e = EntryRecord
    waiting = (EntryState.SUBMITTED, EntryState.RETURNED)
    annulled = (e.approved_version.is_not(None), e.is_annulled.is_(True))
    unapproved = (e.approved_version.is_(None), e.state.in_(waiting))

    def count(*where: ColumnElement[bool]) -> int:
        found = select(func.count()).select_from(e).where(*_of_period(request), *where)
        return session.scalar(found) or 0

    return LeftOut(
        annulled=count(*annulled),
        unapproved=count(*unapproved),
        replaced=sum(len(entry.replaced) for entry in entries),
        is_head_blank=_head_of(session, request.household_id, today) != request.person_id,
    )


def _head_of(session: Session, household_id: UUID, today: date) -> UUID | None:
    """The head whose name the heading of the record gives."""
    heads = select(Member.person_id).where(
        Member.household_id == household_id, Member.is_head, Member.valid_from <= today
    )
    return session.scalar(heads.order_by(Member.valid_from.desc()).limit(1))


def marks_of(session: Session, disclosure_id: UUID) -> tuple[Mark, ...]:
    """The decisions that stand, in the order in which they were made."""
    m = DisclosureMark
    rows = session.execute(
        select(m, Staff.name)
        .join(Staff, Staff.id == m.made_by)
        .where(m.disclosure_id == disclosure_id, m.lifted_at.is_(None))
        .order_by(m.made_at, m.id)
    )
    return tuple(
        Mark(
            mark_id=row.id,
            key=PartKey(
                entry_id=row.entry_id,
                version=row.version,
                part=row.part,
                segment_id=row.segment_id,
            ),
            verdict=row.verdict,
            reason=row.reason,
            start=row.start_at,
            end=row.end_at,
            note=row.note,
            made_by=name,
            made_at=row.made_at,
        )
        for row, name in rows
    )


def moves_of(session: Session, disclosure_id: UUID) -> tuple[MoveRow, ...]:
    """What was done with a request, oldest first."""
    v = DisclosureMoveRow
    rows = session.execute(
        select(v.move, Staff.name, v.at, v.reason)
        .join(Staff, Staff.id == v.by_id)
        .where(v.disclosure_id == disclosure_id)
        .order_by(v.number)
    )
    return tuple(
        MoveRow(move=move, by=name, at=at, reason=reason) for move, name, at, reason in rows
    )


def _of_period(request: Disclosure) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        EntryRecord.household_id == request.household_id,
        EntryRecord.event_on.between(request.records_from, request.records_to),
    )


def _all(conditions: tuple[ColumnElement[bool], ...]) -> ColumnElement[bool]:
    first, *others = conditions
    for condition in others:
        first &= condition
    return first
