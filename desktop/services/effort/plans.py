"""Approved support plans of a team's people: their days, the next review, how they ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.kpi_reckoning import Plan
from desktop.domain.participations import CountsFor, Outcome
from desktop.domain.support_plans import PlanState
from desktop.models.households import Household
from desktop.models.support_plans import SupportPlanEnd, SupportPlanRecord, SupportPlanReview

_FOR_EVER = date.max


def plans(
    session: Session, where: ColumnElement[bool], outcomes: Mapping[str, Outcome]
) -> tuple[Plan, ...]:
    """Every plan that was approved once, by its newest approved version; a review sets the day of the next one."""
    p, r = SupportPlanRecord, SupportPlanReview
    ends = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(SupportPlanEnd.root_id, SupportPlanEnd.ended_on, SupportPlanEnd.outcome)
            .join(Household, Household.id == SupportPlanEnd.household_id)
            .where(where)
        )
    }
    held = session.execute(
        select(r.root_id, r.next_review_on)
        .join(Household, Household.id == r.household_id)
        .where(where)
        .order_by(r.held_on, r.noted_at, r.id)
    )
    reviews: dict[UUID, date | None] = {row[0]: row[1] for row in held}
    rows = session.execute(
        select(p.root_id, p.household_id, p.person_id, p.starts_on, p.ends_on, p.review_on)
        .join(Household, Household.id == p.household_id)
        .where(where, p.state == PlanState.APPROVED)
        .order_by(p.root_id, p.version)
    )
    found: dict[UUID, Plan] = {}
    for root_id, household_id, person_id, starts, last, review_on in rows:
        ended_on, outcome = ends.get(root_id, (None, ""))
        begins = found[root_id].begins if root_id in found else starts
        found[root_id] = Plan(
            *(household_id, person_id, begins, last),
            *(reviews.get(root_id) or review_on, ended_on, _counts_for(outcomes, outcome)),
        )
    return tuple(found.values())


def plan_days(session: Session, where: ColumnElement[bool]) -> dict[UUID, list[tuple[date, date]]]:
    """Person → the days of approved plans, the last day is that of the end or open."""
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for plan in plans(session, where, {}):
        found[plan.person_id].append((plan.begins, plan.ended_on or _FOR_EVER))
    return found


def _counts_for(outcomes: Mapping[str, Outcome], code: str) -> CountsFor | None:
    return outcomes[code].counts_for if code in outcomes else None
