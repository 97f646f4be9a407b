"""Who goes along with whose visits and when they can, and which half-days are fixed: read for the planner of a district.

A partner is somebody or something that the whole office shares: a supporter, a nurse, a second person, a car. What others booked or
hold by their plans is taken; what the own district holds is its own to move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.visited_half_days import visited_half_days
from desktop.domain.households import SafetyMarkKind
from desktop.domain.joint_bookings import JointKind
from desktop.domain.visit_preferences import VisitPreference
from desktop.domain.working_time import BOOKED, HalfDay, WorkingTime
from desktop.models.households import Household, SafetyMark
from desktop.models.office import District
from desktop.models.working_time import (
    JointBooking,
    JointBookingHousehold,
    JointRule,
    VisitAppointment,
)
from desktop.planning.demand_fixing import Appointment, Companion
from desktop.planning.problem import Partner
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.visit_plans.planner_data import half_day
from desktop.services.visit_plans.visiting_time import caseworker_of
from desktop.services.working_time.loading import working_times

_CAR, _SECOND = "vehicle:", "second:"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointInputs:
    """What the planner is told. `without_second`: households that two people visit, of which nobody said who the second is."""

    companions: Mapping[UUID, tuple[Companion, ...]]
    appointments: Mapping[UUID, tuple[Appointment, ...]]
    partners: tuple[Partner, ...]
    without_second: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    office_id: UUID
    district_id: UUID
    staff_id: UUID | None
    first: date
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class _Booked:
    """Bookings of the office: partner's code → half-days of others, and of the own district."""

    by_others: Mapping[str, set[HalfDay]]
    own: Mapping[str, set[HalfDay]]


def partner_code(partner_id: UUID | None, vehicle: str | None) -> str:
    """A partner in the planner's words: the key of a person, or of a car."""
    return f"{_CAR}{vehicle}" if partner_id is None else str(partner_id)


def partner_of(code: str) -> tuple[UUID | None, str | None] | None:
    """The person or the car of a code; None for a second person whom nobody named yet."""
    if code.startswith(_SECOND):
        return None
    return (None, code.removeprefix(_CAR)) if code.startswith(_CAR) else (UUID(code), None)


def joint_inputs(
    session: Session,
    district: District,
    staff_id: UUID | None,
    households: Collection[UUID],
    liked: Mapping[UUID, VisitPreference],
    time: WorkingTime,
    *,
    first: date,
    last: date,
    today: date,
) -> JointInputs:
    """Rules, safety, bookings and fixed half-days of a district's households, and when the partners are free."""
    asked = _Asked(
        office_id=district.office_id,
        district_id=district.id,
        staff_id=staff_id,
        first=first,
        last=last,
        today=today,
    )
    companions = _rules(session, asked)
    second = f"{_SECOND}{district.code}"
    alone = _needs_two(session, households, liked, today) - _with_second(session, asked)
    for household_id in alone:
        companions[household_id].append(Companion(partner=second))
    appointments = _appointments(session, asked)
    codes = {c.partner for each in companions.values() for c in each}
    codes |= {code for each in appointments.values() for a in each for code in a.partners}
    return JointInputs(
        companions={household_id: tuple(each) for household_id, each in companions.items()},
        appointments={household_id: tuple(each) for household_id, each in appointments.items()},
        partners=_free(session, asked, codes, second, time),
        without_second=len(alone),
    )


def _rules(session: Session, asked: _Asked) -> defaultdict[UUID, list[Companion]]:
    """Household → who goes along by a rule. Nobody goes along with himself."""
    found = defaultdict[UUID, list[Companion]](list)
    for rule in session.scalars(
        select(JointRule)
        .join(Household, Household.id == JointRule.household_id)
        .where(Household.district_id == asked.district_id, JointRule.ended_at.is_(None))
        .order_by(JointRule.set_at, JointRule.id)
    ):
        if rule.partner_id is None or rule.partner_id != asked.staff_id:
            code = partner_code(rule.partner_id, rule.vehicle)
            found[rule.household_id].append(Companion(partner=code, every=rule.every))
    return found


def always_along(session: Session, district_id: UUID, today: date) -> dict[UUID, tuple[str, ...]]:
    """Household of the district → who goes along every time with its caseworker."""
    found = defaultdict[UUID, list[str]](list)
    own = caseworker_of(session, district_id, today)
    for rule in session.scalars(
        select(JointRule)
        .join(Household, Household.id == JointRule.household_id)
        .where(
            Household.district_id == district_id, JointRule.ended_at.is_(None), JointRule.every == 1
        )
        .order_by(JointRule.set_at, JointRule.id)
    ):
        if rule.partner_id is None or rule.partner_id != own:
            found[rule.household_id].append(partner_code(rule.partner_id, rule.vehicle))
    return {household_id: tuple(codes) for household_id, codes in found.items()}


def _with_second(session: Session, asked: _Asked) -> set[UUID]:
    """Households of which somebody said that a colleague goes along every time."""
    r = JointRule
    return {
        household_id
        for household_id, partner_id in session.execute(
            select(r.household_id, r.partner_id)
            .join(Household, Household.id == r.household_id)
            .where(
                Household.district_id == asked.district_id,
                r.ended_at.is_(None),
                r.kind != JointKind.VEHICLE,
                r.every == 1,
            )
        )
        if partner_id != asked.staff_id
    }


