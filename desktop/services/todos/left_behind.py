"""Records that came back to somebody who no longer looks after the household (前任者の差戻し): their author alone finishes them.

Facts only. Whoever has the district today learns that they are there, and can ask for them; nobody writes in another's name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.records import EntryState
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.models.records import EntryRecord
from desktop.services.periods import holds_on


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """One such record. `is_in_service` says whether its author can still be asked."""

    entry_id: UUID
    household_id: UUID
    kind: str
    event_on: date
    author_id: UUID
    author: str = field(repr=False)
    is_in_service: bool


def left_behind(
    session: Session, district_ids: Collection[UUID], today: date
) -> Iterator[LeftBehind]:
    """Those of these districts, the oldest first. A correction under way counts as well: who changes it finishes it."""
    if not district_ids:
        return
    e, a = EntryRecord, Assignment
    writer = func.coalesce(e.changed_by, e.author_id)
    own = (a.district_id == Household.district_id) & (a.staff_id == Staff.id)
    has_it, had_it = (
        exists().where(own, holds_on(a, today)),
        exists().where(own, a.valid_to < today),
    )
    is_here = (Staff.active_from <= today) & or_(
        Staff.active_to.is_(None), Staff.active_to >= today
    )
    rows = session.execute(
        select(e.id, e.household_id, e.kind, e.event_on, Staff.id, Staff.name, is_here)
        .join(Household, Household.id == e.household_id)
        .join(Staff, Staff.id == writer)
        .where(
            Household.district_id.in_(district_ids), e.state == EntryState.RETURNED, had_it, ~has_it
        )
        .order_by(e.event_on, e.id)
    )
    for entry_id, household_id, kind, event_on, author_id, author, here in rows:
        yield LeftBehind(
            entry_id=entry_id,
            household_id=household_id,
            kind=kind,
            event_on=event_on,
            author_id=author_id,
            author=author,
            is_in_service=bool(here),
        )
