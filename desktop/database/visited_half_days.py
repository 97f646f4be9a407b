"""In which half-days colleagues visit by their plans: half-days only, never whom.

Plans are facts of a district; that a colleague is out then is for the whole office, as on the board on the wall. PostgreSQL
answers by a function of its own (`security/sql/59_joint_visits.sql`); the training office looks itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, cast, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.database.papering import on_server
from desktop.domain.visit_plans import PlanKind
from desktop.domain.working_time import Half, HalfDay
from desktop.models.visit_plans import PlannedVisitRecord, VisitPlanRecord


def visited_half_days(
    session: Session, office_id: UUID, first: date, last: date
) -> dict[UUID, set[HalfDay]]:
    """Staff → half-days with visits in the plans of the office; a month with a plan of its own counts by that one."""
    found: dict[UUID, set[HalfDay]] = {}
    for staff_id, day, half in session.execute(
        _on_server(first, last) if on_server(session) else _here(office_id, first, last)
    ):
        found.setdefault(staff_id, set()).add(HalfDay(day=day, half=Half(half)))
    return found


def _on_server(first: date, last: date) -> Select[*tuple[Any, ...]]:
    told = func.app.visited_half_days(cast(first, Date), cast(last, Date)).table_valued(
        "staff_id", "day", "half"
    )
    return select(told.c.staff_id, told.c.day, told.c.half)


def _here(office_id: UUID, first: date, last: date) -> Select[*tuple[Any, ...]]:
    p, v, m = VisitPlanRecord, PlannedVisitRecord, aliased(VisitPlanRecord)
    has_own = exists().where(
        m.district_id == p.district_id, m.kind == PlanKind.MONTH, m.first_on == v.month
    )
    return (
        select(p.staff_id, v.day, v.half)
        .join(v, v.plan_id == p.id)
        .where(
            p.office_id == office_id,
            v.to_version.is_(None),
            v.half.is_not(None),
            v.day.between(first, last),
            (p.kind == PlanKind.MONTH) | ~has_own,
        )
        .distinct()
    )
