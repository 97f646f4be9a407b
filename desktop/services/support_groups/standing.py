"""Which group somebody has on a day: the newest decision that has begun and not run out, since the household was last closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState
from desktop.domain.support_groups import SupportGroup
from desktop.models.assessments import AssessmentRecord, SupportHoldLift
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.support_groups import SupportGroupDecision


def holds_decided(on: date, *, until: date | None = None) -> ColumnElement[bool]:
    """The decision has begun, had not run out by `until` (by the day itself if not said), and its household was not closed since."""
    d, s = SupportGroupDecision, HouseholdStatePeriod
    closed_since = (
        exists()
        .where(
            s.household_id == d.household_id,
            s.state == HouseholdState.CLOSED,
            s.valid_from > d.effective_from,
            s.valid_from <= on,
        )
        .correlate(d)
    )
    return (
        (d.effective_from <= on)
        & or_(d.expires_on.is_(None), d.expires_on >= (until or on))
        & ~closed_since
    )


def present_decisions(
    session: Session, household_ids: Collection[UUID], on: date
) -> Mapping[UUID, SupportGroupDecision]:
    """Person → the decision in force, for these households. One statement."""
    d = SupportGroupDecision
    rows = session.scalars(
        select(d)
        .where(d.household_id.in_(household_ids), holds_decided(on))
        .order_by(d.effective_from, d.decided_at, d.id)
    )
    return {row.person_id: row for row in rows}


def present_groups(
    session: Session, household_ids: Collection[UUID], on: date
) -> Mapping[UUID, SupportGroup]:
    """Person → group in force, for these households."""
    return {
        person_id: row.group
        for person_id, row in present_decisions(session, household_ids, on).items()
    }


def groups_on(
    session: Session, where: ColumnElement[bool], days: Collection[date]
) -> Mapping[date, Mapping[UUID, SupportGroup]]:
    """Day → person → group in force, for the households of a condition, however many they are. One statement.

    What was decided before a household was last closed counts on none of the days.
    """
    d = SupportGroupDecision
    begun = holds_decided(max(days), until=min(days))
    rows = session.execute(
        select(d.person_id, d.group, d.effective_from, d.expires_on)
        .join(Household, Household.id == d.household_id)
        .where(where, begun)
        .order_by(d.effective_from, d.decided_at, d.id)
    ).all()
    return {
        day: {
            person_id: group
            for person_id, group, begun_on, expires_on in rows
            if begun_on <= day and (expires_on is None or expires_on >= day)
        }
        for day in days
    }


def steps(session: Session, household_id: UUID) -> int:
    """How many assessments, settlements of safety and decisions of a household there are. They are only added."""
    return sum(
        session.scalar(select(func.count()).where(table.household_id == household_id)) or 0
        for table in (AssessmentRecord, SupportHoldLift, SupportGroupDecision)
    )
