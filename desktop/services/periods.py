"""Conditions on rows that hold from one day, or one version, to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_

from desktop.domain.households import HouseholdState
from desktop.models.base import Dated
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import EntryRecord, PromiseRow


def holds_on(table: type[Dated] | Any, day: date) -> ColumnElement[bool]:  # noqa: ANN401 - also aliases
    """The dated row holds on this day; both ends are inclusive."""
    return (table.valid_from <= day) & or_(table.valid_to.is_(None), table.valid_to >= day)


def said_in(version: ColumnElement[int]) -> ColumnElement[bool]:
    """The promise is part of this version of its entry."""
    p = PromiseRow
    return (p.from_version <= version) & or_(p.to_version.is_(None), p.to_version > version)


def said_now() -> ColumnElement[bool]:
    """The promise is part of its entry's valid version: the approved one, or the newest while none was approved."""
    return said_in(func.coalesce(EntryRecord.approved_version, EntryRecord.version))


def duty_stands() -> ColumnElement[bool]:
    """The duty belongs to the policy in force of a joined household that was not closed since its approval."""
    d, s = PolicyDuty, HouseholdStatePeriod
    closed_since = (
        exists()
        .where(
            s.household_id == d.household_id,
            s.state == HouseholdState.CLOSED,
            s.valid_from >= d.began_on,
        )
        .correlate(d)
    )
    under_care = Household.state.in_((HouseholdState.RECEIVING, HouseholdState.SUSPENDED))
    return d.ended_on.is_(None) & under_care & ~closed_since
