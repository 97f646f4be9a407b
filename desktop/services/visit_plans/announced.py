"""Visits that were promised to a household beforehand: announced ones of approved monthly plans, as they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import visit_of
from desktop.domain.visit_plan_periods import first_of_month
from desktop.domain.visit_plans import PlanKind, PlannedVisit, PlanState
from desktop.domain.working_time import Half
from desktop.models.households import Household
from desktop.models.visit_plans import PlannedVisitRecord, VisitDeviation, VisitPlanRecord
from desktop.services.visit_plans.standing import deviations_of, standing

#: Plans whose deviations are read at once.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedVisit:
    """The day (and half) on which somebody is told that we come; `approved_at` is when the plan was."""

    household_id: UUID
    day: date
    half: Half | None
    approved_at: datetime


def announced_visits(
    session: Session, office_id: UUID, first: date, last: date, household_id: UUID | None = None
) -> dict[UUID, AnnouncedVisit]:
    """Household → its next announced visit between two days; or of one household."""
    of = () if household_id is None else (PlannedVisitRecord.household_id == household_id,)
    found: dict[UUID, AnnouncedVisit] = {}
    for visit in _planned(
        session, office_id, first, last, (*of, PlannedVisitRecord.is_announced.is_(True))
    ):
        before = found.get(visit.household_id)
        if before is None or visit.day < before.day:
            found[visit.household_id] = visit
    return found


def announced_in_district(
    session: Session, office_id: UUID, district_id: UUID, first: date, last: date
) -> tuple[AnnouncedVisit, ...]:
    """Every announced visit between two days to the households that live in a district now, by day and half."""
    lives_there = PlannedVisitRecord.household_id.in_(
        select(Household.id).where(Household.district_id == district_id)
    )
    of = (lives_there, PlannedVisitRecord.is_announced.is_(True))
    found = _planned(session, office_id, first, last, of)
    return tuple(sorted(found, key=lambda v: (v.day, v.half or "", v.household_id)))


def planned_of_household(
    session: Session, office_id: UUID, household_id: UUID, first: date, last: date
) -> tuple[AnnouncedVisit, ...]:
    """Every visit to a household in approved monthly plans between two days, told to it or not, by day."""
    of = (PlannedVisitRecord.household_id == household_id,)
    return tuple(sorted(_planned(session, office_id, first, last, of), key=lambda v: v.day))


def _planned(
    session: Session,
    office_id: UUID,
    first: date,
    last: date,
    of: Sequence[ColumnElement[bool]],
) -> Iterator[AnnouncedVisit]:
    p, v = VisitPlanRecord, PlannedVisitRecord
    query = (
        select(v, p.decided_at, p.state_at)
        .join(p, p.id == v.plan_id)
        .where(
            p.office_id == office_id,
            p.kind == PlanKind.MONTH,
            p.state == PlanState.APPROVED,
            p.first_on.between(first_of_month(first), last),
            v.to_version.is_(None),
            *of,
        )
    )
    approved_at: dict[UUID, datetime] = {}
    visits, plan_ids = list[PlannedVisit](), set[UUID]()
    for row, decided_at, state_at in session.execute(query):
        visits.append(visit_of(row, ""))
        plan_ids.add(row.plan_id)
        approved_at[row.visit_id] = decided_at or state_at
    for stands in standing(tuple(visits), _deviations(session, sorted(plan_ids))):
        visit = stands.visit
        if stands.is_cancelled or visit.visit_id not in approved_at or visit.day is None:
            continue
        if first <= visit.day <= last:
            yield AnnouncedVisit(
                household_id=visit.household_id,
                day=visit.day,
                half=visit.half,
                approved_at=approved_at[visit.visit_id],
            )


def _deviations(session: Session, plan_ids: Sequence[UUID]) -> tuple[VisitDeviation, ...]:
    """What became of the visits of these plans."""
    found: list[VisitDeviation] = []
    for begin in range(0, len(plan_ids), _AT_ONCE):
        some = plan_ids[begin : begin + _AT_ONCE]
        found += deviations_of(session, VisitDeviation.plan_id.in_(some))
    return tuple(found)
