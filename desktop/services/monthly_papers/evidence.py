"""What a person's month of support stands for, as its sheet (S-14) says: the evidence of a paper that was not asked for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.activity_forms import ActivitySheetAsked
from desktop.domain.era import format_date
from desktop.domain.monthly_papers import MonthlyDue
from desktop.models.households import Household
from desktop.services.monthly_papers.grid import known_of


def papers_replaced(
    session: Session, office_id: UUID, asked: ActivitySheetAsked, today: date
) -> tuple[str, ...]:
    """The papers about a month that a person's log stands for, each with the day since when."""
    where = Household.id == asked.household_id
    known = known_of(session, office_id, where, (), asked.month, today)
    found = []
    for paper in known.asked.papers_of(asked.person_id, asked.month):
        due = MonthlyDue(
            household_id=asked.household_id,
            person_id=asked.person_id,
            paper=paper.code,
            month=asked.month,
        )
        replaced = known.replaced(due)
        if replaced is not None:
            found.append(f"{paper.label}（{format_date(replaced.since)}から）")
    return tuple(found)
