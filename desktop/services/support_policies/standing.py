"""Which policy of a household is in force, as a condition on rows: for lists of many households."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from desktop.database.dates import days_until
from desktop.domain.households import HouseholdState
from desktop.domain.support_policies import PolicyState
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from desktop.models.support_policies import SupportPolicyRecord


def is_in_force() -> ColumnElement[bool]:
    """Approved, with nothing approved later, and the household not closed since."""
    p, later, s = SupportPolicyRecord, aliased(SupportPolicyRecord), HouseholdStatePeriod
    is_later = or_(
        later.approved_at > p.approved_at,
        and_(later.approved_at == p.approved_at, later.id > p.id),
    )
    superseded = (
        exists()
        .where(later.household_id == p.household_id, later.state == PolicyState.APPROVED, is_later)
        .correlate(p)
    )
    closed_since = (
        exists()
        .where(_closed(p.household_id), days_until(s.valid_from, p.approved_at) < 0)
        .correlate(p)
    )
    return and_(p.state == PolicyState.APPROVED, ~superseded, ~closed_since)


def closed_since_take_over() -> ColumnElement[bool]:
    """What the former system's ledger knew of a policy no longer counts."""
    s, t = HouseholdStatePeriod, TakeOver
    return exists().where(_closed(t.household_id), s.valid_from > t.taken_over_on).correlate(t)


def _closed(household_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    s = HouseholdStatePeriod
    return (s.household_id == household_id) & (s.state == HouseholdState.CLOSED)
