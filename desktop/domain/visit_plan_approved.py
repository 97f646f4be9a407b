"""A yearly plan as it was approved, whatever was changed or done since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop.domain.visit_marks import VisitMark, VisitOutcome
from desktop.domain.visit_plan_views import PlanCell, PlanHousehold, YearPlan


def as_approved(plan: YearPlan) -> YearPlan:
    """The plan as it was approved: without what became of it and without later changes; nothing can be done with it."""
    return replace(
        plan,
        households=tuple(_household_as_approved(h, plan.months) for h in plan.households),
        deviations=(),
        moves=(),
        may_edit=False,
        may_deviate=False,
    )


def _household_as_approved(household: PlanHousehold, months: Sequence[date]) -> PlanHousehold:
    found: dict[date, list[VisitOutcome]] = {month: [] for month in months}
    for outcome in (o for cell in household.cells for o in cell.outcomes):
        s = outcome.standing
        if s is None or s.is_added or s.approved_month not in found:
            continue
        visit = replace(s.visit, month=s.approved_month)
        found[s.approved_month].append(
            VisitOutcome(
                mark=VisitMark.PLANNED,
                household_id=outcome.household_id,
                month=s.approved_month,
                standing=replace(s, visit=visit, is_cancelled=False),
            )
        )
    cells = tuple(PlanCell(month=m, outcomes=tuple(found[m])) for m in months)
    return replace(household, cells=cells)
