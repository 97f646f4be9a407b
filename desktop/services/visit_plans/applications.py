"""Applications that wait for their first visit: within days of the law after they came in (局長通知 第12-1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.household_facts import HouseholdFacts


def waiting_applications(
    session: Session,
    where: ColumnElement[bool],
    households: Mapping[UUID, HouseholdFacts],
    today: date,
) -> dict[UUID, date]:
    """Household → the day of its newest application, where nobody met it since. `where` is a condition on `Household`."""
    s = HouseholdStatePeriod
    applied: dict[UUID, date] = by_household(
        session,
        select(s.household_id, func.max(s.valid_from))
        .join(Household, Household.id == s.household_id)
        .where(where, s.state == HouseholdState.APPLYING, s.valid_from <= today)
        .group_by(s.household_id),
    )
    return {
        household_id: on
        for household_id, on in applied.items()
        if household_id in households
        and ((met := households[household_id].last_met_on) is None or met < on)
    }
