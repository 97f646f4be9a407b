"""Changes of caseworker (担当員の交代): of the district, or of the household to another district."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.office import AssignmentKind
from desktop.domain.policy_events import EventSource
from desktop.models.households import Household
from desktop.models.ledger import DistrictPeriod
from desktop.models.office import Assignment
from desktop.services.periods import holds_on
from desktop.services.policy_events.happening import Happening, Households


def handovers(session: Session, asked: Households) -> Iterator[Happening]:
    """The last change of each household: today's caseworker took the district over, or the household came to him."""
    taken_over = _districts(session, asked)
    d, earlier = DistrictPeriod, aliased(DistrictPeriod)
    came_from = (
        exists()
        .where(earlier.household_id == Household.id, earlier.valid_from < d.valid_from)
        .correlate(Household, d)
    )
    rows = session.execute(
        select(Household.id, Household.district_id, d.valid_from, came_from)
        .outerjoin(d, (d.household_id == Household.id) & holds_on(d, asked.today))
        .where(
            asked.where,
            Household.district_id.in_(taken_over) | d.valid_from.between(asked.since, asked.today),
        )
    )
    for household_id, district_id, came_on, is_from_elsewhere in rows:
        day = _last(taken_over.get(district_id), came_on, is_from_elsewhere=is_from_elsewhere)
        if day is not None and asked.covers(day):
            yield Happening(
                source=EventSource.HANDOVER,
                household_id=household_id,
                happened_on=day,
                known_on=day,
            )


def _last(taken_on: date | None, came_on: date | None, *, is_from_elsewhere: bool) -> date | None:
    """The household's own last change: a district taken over before it came there is none of its."""
    if came_on is None or (taken_on is not None and taken_on >= came_on):
        return taken_on
    return came_on if is_from_elsewhere else None


def _districts(session: Session, asked: Households) -> dict[UUID, date]:
    """District → the day on which today's main caseworker took it over from somebody else."""
    a, before = Assignment, aliased(Assignment)
    earlier = (
        exists()
        .where(
            before.district_id == a.district_id,
            before.kind == AssignmentKind.MAIN,
            before.staff_id != a.staff_id,
            before.valid_from < a.valid_from,
        )
        .correlate(a)
    )
    rows = session.execute(
        select(a.district_id, func.max(a.valid_from))
        .where(
            a.kind == AssignmentKind.MAIN,
            holds_on(a, asked.today),
            a.valid_from >= asked.since,
            earlier,
        )
        .group_by(a.district_id)
    )
    return {district_id: day for district_id, day in rows}  # noqa: C416 - rows are not pairs to the type checker
