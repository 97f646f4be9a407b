"""The one door through which visit plans (訪問計画) are saved, moved and departed from.

PostgreSQL judges by itself (`security/sql/57_visit_plans.sql`, `58_…`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Date, Integer, Text, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from desktop.database import visit_deviating_here, visit_planning_here
from desktop.database.papering import on_server
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plans import (
    DeviationInput,
    PlanChange,
    PlanMoveInput,
    PlannedVisit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTables:
    """What the office's tables say; PostgreSQL looks it up itself.

    `under_floor` gives the households of a stored plan that have too few visits and no exception that allows it.
    """

    exceptions: Collection[str]
    deviations: Collection[str]
    under_floor: Callable[[Session, UUID], Collection[UUID]]


def save(
    session: Session, staff: SignedInStaff, given: PlanChange, tables: PlanTables, at: datetime
) -> int:
    """Store a version of a plan; the same saving once more changes nothing. Returns the version it has then."""
    if not on_server(session):
        return visit_planning_here.save(session, staff, given, tables, at)
    visits = [_row(given, visit) for visit in given.visits]
    exceptions = [
        {"household_id": str(e.household_id), "reason": e.reason, "words": e.words}
        for e in given.exceptions
    ]
    function = func.app.save_visit_plan(
        *(given.plan_id, given.save_id, given.district_id, _text(given.kind.value)),
        *(cast(given.first_on, Date), cast(given.version, Integer), _text(given.why.value)),
        *(cast(visits, JSONB), cast(list(given.removed), ARRAY(Uuid()))),
        cast(exceptions, JSONB),
    )
    return int(_call(session, function))


def move(
    session: Session, staff: SignedInStaff, given: PlanMoveInput, tables: PlanTables, at: datetime
) -> None:
    """Submit, withdraw, return or approve the plan as it was shown."""
    if not on_server(session):
        visit_planning_here.move(session, staff, given, tables, at)
        return
    said = (_text(given.content_hash), _text(given.move.value), _text(given.words))
    version = cast(given.version, Integer)
    _call(session, func.app.move_visit_plan(given.plan_id, version, *said))


def deviate(
    session: Session, staff: SignedInStaff, given: DeviationInput, tables: PlanTables, at: datetime
) -> int:
    """Note what is done otherwise than approved. Returns the number of the deviation in its plan."""
    if not on_server(session):
        return visit_deviating_here.deviate(session, staff, given, tables, at)
    function = func.app.deviate(
        *(given.deviation_id, given.plan_id, given.visit_id, given.household_id),
        *(_text(given.change.value), cast(given.shown, Integer), _text(given.reason)),
        *(cast(given.month, Date), cast(given.day, Date)),
        *(_text(given.half.value if given.half else None), _text(given.kind.value)),
        *(cast(given.minutes, Integer), _text(given.words)),
    )
    return int(_call(session, function))


def _row(given: PlanChange, visit: PlannedVisit) -> dict[str, object]:
    row = visit_planning_here.row_of(visit)
    days = ("month", "day", "first_on", "last_on", "due_on")
    row |= {name: None if row[name] is None else str(row[name]) for name in days}
    row |= {name: str(row[name]) for name in ("visit_id", "household_id")}
    return {**row, "note": visit.note, "terms": given.costs.get(visit.visit_id)}


def _text(value: str | None) -> ColumnElement[str]:
    return cast(value, Text)


def _call(session: Session, function: ColumnElement[Any]) -> Any:  # noqa: ANN401 - what the function returns
    session.flush()
    found = session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again
    return found