def _needs_two(
    session: Session,
    households: Collection[UUID],
    liked: Mapping[UUID, VisitPreference],
    today: date,
) -> set[UUID]:
    """Households that two people visit: the caseworker said so, or a safety mark does."""
    marked = session.scalars(
        select(SafetyMark.household_id).where(
            SafetyMark.household_id.in_(households),
            SafetyMark.kind == SafetyMarkKind.VISIT_IN_PAIRS,
            holds_on(SafetyMark, today),
        )
    )
    return set(marked) | {household_id for household_id, one in liked.items() if one.needs_two}


def _appointments(session: Session, asked: _Asked) -> dict[UUID, list[Appointment]]:
    """Household → fixed half-days: what was agreed, and what somebody booked for it."""
    found: dict[UUID, dict[HalfDay, Appointment]] = defaultdict(dict)
    a, b, of = VisitAppointment, JointBooking, JointBookingHousehold
    of_district = Household.district_id == asked.district_id
    for row in session.scalars(
        select(a)
        .join(Household, Household.id == a.household_id)
        .where(of_district, a.cancelled_at.is_(None), a.day.between(asked.first, asked.last))
    ):
        at = HalfDay(day=row.day, half=row.half)
        found[row.household_id][at] = Appointment(at=half_day(at), announced=row.is_announced)
    for booking, household_id in session.execute(
        select(b, of.household_id)
        .join(of, of.booking_id == b.id)
        .join(Household, Household.id == of.household_id)
        .where(of_district, b.cancelled_at.is_(None), b.day.between(asked.first, asked.last))
        .order_by(b.day, b.half, b.kind, b.id)
    ):
        if booking.partner_id is not None and booking.partner_id == asked.staff_id:
            continue
        at = HalfDay(day=booking.day, half=booking.half)
        known = found[household_id].get(at, Appointment(at=half_day(at), announced=False))
        code = partner_code(booking.partner_id, booking.vehicle)
        found[household_id][at] = replace(known, partners=(*known.partners, code))
    return {household_id: list(each.values()) for household_id, each in found.items()}


def _free(
    session: Session, asked: _Asked, codes: Collection[str], second: str, time: WorkingTime
) -> tuple[Partner, ...]:
    """When each partner can go along: within the own working time, not booked elsewhere, not visiting."""
    if not codes:
        return ()
    booked = _booked(session, asked)
    named = {code: found for code in codes if (found := partner_of(code)) is not None}
    people = {staff_id for staff_id, _ in named.values() if staff_id is not None}
    colleagues = _colleagues(session, asked) if second in codes else set[UUID]()
    when = _people(session, asked, people | colleagues, booked)
    own = {slot.at for slot in time.slots}
    free: dict[str, set[HalfDay]] = {
        code: when[staff_id] if staff_id else own - booked.by_others.get(code, set())
        for code, (staff_id, _) in named.items()
    }
    if second in codes:
        free[second] = set[HalfDay]().union(*(when[each] for each in colleagues))
    return tuple(
        Partner(code=code, free=frozenset(half_day(at) for at in free[code]))
        for code in sorted(codes)
    )


def _people(
    session: Session, asked: _Asked, people: Collection[UUID], booked: _Booked
) -> dict[UUID, set[HalfDay]]:
    times = working_times(session, asked.office_id, people, asked.first, asked.last, asked.today)
    visiting = visited_half_days(session, asked.office_id, asked.first, asked.last)
    found = {}
    for staff_id, time in times.items():
        own = booked.own.get(str(staff_id), set())
        there = {slot.at for slot in time.slots} - visiting.get(staff_id, set())
        there |= {
            at
            for gone in time.removed
            if [cause.code for cause in gone.causes] == [BOOKED]
            and (at := HalfDay(day=gone.day, half=gone.half)) in own
        }
        found[staff_id] = there - booked.by_others.get(str(staff_id), set())
    return found


def _booked(session: Session, asked: _Asked) -> _Booked:
    """Bookings of the period: what the district's plan holds or somebody made for one of its households is its own."""
    b, of = JointBooking, JointBookingHousehold
    by_others, own = defaultdict[str, set[HalfDay]](set), defaultdict[str, set[HalfDay]](set)
    for booking, district_id in session.execute(
        select(b, Household.district_id)
        .outerjoin(of, of.booking_id == b.id)
        .outerjoin(Household, Household.id == of.household_id)
        .where(
            b.office_id == asked.office_id,
            b.cancelled_at.is_(None),
            b.day.between(asked.first, asked.last),
        )
    ):
        is_own = asked.district_id in {booking.district_id, district_id}
        code = partner_code(booking.partner_id, booking.vehicle)
        (own if is_own else by_others)[code].add(HalfDay(day=booking.day, half=booking.half))
    return _Booked(by_others, own)


def _colleagues(session: Session, asked: _Asked) -> set[UUID]:
    """Caseworkers of the office who could be the second person."""
    districts = session.scalars(select(District.id).where(District.office_id == asked.office_id))
    main = main_caseworkers(session, asked.today, districts.all())
    found = {staff_id for _, staff_id in main.values()}
    return {staff_id for staff_id in found if staff_id is not None} - {asked.staff_id}
