"""Which visits of a plan are still to be made: what a re-planning may move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.visit_marks import StandingVisit, VisitMark, outcomes
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlannedVisit
from desktop.domain.visit_replans import NobodyMet, PlanEvent
from desktop.models.households import Household
from desktop.services.visit_plans.standing import visits_made


def standing_ahead(
    session: Session,
    head: PlanHead,
    stands: Sequence[StandingVisit],
    event: PlanEvent,
    today: date,
) -> list[PlannedVisit]:
    """Planned visits from today on that were neither made nor cancelled, and the one that the event is about."""
    named = {s.visit.household_id for s in stands}
    made = visits_made(session, Household.id.in_(named), head.first_on, today)
    done = {
        outcome.standing.visit.visit_id
        for outcome in outcomes(stands, made, today)
        if outcome.standing is not None and outcome.mark is VisitMark.DONE
    }
    open_visits = [s.visit for s in stands if not s.is_cancelled and s.visit.is_planned]
    return [
        visit
        for visit in open_visits
        if _is_event(event, visit)
        or (visit.visit_id not in done and (visit.day is None or visit.day >= today))
    ]


def _is_event(event: PlanEvent, visit: PlannedVisit) -> bool:
    return isinstance(event, NobodyMet) and event.visit_id == visit.visit_id
