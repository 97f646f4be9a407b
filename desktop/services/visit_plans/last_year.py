"""What was approved for a district's households a year ago."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.visit_plans import PlanKind, PlanState
from desktop.models.visit_plans import PlannedVisitRecord, VisitPlanRecord
from desktop.services.visit_plans.by_household import by_household

_p, _v = VisitPlanRecord, PlannedVisitRecord


def planned_last_year(
    session: Session, district_id: UUID, first_on: date
) -> dict[UUID, int] | None:
    """Household → visits of the approved yearly plan that began on this day; None where there is none."""
    approved = select(_p.id).where(
        _p.district_id == district_id,
        _p.kind == PlanKind.YEAR,
        _p.first_on == first_on,
        _p.state == PlanState.APPROVED,
    )
    plan_id = session.scalar(approved)
    if plan_id is None:
        return None
    return by_household(
        session,
        select(_v.household_id, func.count())
        .where(_v.plan_id == plan_id, _v.to_version.is_(None), _v.month.is_not(None))
        .group_by(_v.household_id),
    )
