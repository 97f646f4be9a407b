"""The hospital plans, appointments and ways of a household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.medical_plans import (
    Appointment,
    HospitalPlan,
    PlanInput,
    PlanRow,
    Trip,
    TripInput,
)
from desktop.models.medical_plans import (
    HospitalAppointment,
    HospitalAppointmentText,
    HospitalPlanRecord,
    HospitalPlanRow,
    HospitalPlanText,
    HospitalVisit,
    HospitalVisitText,
    TravelTrip,
)
from desktop.models.office import Staff


def plans_of(session: Session, household_id: UUID) -> Mapping[UUID, list[HospitalPlan]]:
    """Person → plans, newest first."""
    p, t = HospitalPlanRecord, HospitalPlanText
    lines = _rows(session, household_id)
    rows = session.execute(
        select(p, t, Staff.name)
        .join(t, t.plan_id == p.id)
        .join(Staff, Staff.id == p.author_id)
        .where(p.household_id == household_id)
        .order_by(p.made_at.desc(), p.id.desc())
    )
    found: dict[UUID, list[HospitalPlan]] = defaultdict(list)
    for row, text, name in rows:
        given = PlanInput(
            plan_id=row.id,
            household_id=row.household_id,
            person_id=row.person_id,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            purpose=text.purpose,
            condition=text.condition,
            consented_on=row.consented_on,
            consent=text.consent,
            rejudge_on=row.rejudge_on,
            rows=tuple(lines[row.id]),
        )
        found[row.person_id].append(HospitalPlan(given=given, author=name, made_at=row.made_at))
    return found


def appointments_of(session: Session, household_id: UUID) -> Mapping[UUID, list[Appointment]]:
    """Person → appointments with what became of them, the latest day first."""
    a, t = HospitalAppointment, HospitalAppointmentText
    visits = _visits(session, household_id)
    rows = session.execute(
        select(a, t.institution)
        .join(t, t.appointment_id == a.id)
        .where(a.household_id == household_id)
        .order_by(a.on_day.desc(), a.at.desc(), a.id.desc())
    )
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    for row, institution in rows:
        visit, note, by = visits.get(row.id, (None, "", ""))
        found[row.person_id].append(
            Appointment(
                appointment_id=row.id,
                plan_id=row.plan_id,
                person_id=row.person_id,
                on_day=row.on_day,
                at=row.at,
                institution=institution,
                status=None if visit is None else visit.status,
                confirmed_by=None if visit is None else visit.confirmed_by,
                note=note,
                noted_by=by,
            )
        )
    return found


def trips_of(session: Session, household_id: UUID) -> Mapping[UUID, list[Trip]]:
    """Person → ways, the latest first; rows that a later one put right are left out."""
    t = TravelTrip
    replaced = select(t.replaces_id).where(
        t.household_id == household_id, t.replaces_id.is_not(None)
    )
    rows = session.execute(
        select(t, Staff.name)
        .join(Staff, Staff.id == t.noted_by)
        .where(t.household_id == household_id, t.id.not_in(replaced))
        .order_by(t.on_day.desc(), t.noted_at.desc(), t.id.desc())
    )
    found: dict[UUID, list[Trip]] = defaultdict(list)
    for row, name in rows:
        given = TripInput(
            trip_id=row.id,
            household_id=row.household_id,
            person_id=row.person_id,
            on_day=row.on_day,
            purpose=row.purpose,
            from_place=row.from_place,
            to_place=row.to_place,
            means=row.means,
            fare=row.fare,
            evidence=row.evidence,
            replaces_id=row.replaces_id,
        )
        found[row.person_id].append(Trip(given=given, noted_by=name))
    return found


def _rows(session: Session, household_id: UUID) -> Mapping[UUID, list[PlanRow]]:
    r = HospitalPlanRow
    rows = session.scalars(
        select(r).where(r.household_id == household_id).order_by(r.plan_id, r.number)
    )
    found: dict[UUID, list[PlanRow]] = defaultdict(list)
    for row in rows:
        found[row.plan_id].append(
            PlanRow(**{f.name: getattr(row, f.name) for f in fields(PlanRow)})
        )
    return found


def _visits(session: Session, household_id: UUID) -> Mapping[UUID, tuple[HospitalVisit, str, str]]:
    """Appointment → what was noted last, its note, and by whom."""
    v, t = HospitalVisit, HospitalVisitText
    rows = session.execute(
        select(v, t.note, Staff.name)
        .join(t, t.visit_id == v.id)
        .join(Staff, Staff.id == v.noted_by)
        .where(v.household_id == household_id)
        .order_by(v.noted_at, v.id)
    )
    return {visit.appointment_id: (visit, note, name) for visit, note, name in rows}
