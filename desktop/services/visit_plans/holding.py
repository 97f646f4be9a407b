"""A plan's joint visits hold their partners: a booking each, so that nobody of the office is promised twice, whoever saves first.

The two unique indexes of the bookings judge; where a half-day is taken meanwhile the whole saving is refused and the plan is proposed
anew. What somebody booked for a household by himself stays as it is. A visit that was added after the approval takes along who goes along
every time, as far as they are free: an urgent visit is not refused because a partner is taken.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import JointKind
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plan_periods import last_of
from desktop.domain.visit_plans import PlanKind
from desktop.domain.working_time import HalfDay
from desktop.models.households import Household
from desktop.models.visit_plans import VisitPlanRecord
from desktop.models.working_time import JointBooking, JointBookingHousehold, JointRule
from desktop.services.visit_plans.joint_inputs import always_along, partner_code, partner_of
from desktop.services.visit_plans.standing import standing_of_plan
from desktop.services.visit_plans.stored_reasons import partners_of

_Held = tuple[str, HalfDay]


def hold_partners(
    session: Session, staff: SignedInStaff, plan_id: UUID, today: date, at: datetime
) -> None:
    """Book what the plan needs from today on and give free what it needs no more; raises UserError where somebody is taken."""
    plan = session.get_one(VisitPlanRecord, plan_id)
    months_of_their_own = _own_months(session, plan)
    ahead = [
        (stands.is_added, stands.visit, HalfDay(day=stands.visit.day, half=stands.visit.half))
        for stands in standing_of_plan(session, plan_id)
        if not stands.is_cancelled and stands.visit.day is not None
        if stands.visit.half is not None and stands.visit.day >= today
        if stands.visit.month not in months_of_their_own
    ]
    wanted = {
        (code, when)
        for _, visit, when in ahead
        for code in partners_of(visit)
        if partner_of(code) is not None
    }
    along = always_along(session, plan.district_id, today)
    added = {
        (code, when)
        for is_added, visit, when in ahead
        if is_added
        for code in along.get(visit.household_id, ())
    }
    wanted |= added - _taken_elsewhere(session, plan, today)
    wanted -= _booked_by_hand(session, plan, today)
    held = {
        (partner_code(row.partner_id, row.vehicle), HalfDay(day=row.day, half=row.half)): row
        for row in _held(session, plan, today)
        if row.day.replace(day=1) not in months_of_their_own
    }
    for gone in held.keys() - wanted:
        held[gone].cancelled_by, held[gone].cancelled_at = staff.staff_id, at
    session.flush()
    kinds = _kinds(session, plan)
    for code, when in sorted(wanted - held.keys()):
        session.add(_booking(plan, staff, code, when, kinds, at))
    session.flush()


def _own_months(session: Session, plan: VisitPlanRecord) -> set[date | None]:
    """Months of a year that have a plan of their own: that one holds the partners there."""
    if plan.kind is PlanKind.MONTH:
        return set()
    p = VisitPlanRecord
    found = session.scalars(
        select(p.first_on).where(p.district_id == plan.district_id, p.kind == PlanKind.MONTH)
    )
    return set(found)


def _held(session: Session, plan: VisitPlanRecord, today: date) -> list[JointBooking]:
    b = JointBooking
    found = session.scalars(
        select(b).where(
            b.district_id == plan.district_id,
            b.cancelled_at.is_(None),
            b.day.between(max(plan.first_on, today), last_of(plan.kind, plan.first_on)),
        )
    )
    return list(found)


def _taken_elsewhere(session: Session, plan: VisitPlanRecord, today: date) -> set[_Held]:
    """Who is booked otherwise than by this district."""
    b = JointBooking
    rows = session.execute(
        select(b.partner_id, b.vehicle, b.day, b.half).where(
            b.cancelled_at.is_(None),
            b.day.between(max(plan.first_on, today), last_of(plan.kind, plan.first_on)),
            b.district_id.is_distinct_from(plan.district_id),
        )
    )
    return {
        (partner_code(partner_id, vehicle), HalfDay(day=day, half=half))
        for partner_id, vehicle, day, half in rows
    }


def _booked_by_hand(session: Session, plan: VisitPlanRecord, today: date) -> set[_Held]:
    """What is booked for a household of the district already."""
    b, of = JointBooking, JointBookingHousehold
    rows = session.execute(
        select(b.partner_id, b.vehicle, b.day, b.half)
        .join(of, of.booking_id == b.id)
        .join(Household, Household.id == of.household_id)
        .where(
            Household.district_id == plan.district_id,
            b.cancelled_at.is_(None),
            b.day.between(max(plan.first_on, today), last_of(plan.kind, plan.first_on)),
        )
    )
    return {
        (partner_code(partner_id, vehicle), HalfDay(day=day, half=half))
        for partner_id, vehicle, day, half in rows
    }


def _kinds(session: Session, plan: VisitPlanRecord) -> dict[UUID, JointKind]:
    """As what each person goes along in the district."""
    r = JointRule
    rows = session.execute(
        select(r.partner_id, r.kind)
        .join(Household, Household.id == r.household_id)
        .where(Household.district_id == plan.district_id, r.partner_id.is_not(None))
        .order_by(r.set_at, r.id)
    )
    return {partner_id: kind for partner_id, kind in rows if partner_id is not None}


def _booking(
    plan: VisitPlanRecord,
    staff: SignedInStaff,
    code: str,
    when: HalfDay,
    kinds: dict[UUID, JointKind],
    at: datetime,
) -> JointBooking:
    partner_id, vehicle = partner_of(code) or (None, None)
    kind = kinds.get(partner_id, JointKind.SECOND_PERSON) if partner_id else JointKind.VEHICLE
    return JointBooking(
        id=new_id(),
        office_id=plan.office_id,
        kind=kind,
        partner_id=partner_id,
        vehicle=vehicle,
        district_id=plan.district_id,
        day=when.day,
        half=when.half,
        booked_by=staff.staff_id,
        booked_at=at,
    )
