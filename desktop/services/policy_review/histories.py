"""What came before: since when households are protected, and the policies that were approved one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.households import HouseholdState
from desktop.domain.support_policies import PolicyState
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.periods import holds_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvals:
    """The approved policies of households: id → the one that it follows, its approval, the sketch of its words."""

    rows: Mapping[UUID, tuple[UUID | None, datetime, int]]

    def of(self, policy_id: UUID) -> tuple[tuple[date, int], ...]:
        """Day and sketch of a policy and of those that it follows, the newest first."""
        found: list[tuple[date, int]] = []
        follows: UUID | None = policy_id
        while follows is not None and follows in self.rows and len(found) < len(self.rows):
            follows, approved_at, sketch = self.rows[follows]
            found.append((japan_day(approved_at), sketch))
        return tuple(found)


def approvals(session: Session, where: ColumnElement[bool]) -> Approvals:
    """Every approved policy of the households for which `where` (a condition on Household) holds."""
    p = SupportPolicyRecord
    rows = session.execute(
        select(p.id, p.follows, p.approved_at, p.body_sketch)
        .join(Household, Household.id == p.household_id)
        .where(where, p.state == PolicyState.APPROVED, p.approved_at.is_not(None))
    )
    return Approvals(
        rows={policy_id: (follows, at, sketch) for policy_id, follows, at, sketch in rows if at}
    )


def protected_since(
    session: Session, where: ColumnElement[bool], today: date
) -> Mapping[UUID, date]:
    """Household → the first day of its present period of protection."""
    s = HouseholdStatePeriod
    rows = session.execute(
        select(s.household_id, func.max(s.valid_from))
        .join(Household, Household.id == s.household_id)
        .where(where, s.state == HouseholdState.RECEIVING, holds_on(s, today))
        .group_by(s.household_id)
    )
    return {household_id: day for household_id, day in rows}  # noqa: C416 - rows are not pairs to the type checker
