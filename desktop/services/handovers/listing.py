"""Handovers as they are listed, with how far each has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.database.handing_over_followed import was_acted_on
from desktop.domain import handovers as rules
from desktop.domain.handovers import HandoverRow, HandoverSide
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.domain.roles import Permission
from desktop.models.handovers import HandoverFault, HandoverHousehold, HandoverRecord
from desktop.models.office import District, Staff, StaffAbsence
from desktop.models.records import Contact, ContactStaff, EntryRecord
from desktop.services.periods import holds_on
from desktop.services.todos.left_behind import left_behind

#: Handovers whose day lies longer ago than this many days are history and are not listed.
LISTED_DAYS = 400


def listed(
    session: Session, staff: SignedInStaff, today: date, earliest: date
) -> tuple[HandoverRow, ...]:
    """Those that the person leads or takes part in, the next day first, then by district."""
    h, of_from, of_to, by = HandoverRecord, aliased(Staff), aliased(Staff), aliased(Staff)
    found = session.execute(
        select(h, District, of_from.name, of_to.name, by.name)
        .join(District, District.id == h.district_id)
        .outerjoin(of_from, of_from.id == h.from_id)
        .join(of_to, of_to.id == h.to_id)
        .join(by, by.id == h.made_by)
        .where(h.office_id == staff.office_id, h.effective_on >= earliest)
        .order_by(h.effective_on.desc(), District.code, h.made_at.desc())
    ).all()
    acting = acting_for(session, staff, today)
    own = [
        row
        for row in found
        if leads(staff, row[0].district_id) or takes_part(staff, row[0], acting)
    ]
    counts = _counts(session, [row[0].id for row in own])
    rows = [
        replace(_row(session, staff, today, counts[row[0].id], row), side=side_of(row[0], acting))
        for row in own
    ]
    return tuple(replace(row, returned=_returned(session, row, today)) for row in rows)


def _returned(session: Session, row: HandoverRow, today: date) -> int:
    """What came back to predecessors, for who took the district over; 0 for all others."""
    if row.side is not HandoverSide.TAKEN or row.is_undone or not row.has_begun(today):
        return 0
    return sum(1 for _ in left_behind(session, {row.district_id}, today))


def side_of(made: HandoverRecord, acting: Collection[UUID]) -> HandoverSide | None:
    """On which side somebody confirms who acts for these people."""
    if made.to_id in acting:
        return HandoverSide.TAKEN
    return HandoverSide.GIVEN if made.from_id in acting else None


def acting_for(session: Session, staff: SignedInStaff, today: date) -> frozenset[UUID]:
    """The person, and those absent whom the person stands in for."""
    absent = select(StaffAbsence.staff_id).where(
        StaffAbsence.substitute_id == staff.staff_id, holds_on(StaffAbsence, today)
    )
    return frozenset({staff.staff_id, *session.scalars(absent)})


def leads(staff: SignedInStaff, district_id: UUID) -> bool:
    """Whether the person holds a position that decides about the district."""
    return staff.may(Permission.DECIDE_APPROVALS) and bool(staff.positions_in(district_id))


def takes_part(staff: SignedInStaff, made: HandoverRecord, acting: Collection[UUID]) -> bool:
    """Whether the person is one of both or acts for one, or looks after the district."""
    return side_of(made, acting) is not None or made.district_id in staff.district_ids


def first_contact(handover: type[HandoverRecord] = HandoverRecord) -> Select[*tuple[Any, ...]]:
    """Handover, household and day of the first contact that the new caseworker made since the day of the handover."""
    c, s, e = Contact, ContactStaff, EntryRecord
    went = exists().where(s.contact_id == c.id, s.staff_id == handover.to_id).correlate(c, handover)
    return (
        select(HandoverHousehold.handover_id, c.household_id, func.min(c.happened_on))
        .join(handover, handover.id == HandoverHousehold.handover_id)
        .join(c, c.household_id == HandoverHousehold.household_id)
        .join(e, and_(e.contact_id == c.id, e.household_id == c.household_id))
        .where(
            or_(e.author_id == handover.to_id, went),
            c.happened_on >= handover.effective_on,
            c.is_absence.is_(False),
            e.state != EntryState.DRAFT,
            e.is_annulled.is_(False),
        )
        .group_by(HandoverHousehold.handover_id, c.household_id)
    )


def _counts(session: Session, ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    wanted = list(ids)
    counts: dict[UUID, dict[str, int]] = {handover_id: {} for handover_id in wanted}
    if not wanted:
        return counts
    h, f = HandoverHousehold, HandoverFault
    for handover_id, *numbers in session.execute(
        select(h.handover_id, func.count(), func.count(h.given_at), func.count(h.taken_at))
        .where(h.handover_id.in_(wanted))
        .group_by(h.handover_id)
    ):
        counts[handover_id] |= dict(zip(("households", "given", "taken"), numbers, strict=True))
    for handover_id, *numbers in session.execute(
        select(f.handover_id, func.count(), func.count(f.ticked_at))
        .where(f.handover_id.in_(wanted))
        .group_by(f.handover_id)
    ):
        counts[handover_id] |= dict(zip(("faults", "closed_faults"), numbers, strict=True))
    made = first_contact().where(HandoverHousehold.handover_id.in_(wanted)).subquery()
    for handover_id, contacted in session.execute(
        select(made.c.handover_id, func.count()).group_by(made.c.handover_id)
    ):
        counts[handover_id]["contacted"] = contacted
    return counts


def _row(
    session: Session,
    staff: SignedInStaff,
    today: date,
    count: dict[str, int],
    found: Row[HandoverRecord, District, str, str, str],
) -> HandoverRow:
    made, district, from_name, to_name, by_name = found
    return HandoverRow(
        handover_id=made.id,
        batch_id=made.batch_id,
        district_id=made.district_id,
        district=f"{district.code}　{district.name}",
        from_id=made.from_id,
        from_name=from_name or "",
        to_id=made.to_id,
        to_name=to_name,
        effective_on=made.effective_on,
        made_by=by_name,
        made_at=made.made_at,
        undone_at=made.undone_at,
        checked_at=made.checked_at,
        households=count.get("households", 0),
        given=count.get("given", 0),
        taken=count.get("taken", 0),
        contacted=count.get("contacted", 0),
        faults=count.get("faults", 0),
        closed_faults=count.get("closed_faults", 0),
        can_lead=leads(staff, made.district_id),
        undo_refusal=_why_not(session, staff, made, today),
    )


def _why_not(session: Session, staff: SignedInStaff, made: HandoverRecord, today: date) -> str:
    """Why this person cannot take it back now; the database judges again."""
    if made.undone_at is not None:
        return rules.UNDONE
    if not leads(staff, made.district_id):
        return rules.NOT_YOURS
    if today > rules.undo_until(made.effective_on):
        return rules.UNDO_TOO_LATE
    if _was_followed_by_another(session, made):
        return rules.UNDO_CHANGED
    return rules.UNDO_ACTED if was_acted_on(session, made) else ""


def _was_followed_by_another(session: Session, made: HandoverRecord) -> bool:
    later: ColumnElement[bool] = or_(
        HandoverRecord.effective_on > made.effective_on, HandoverRecord.made_at > made.made_at
    )
    another = exists().where(
        HandoverRecord.district_id == made.district_id,
        HandoverRecord.undone_at.is_(None),
        HandoverRecord.id != made.id,
        later,
    )
    return bool(session.scalar(select(another)))
