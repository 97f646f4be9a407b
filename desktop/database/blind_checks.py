"""What chance may draw for a blind double check (二重確認), and whether both answers were alike.

PostgreSQL answers by functions of its own (`security/sql/59_blind_checks.sql`); the training office looks itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    Uuid,
    cast,
    exists,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from desktop.database.papering import on_server
from desktop.domain.blind_checks import BlindItem, quarter_end
from desktop.domain.households import HouseholdState
from desktop.domain.support_groups import DecidedBy
from desktop.models.assessments import AssessmentAnswers
from desktop.models.blind_checks import BlindAnswers, BlindCheck, BlindCheckAssignment
from desktop.models.households import Household
from desktop.models.support_groups import SupportGroupDecision


class Reach(NamedTuple):
    """Whose decisions somebody draws from: an office, in it these districts (None: all)."""

    office_id: UUID
    district_ids: frozenset[UUID] | None

    @property
    def households(self) -> ColumnElement[bool]:
        """The condition on households."""
        office = Household.office_id == self.office_id
        if self.district_ids is None:
            return office
        return office & Household.district_id.in_(self.district_ids)


def blind_pool(
    session: Session, reach: Reach, quarter_on: date, draw_id: UUID, today: date
) -> tuple[UUID, ...]:
    """The decisions that may be drawn of a quarter, in no order of meaning."""
    if on_server(session):
        found = func.app.blind_pool(
            cast(reach.office_id, Uuid), cast(quarter_on, Date), cast(draw_id, Uuid)
        ).table_valued("decision_id")
        return tuple(session.scalars(select(cast(found.c.decision_id, Uuid))))
    d, later = SupportGroupDecision, aliased(SupportGroupDecision)
    last = min(quarter_end(quarter_on), today)
    newer = exists().where(
        later.person_id == d.person_id,
        later.how != DecidedBy.PROVISIONAL,
        later.effective_from <= last,
        tuple_(later.effective_from, later.decided_at, later.id)
        > tuple_(d.effective_from, d.decided_at, d.id),
    )
    drawn = exists().where(BlindCheck.decision_id == d.id, BlindCheck.draw_id != draw_id)
    return tuple(
        session.scalars(
            select(d.id)
            .join(Household, Household.id == d.household_id)
            .where(
                reach.households,
                Household.state != HouseholdState.CLOSED,
                d.how != DecidedBy.PROVISIONAL,
                d.effective_from.between(quarter_on, last),
                ~newer,
                ~drawn,
            )
        )
    )


def blind_agreement(session: Session, reach: Reach) -> Mapping[UUID, Mapping[BlindItem, bool]]:
    """Check → item → whether both answered alike, of the cases that both answered."""
    if on_server(session):
        found = func.app.blind_agreement(cast(reach.office_id, Uuid)).table_valued(
            "check_id", *(item.value for item in BlindItem)
        )
        columns = [cast(found.c[item.value], Boolean) for item in BlindItem]
        rows = session.execute(select(cast(found.c.check_id, Uuid), *columns)).all()
    else:
        rows = session.execute(_agreement_here(reach)).all()
    return {row[0]: dict(zip(BlindItem, map(bool, row[1:]), strict=True)) for row in rows}


def _agreement_here(reach: Reach) -> Select[Any]:
    c, x, w, a = BlindCheck, BlindCheckAssignment, BlindAnswers, AssessmentAnswers
    alike = (getattr(a, item.value) == getattr(w, item.value) for item in BlindItem)
    return (
        select(c.id, *alike)
        .join(x, x.check_id == c.id)
        .join(w, w.assignment_id == x.id)
        .join(a, a.assessment_id == c.assessment_id)
        .join(Household, Household.id == c.household_id)
        .where(reach.households, x.answered_at.is_not(None))
    )
