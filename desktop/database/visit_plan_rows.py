"""A plan's stored rows as the domain's dataclasses: of the version that stands, or of an earlier one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.domain.visit_plans import PlanException, PlannedVisit
from desktop.models.visit_plans import (
    PlanExceptionRecord,
    PlanExceptionText,
    PlannedVisitRecord,
    PlannedVisitText,
)

_v, _t = PlannedVisitRecord, PlannedVisitText
_e, _x = PlanExceptionRecord, PlanExceptionText


def content_of(
    session: Session, plan_id: UUID, version: int | None = None
) -> tuple[tuple[PlannedVisit, ...], tuple[PlanException, ...]]:
    """Visits with the notes and exceptions with the words that the reader may see; the newest version, or this one."""
    return visits_of(session, plan_id, version), exceptions_of(session, plan_id, version)


def visits_of(
    session: Session, plan_id: UUID, version: int | None = None
) -> tuple[PlannedVisit, ...]:
    """The visits of a version, with the notes that the reader may see."""
    same = (_t.plan_id == _v.plan_id) & (_t.visit_id == _v.visit_id)
    rows = session.execute(
        select(_v, _t.note)
        .outerjoin(_t, same & (_t.from_version == _v.from_version))
        .where(_v.plan_id == plan_id, _stands(_v, version))
        .order_by(_v.visit_id)
    )
    return tuple(visit_of(row, note or "") for row, note in rows)


def exceptions_of(
    session: Session, plan_id: UUID, version: int | None = None
) -> tuple[PlanException, ...]:
    """The exceptions of a version, with the words that the reader may see."""
    same = (_x.plan_id == _e.plan_id) & (_x.household_id == _e.household_id)
    rows = session.execute(
        select(_e.household_id, _e.reason, _x.words)
        .outerjoin(_x, same & (_x.from_version == _e.from_version))
        .where(_e.plan_id == plan_id, _stands(_e, version))
        .order_by(_e.household_id)
    )
    return tuple(
        PlanException(household_id=household_id, reason=reason, words=words or "")
        for household_id, reason, words in rows
    )


def visit_of(row: PlannedVisitRecord, note: str = "") -> PlannedVisit:
    """One stored row."""
    return PlannedVisit(
        visit_id=row.visit_id,
        household_id=row.household_id,
        kind=row.kind,
        month=row.month,
        day=row.day,
        half=row.half,
        place=row.place,
        minutes=row.minutes,
        purposes=tuple(filter(None, row.purposes.split(","))),
        is_statutory=row.is_statutory,
        is_announced=row.is_announced,
        is_locked=row.is_locked,
        rule=row.rule,
        values=row.rule_values,
        first_on=row.first_on,
        last_on=row.last_on,
        due_on=row.due_on,
        unplanned=row.unplanned,
        unplanned_values=row.unplanned_values,
        note=note,
    )


def _stands(
    table: type[PlannedVisitRecord | PlanExceptionRecord], version: int | None
) -> ColumnElement[bool]:
    if version is None:
        return table.to_version.is_(None)
    return (table.from_version <= version) & or_(
        table.to_version.is_(None), table.to_version > version
    )
