"""Handovers where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from desktop.database.handing_over_followed import follow, take_back, take_list, was_acted_on
from desktop.domain import handovers as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.handovers import HandoverSide, Move
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Permission, Role
from desktop.models.handovers import HandoverFault, HandoverHousehold, HandoverRecord
from desktop.models.office import Assignment, District, Staff, StaffAbsence, StaffRole

_DAY = timedelta(days=1)


def hand_over(
    session: Session, staff: SignedInStaff, batch_id: UUID, move: Move, day: date, at: datetime
) -> int:
    """Hand one district over from a day on."""
    stored = session.get(HandoverRecord, move.handover_id)
    if stored is not None and stored.batch_id == batch_id and stored.undone_at is None:
        return len(_household_ids(session, stored.id))
    _check(session, staff, move, day, japan_day(at))
    old = _present(session, move, day)
    if old is not None:
        former_until, old.valid_to = old.valid_to, day - _DAY
    else:
        former_until = None
    key = {"office_id": staff.office_id, "district_id": move.district_id}
    session.add(
        Assignment(
            id=new_id(),
            **key,
            staff_id=move.to_id,
            kind=AssignmentKind.MAIN,
            valid_from=day,
            valid_to=None,
        )
    )
    made = HandoverRecord(
        id=move.handover_id,
        **key,
        batch_id=batch_id,
        from_id=None if old is None else old.staff_id,
        to_id=move.to_id,
        effective_on=day,
        former_until=former_until,
        made_by=staff.staff_id,
        made_at=at,
    )
    session.add(made)
    session.flush()
    take_list(session, made)
    if day <= japan_day(at):
        follow(session, made, at)
    return len(_household_ids(session, made.id))


def undo(session: Session, staff: SignedInStaff, handover_id: UUID, at: datetime) -> int:
    """Take a handover back."""
    made, today = _at_hand(session, handover_id, staff), japan_day(at)
    _leads(staff, made.district_id)
    if made.from_id == staff.staff_id:
        raise NotPermittedError(rules.NOT_TO_YOURSELF)
    mains = session.scalars(
        select(Assignment).where(
            Assignment.district_id == made.district_id, Assignment.kind == AssignmentKind.MAIN
        )
    ).all()
    new = [
        a
        for a in mains
        if (a.staff_id, a.valid_from, a.valid_to) == (made.to_id, made.effective_on, None)
    ]
    if not new or any(a.valid_from > made.effective_on for a in mains):
        raise ConflictError(rules.UNDO_CHANGED)
    if today > rules.undo_until(made.effective_on):
        raise ConflictError(rules.UNDO_TOO_LATE)
    if was_acted_on(session, made):
        raise ConflictError(rules.UNDO_ACTED)
    _restore(session, made, new[0], mains, today)
    take_back(session, made)
    made.undone_by, made.undone_at = staff.staff_id, at
    session.flush()
    return len(_household_ids(session, made.id))


def confirm(
    session: Session,
    staff: SignedInStaff,
    handover_id: UUID,
    household_ids: Collection[UUID],
    side: HandoverSide,
    at: datetime,
) -> int:
    """Confirm households on one side."""
    made, today = _at_hand(session, handover_id, staff), japan_day(at)
    whose = made.from_id if side is HandoverSide.GIVEN else made.to_id
    if whose not in _acting_for(session, staff, today) or not staff.may(Permission.WRITE_RECORDS):
        raise NotPermittedError(rules.NOT_YOUR_SIDE)
    if side is HandoverSide.TAKEN and made.effective_on > today:
        raise ConflictError(rules.NOT_YET)
    of = HandoverHousehold
    column = of.given_at if side is HandoverSide.GIVEN else of.taken_at
    rows = session.scalars(
        select(of).where(
            of.handover_id == made.id, of.household_id.in_(household_ids), column.is_(None)
        )
    ).all()
    for row in rows:
        if side is HandoverSide.GIVEN:
            row.given_by, row.given_at = staff.staff_id, at
        else:
            row.taken_by, row.taken_at = staff.staff_id, at
    session.flush()
    return len(rows)


def take_faults(
    session: Session,
    staff: SignedInStaff,
    handover_id: UUID,
    found: Collection[tuple[UUID, str]],
    at: datetime,
) -> int:
    """Keep what the radar found, once."""
    made = _at_hand(session, handover_id, staff)
    _leads(staff, made.district_id)
    if made.checked_at is not None:
        raise ConflictError(rules.CHECKED)
    if made.effective_on > japan_day(at):
        raise ConflictError(rules.CHECK_NOT_YET)
    own = _household_ids(session, made.id)
    kept = {(household_id, rule) for household_id, rule in found if household_id in own}
    for household_id, rule in sorted(kept, key=str):
        session.add(
            HandoverFault(
                office_id=made.office_id,
                handover_id=made.id,
                household_id=household_id,
                rule=rule,
            )
        )
    made.checked_by, made.checked_at = staff.staff_id, at
    session.flush()
    return len(kept)


def tick(session: Session, staff: SignedInStaff, fault_id: UUID, at: datetime) -> int:
    """Tick a fault off."""
    fault = session.get(HandoverFault, fault_id)
    made = _at_hand(session, fault.handover_id if fault else None, staff)
    may = staff.may(Permission.WRITE_RECORDS)
    is_theirs = may and made.to_id in _acting_for(session, staff, japan_day(at))
    if not is_theirs and not _is_leading(staff, made.district_id):
        raise NotPermittedError(rules.NOT_YOURS_TO_TICK)
    if fault is None or fault.ticked_at is not None:
        return 0
    fault.ticked_by, fault.ticked_at = staff.staff_id, at
    session.flush()
    return 1


def follow_due(session: Session, staff: SignedInStaff, at: datetime) -> None:
    """Let to-dos and papers follow where the day has come."""
    due = select(HandoverRecord).where(
        HandoverRecord.office_id == staff.office_id,
        HandoverRecord.settled_at.is_(None),
        HandoverRecord.undone_at.is_(None),
        HandoverRecord.effective_on <= japan_day(at),
    )
    for made in session.scalars(due.order_by(HandoverRecord.effective_on, HandoverRecord.id)):
        follow(session, made, at)


def _check(session: Session, staff: SignedInStaff, move: Move, day: date, today: date) -> None:
    district = session.get(District, move.district_id)
    if district is None or district.office_id != staff.office_id:
        raise NotPermittedError(rules.NOT_YOURS)
    _leads(staff, move.district_id)
    if move.to_id == staff.staff_id:
        raise NotPermittedError(rules.NOT_TO_YOURSELF)
    if not today <= day <= today + timedelta(days=rules.MOST_DAYS_AHEAD):
        raise ValidationError(effective_on=rules.BAD_DAY)
    if not session.scalar(select(_is_caseworker(staff.office_id, move.to_id, day))):
        raise ValidationError(to_id=rules.NO_CASEWORKER)


def _present(session: Session, move: Move, day: date) -> Assignment | None:
    """The district's main assignment on the day, as it was shown. Refused where another begins then or later."""
    mains = session.scalars(
        select(Assignment)
        .where(Assignment.district_id == move.district_id, Assignment.kind == AssignmentKind.MAIN)
        .order_by(Assignment.valid_from.desc())
    ).all()
    if any(a.valid_from > day for a in mains):
        raise ConflictError(rules.ANOTHER_BEGINS)
    old = next((a for a in mains if a.valid_to is None or a.valid_to >= day), None)
    if (old.staff_id if old else None) != move.shown_from_id:
        raise ConflictError(rules.OTHER_CASEWORKER)
    if old is not None and old.staff_id == move.to_id:
        raise ValidationError(to_id=rules.SAME_PERSON)
    if old is not None and old.valid_from == day:
        raise ConflictError(rules.ANOTHER_BEGINS)
    return old


