"""Visits that an approved plan has before another plan begins: whoever plans the next year in March counts on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.visit_plan_periods import first_of_month, first_of_year, last_of
from desktop.domain.visit_plans import PlanKind, PlanState
from desktop.models.visit_plans import VisitPlanRecord
from desktop.services.visit_plans.standing import standing_of_plan


def expected_visits(
    session: Session, district_id: UUID, first: date, today: date
) -> Mapping[UUID, frozenset[date]]:
    """Household → days on which its approved yearly plan has it visited after this month and before `first`.

    A visit without a day counts for the last of its month. What was to be this month is in the records or late; nobody counts on it.
    """
    p = VisitPlanRecord
    plans = session.scalars(
        select(p.id).where(
            p.district_id == district_id,
            p.kind == PlanKind.YEAR,
            p.state == PlanState.APPROVED,
            p.first_on.between(first_of_year(today), first),
        )
    )
    found = defaultdict[UUID, set[date]](set)
    for plan_id in plans if first > today else ():
        for stands in standing_of_plan(session, plan_id):
            month = stands.visit.month
            if stands.is_cancelled or month is None or month <= first_of_month(today):
                continue
            day = stands.visit.day or last_of(PlanKind.MONTH, month)
            if day < first:
                found[stands.visit.household_id].add(day)
    return {household_id: frozenset(days) for household_id, days in found.items()}
