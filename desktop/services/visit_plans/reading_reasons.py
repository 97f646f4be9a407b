"""Why the visits of a plan are due and lie where they lie, from the stored cost tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import visits_of
from desktop.domain.visit_marks import StandingVisit
from desktop.domain.visit_plan_proposals import VisitReason
from desktop.domain.visit_plan_views import PlanHead
from desktop.models.visit_plans import PlannedVisitCost, PlannedVisitRecord, VisitDeviation
from desktop.services.visit_plans import needing
from desktop.services.visit_plans.need_loading import manual_points
from desktop.services.visit_plans.standing import deviations_of, standing
from desktop.services.visit_plans.stored_reasons import why_planned, why_unplanned

_BY_HAND = "担当員が置いた訪問。"
_v, _c, _d = PlannedVisitRecord, PlannedVisitCost, VisitDeviation


def reasons_of(
    session: Session, head: PlanHead, labels: Mapping[str, str]
) -> dict[UUID, VisitReason]:
    """Visit → sentence and cost table, of the version that stands. What departed from it since has no table; `labels` name why."""
    visits = visits_of(session, head.plan_id)
    costs = costs_of(session, head.plan_id, [visit.visit_id for visit in visits])
    found, by_hand = {}, manual_points(session, head.plan_id)
    for stands in standing(visits, deviations_of(session, _d.plan_id == head.plan_id)):
        visit, terms = stands.visit, costs.get(stands.visit.visit_id)
        departed = _departed(stands, labels)
        if departed:
            words, table = departed, {}
        else:
            words = why_planned(visit, terms) if visit.is_planned else why_unplanned(visit)
            table = dict(terms["costs"]) if terms else {}
        found[visit.visit_id] = VisitReason(
            visit_id=visit.visit_id,
            words=(words or _BY_HAND) + needing.told(terms, by_hand.get(visit.visit_id)),
            costs=table,
        )
    return found


def _departed(stands: StandingVisit, labels: Mapping[str, str]) -> str:
    """That the visit lies elsewhere than approved; "" where it does not, or was cancelled there."""
    reason = labels.get(stands.deviation_reason, stands.deviation_reason)
    if stands.is_cancelled or not stands.deviations:
        return ""
    if stands.is_added:
        return f"承認後に追加した訪問（{reason}）。"
    return f"承認後に移した訪問（{reason}）。"


def costs_of(
    session: Session, plan_id: UUID, visit_ids: Collection[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Visit → its stored cost table, of those that have one."""
    rows = session.execute(
        select(_c.visit_id, _c.terms)
        .join(
            _v,
            (_v.plan_id == _c.plan_id)
            & (_v.visit_id == _c.visit_id)
            & (_v.from_version == _c.from_version),
        )
        .where(_c.plan_id == plan_id, _v.to_version.is_(None), _c.visit_id.in_(visit_ids))
    )
    return {visit_id: terms for visit_id, terms in rows}  # noqa: C416 - rows are not pairs to the type checker
