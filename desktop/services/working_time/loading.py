"""The half-days of staff in a period, read in few statements: for one person's screen or for the planner of an office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.working_time import (
    Away,
    AwayKind,
    AwayRow,
    HalfDay,
    StaffTime,
    WeeklyMinutes,
    WorkingTime,
    office_days,
    slots,
)
from desktop.models.office import Staff, StaffAbsence
from desktop.models.working_time import JointBooking, WorkingAbsence, WorkingHalfDay, WorkingWeek
from desktop.services.masters.lookup_visits import office_time


def working_times(
    session: Session,
    office_id: UUID,
    staff_ids: Collection[UUID],
    first: date,
    last: date,
    on: date,
) -> dict[UUID, WorkingTime]:
    """Person → half-days of a period, by the office data of a day. Five statements for any number of people."""
    office = office_time(session, office_id, on)
    weeks = weeks_of(session, staff_ids)
    entered = aways_of(session, staff_ids, first, last)
    gone = long_absences(session, staff_ids, first, last)
    booked = booked_of(session, staff_ids, first, last)
    return {
        staff_id: slots(
            weeks.get(staff_id, ()),
            [*(row.away for row in entered.get(staff_id, ())), *gone.get(staff_id, ())],
            office,
            first,
            last,
            booked.get(staff_id, frozenset()),
        )
        for staff_id in staff_ids
    }


def staff_time(
    session: Session, staff: SignedInStaff, staff_id: UUID, first: date, last: date, today: date
) -> StaffTime:
    """Everything about one person's half-days, for the screen."""
    office = office_time(session, staff.office_id, today)
    week = weeks_of(session, [staff_id]).get(staff_id, ())
    aways = aways_of(session, [staff_id], first, last).get(staff_id, ())
    gone = long_absences(session, [staff_id], first, last).get(staff_id, ())
    booked = booked_of(session, [staff_id], first, last).get(staff_id, frozenset())
    every = [*(row.away for row in aways), *gone]
    return StaffTime(
        staff_id=staff_id,
        first=first,
        last=last,
        week=week,
        away=aways,
        time=slots(week, every, office, first, last, booked),
        closed=office_days(office, first, last),
        standard=office.standard,
    )


def weeks_of(
    session: Session, staff_ids: Collection[UUID]
) -> Mapping[UUID, tuple[WeeklyMinutes, ...]]:
    """Person → all that was ever said of the week, the oldest first; of one day the last word stands last."""
    w, h = WorkingWeek, WorkingHalfDay
    found: dict[UUID, list[WeeklyMinutes]] = defaultdict(list)
    rows = session.execute(
        select(w.staff_id, w.valid_from, h.weekday, h.half, h.minutes)
        .join(h, h.week_id == w.id)
        .where(w.staff_id.in_(staff_ids))
        .order_by(w.valid_from, w.set_at, w.id)
    )
    for staff_id, valid_from, weekday, half, minutes in rows:
        row = WeeklyMinutes(weekday=weekday, half=half, minutes=minutes, valid_from=valid_from)
        found[staff_id].append(row)
    return {staff_id: tuple(each) for staff_id, each in found.items()}


def aways_of(
    session: Session, staff_ids: Collection[UUID], first: date, last: date
) -> Mapping[UUID, tuple[AwayRow, ...]]:
    """Person → absences and duty that touch the period, by their first day; what was struck is gone."""
    a = WorkingAbsence
    found: dict[UUID, list[AwayRow]] = defaultdict(list)
    rows = session.execute(
        select(a, Staff.name)
        .join(Staff, Staff.id == a.entered_by)
        .where(
            a.staff_id.in_(staff_ids),
            a.struck_at.is_(None),
            a.first_on <= last,
            or_(a.last_on.is_(None), a.last_on >= first),
        )
        .order_by(a.first_on, a.entered_at, a.id)
    )
    for row, name in rows:
        away = Away(
            away_id=row.id,
            kind=row.kind,
            first_on=row.first_on,
            last_on=row.last_on,
            half=row.half,
            weekday=row.weekday,
            every_weeks=row.every_weeks,
        )
        line = AwayRow(away=away, entered_by=name, entered_at=row.entered_at)
        found[row.staff_id].append(line)
    return {staff_id: tuple(each) for staff_id, each in found.items()}


def long_absences(
    session: Session, staff_ids: Collection[UUID], first: date, last: date
) -> Mapping[UUID, tuple[Away, ...]]:
    """Person → longer absences (休職・長期休暇) of the office's own register, which nobody strikes here."""
    a = StaffAbsence
    found: dict[UUID, list[Away]] = defaultdict(list)
    rows = session.execute(
        select(a.staff_id, a.valid_from, a.valid_to).where(
            a.staff_id.in_(staff_ids),
            a.valid_from <= last,
            or_(a.valid_to.is_(None), a.valid_to >= first),
        )
    )
    for staff_id, since, until in rows:
        found[staff_id].append(Away(kind=AwayKind.LEAVE, first_on=since, last_on=until))
    return {staff_id: tuple(each) for staff_id, each in found.items()}


def booked_of(
    session: Session, staff_ids: Collection[UUID], first: date, last: date
) -> Mapping[UUID, frozenset[HalfDay]]:
    """Person → half-days in which he or she goes along somewhere."""
    b = JointBooking
    found: dict[UUID, set[HalfDay]] = defaultdict(set)
    rows = session.execute(
        select(b.partner_id, b.day, b.half).where(
            b.partner_id.in_(staff_ids), b.cancelled_at.is_(None), b.day.between(first, last)
        )
    )
    for partner_id, day, half in rows:
        if partner_id is not None:
            found[partner_id].add(HalfDay(day=day, half=half))
    return {staff_id: frozenset(days) for staff_id, days in found.items()}