def _restore(
    session: Session,
    made: HandoverRecord,
    new: Assignment,
    mains: Collection[Assignment],
    today: date,
) -> None:
    """The assignments as they were; days that were worked stay as they were worked."""
    if today <= made.effective_on:
        session.delete(new)
        for a in mains:
            if a.staff_id == made.from_id and a.valid_to == made.effective_on - _DAY:
                a.valid_to = made.former_until
        return
    new.valid_to = today - _DAY
    still = made.former_until is None or made.former_until >= today
    if made.from_id is not None and still:
        session.add(
            Assignment(
                office_id=made.office_id,
                district_id=made.district_id,
                staff_id=made.from_id,
                kind=AssignmentKind.MAIN,
                valid_from=today,
                valid_to=made.former_until,
            )
        )


def _at_hand(session: Session, handover_id: UUID | None, staff: SignedInStaff) -> HandoverRecord:
    made = None if handover_id is None else session.get(HandoverRecord, handover_id)
    if made is None or made.office_id != staff.office_id:
        raise NotPermittedError(rules.NOT_FOUND)
    if made.undone_at is not None:
        raise ConflictError(rules.UNDONE)
    return made


def _is_leading(staff: SignedInStaff, district_id: UUID) -> bool:
    return staff.may(Permission.DECIDE_APPROVALS) and bool(staff.positions_in(district_id))


def _leads(staff: SignedInStaff, district_id: UUID) -> None:
    if not _is_leading(staff, district_id):
        raise NotPermittedError(rules.NOT_YOURS)


def _acting_for(session: Session, staff: SignedInStaff, today: date) -> set[UUID]:
    absent = select(StaffAbsence.staff_id).where(
        StaffAbsence.substitute_id == staff.staff_id,
        StaffAbsence.valid_from <= today,
        or_(StaffAbsence.valid_to.is_(None), StaffAbsence.valid_to >= today),
    )
    return {staff.staff_id, *session.scalars(absent)}


def _is_caseworker(office_id: UUID, staff_id: UUID, day: date) -> ColumnElement[bool]:
    return exists().where(
        Staff.id == staff_id,
        Staff.office_id == office_id,
        Staff.active_from <= day,
        or_(Staff.active_to.is_(None), Staff.active_to >= day),
        StaffRole.staff_id == Staff.id,
        StaffRole.role == Role.CASEWORKER,
        StaffRole.valid_from <= day,
        or_(StaffRole.valid_to.is_(None), StaffRole.valid_to >= day),
    )


def _household_ids(session: Session, handover_id: UUID) -> set[UUID]:
    return set(
        session.scalars(
            select(HandoverHousehold.household_id).where(
                HandoverHousehold.handover_id == handover_id
            )
        )
    )
