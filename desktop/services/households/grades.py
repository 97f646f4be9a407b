"""The visit grade (訪問格付) of a household."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ledger import VisitGradePeriod
from desktop.services.periods import holds_on


def grade_of(session: Session, household_id: UUID, on: date) -> str | None:
    """The code of the grade in force on a day, None where none is known."""
    return session.scalar(
        select(VisitGradePeriod.grade)
        .where(VisitGradePeriod.household_id == household_id, holds_on(VisitGradePeriod, on))
        .order_by(VisitGradePeriod.valid_from.desc())
        .limit(1)
    )
