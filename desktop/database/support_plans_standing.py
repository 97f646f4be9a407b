"""Which version of a plan is in force: the newest approved one of a plan that has not ended, the household not closed since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.database.dates import days_until
from desktop.domain.households import HouseholdState
from desktop.domain.support_plans import PlanState
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.support_plans import SupportPlanEnd, SupportPlanRecord


def is_in_force() -> ColumnElement[bool]:
    """Approved, with nothing of the person approved later, not ended, and the household not closed since."""
    p, later = SupportPlanRecord, aliased(SupportPlanRecord)
    e, s = SupportPlanEnd, HouseholdStatePeriod
    is_later = or_(
        later.approved_at > p.approved_at,
        and_(later.approved_at == p.approved_at, later.version > p.version),
    )
    superseded = (
        exists()
        .where(
            later.person_id == p.person_id,
            later.household_id == p.household_id,
            later.state == PlanState.APPROVED,
            is_later,
        )
        .correlate(p)
    )
    ended = exists().where(e.root_id == p.root_id).correlate(p)
    closed_since = (
        exists()
        .where(
            s.household_id == p.household_id,
            s.state == HouseholdState.CLOSED,
            days_until(s.valid_from, p.approved_at) < 0,
        )
        .correlate(p)
    )
    return and_(p.state == PlanState.APPROVED, ~superseded, ~ended, ~closed_since)


def plans_in_force(
    session: Session, household_ids: Collection[UUID]
) -> Mapping[UUID, SupportPlanRecord]:
    """Person → the version in force, for these households. One statement."""
    rows = session.scalars(
        select(SupportPlanRecord).where(
            SupportPlanRecord.household_id.in_(household_ids), is_in_force()
        )
    )
    return {row.person_id: row for row in rows}
