"""What stands beside the visits of a month: the caseworker's half-days, who goes along, what the year has otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.joint_bookings import JOINT_LABEL, JointKind
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_month import HalfLoad, YearDifference
from desktop.domain.visit_plans import PlannedVisit
from desktop.domain.working_time import HalfDay
from desktop.services.masters import lookup_visits
from desktop.services.visit_plans.visiting_time import visiting_time
from desktop.services.working_time.bookings import bookings

#: Household, day and half → who goes along.
Partners = dict[tuple[UUID, HalfDay], tuple[str, ...]]


def half_loads(
    session: Session,
    staff: SignedInStaff,
    district_id: UUID,
    days: tuple[date, date],
    visits: Iterable[PlannedVisit],
    today: date,
) -> tuple[HalfLoad, ...]:
    """The half-days between two days in which the district's caseworker visits, and how full they are."""
    first, last = days
    time = visiting_time(session, staff.office_id, district_id, first, last, today)
    counted = Counter[HalfDay]()
    minutes = Counter[HalfDay]()
    for visit in visits:
        if visit.day is not None and visit.half is not None:
            at = HalfDay(day=visit.day, half=visit.half)
            counted[at] += 1
            minutes[at] += visit.minutes
    return tuple(
        HalfLoad(
            day=slot.day,
            half=slot.half,
            visits=counted[slot.at],
            minutes=minutes[slot.at],
            capacity_minutes=slot.minutes,
        )
        for slot in time.slots
    )


def partners_between(
    session: Session, staff: SignedInStaff, first: date, last: date, today: date
) -> Partners:
    """Who and which car is booked for whose visit in which half-day."""
    found = defaultdict[tuple[UUID, HalfDay], list[str]](list)
    made = bookings(session, staff.office_id, first, last)
    cars = lookup_visits.vehicles(session, staff.office_id, today) if made else {}
    for booking in made:
        if booking.household_id is None:
            continue
        at = HalfDay(day=booking.day, half=booking.half)
        is_car = booking.kind is JointKind.VEHICLE
        who = cars.get(booking.vehicle, booking.vehicle) if is_car else booking.partner
        found[booking.household_id, at].append(f"{JOINT_LABEL[booking.kind]} {who}".strip())
    return {key: tuple(names) for key, names in found.items()}


def difference_from_year(
    own: Sequence[PlannedVisit], of_year: Sequence[PlannedVisit], month: date
) -> YearDifference:
    """Visits that only the year's plan, and visits that only the month's plan has in the month."""
    in_year = {visit.visit_id: visit for visit in of_year if visit.month == month}
    known = {visit.visit_id for visit in own}
    return YearDifference(
        missing=tuple(v for key, v in in_year.items() if key not in known),
        more=tuple(v for v in own if v.is_planned and v.visit_id not in in_year),
    )
