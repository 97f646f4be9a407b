"""Visits that were promised to a household beforehand: announced ones of approved monthly plans, as they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.visit_plan_periods import first_of_month
from desktop.domain.visit_plans import PlanKind, PlanState
from desktop.domain.working_time import Half
from desktop.models.visit_plans import PlannedVisitRecord, VisitPlanRecord
from desktop.services.visit_plans.standing import standing_of_plan


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
    p, v = VisitPlanRecord, PlannedVisitRecord
    has_announced: ColumnElement[bool] = (v.plan_id == p.id) & v.is_announced
    if household_id is not None:
        has_announced &= v.household_id == household_id
    plans = session.scalars(
        select(p).where(
            p.office_id == office_id,
            p.kind == PlanKind.MONTH,
            p.state == PlanState.APPROVED,
            p.first_on.between(first_of_month(first), last),
            select(v.visit_id).where(has_announced).exists(),
        )
    )
    found: dict[UUID, AnnouncedVisit] = {}
    for plan in plans:
        for stands in standing_of_plan(session, plan.id):
            visit = stands.visit
            if stands.is_cancelled or not visit.is_announced or visit.day is None:
                continue
            if household_id not in {None, visit.household_id} or not first <= visit.day <= last:
                continue
            before = found.get(visit.household_id)
            if before is None or visit.day < before.day:
                found[visit.household_id] = AnnouncedVisit(
                    household_id=visit.household_id,
                    day=visit.day,
                    half=visit.half,
                    approved_at=plan.decided_at or plan.state_at,
                )
    return found
