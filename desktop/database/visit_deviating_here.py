"""Deviations from an approved plan where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.visit_planning_here import may_plan, words_of
from desktop.domain import visit_plans as rules
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plan_periods import first_of_month, months_of
from desktop.domain.visit_plans import Deviation, DeviationInput, PlanState
from desktop.domain.working_time import Half
from desktop.models.households import Household
from desktop.models.visit_plans import (
    PlannedVisitRecord,
    VisitDeviation,
    VisitDeviationText,
    VisitPlanRecord,
)

if TYPE_CHECKING:
    from desktop.database.visit_planning import PlanTables

_d, _v = VisitDeviation, PlannedVisitRecord


class _Standing(NamedTuple):
    """Where a visit stands before a deviation."""

    household_id: UUID
    month: date | None
    day: date | None
    half: Half | None
    is_cancelled: bool = False


def deviate(
    session: Session, staff: SignedInStaff, given: DeviationInput, tables: PlanTables, at: datetime
) -> int:
    """Note what is done otherwise than approved; the same once more changes nothing."""
    plan = session.get(VisitPlanRecord, given.plan_id, populate_existing=True)
    if plan is None:
        raise NotPermittedError(rules.NO_PLAN)
    may_plan(session, staff, plan.district_id)
    stored = session.get(VisitDeviation, given.deviation_id)
    if stored is not None and (stored.plan_id, stored.by_id) == (plan.id, staff.staff_id):
        return stored.number
    words = words_of(given.words, "words")
    if plan.state is not PlanState.APPROVED:
        raise ConflictError(rules.NOT_APPROVED)
    last = session.scalar(select(func.max(_d.number)).where(_d.plan_id == plan.id)) or 0
    if last != given.shown:
        raise ConflictError(rules.MOVED_ON)
    if given.reason not in tables.deviations:
        raise ValidationError(reason=rules.UNKNOWN_DEVIATION)
    before = _standing(session, plan.id, given.visit_id)
    _judge(session, plan, given, before)
    is_added = given.change is Deviation.ADDED
    stays = given.change is not Deviation.CANCELLED
    owner = {"office_id": plan.office_id, "household_id": given.household_id}
    session.add(
        VisitDeviation(
            id=given.deviation_id,
            plan_id=plan.id,
            number=last + 1,
            visit_id=given.visit_id,
            **owner,
            change=given.change,
            reason=given.reason,
            from_month=before.month if before else None,
            from_day=before.day if before else None,
            from_half=before.half.value if before and before.half else None,
            to_month=given.month if stays else None,
            to_day=given.day if stays else None,
            to_half=given.half.value if stays and given.half else None,
            kind=given.kind if is_added else None,
            minutes=given.minutes if is_added else None,
            by_id=staff.staff_id,
            at=at,
        )
    )
    session.flush()
    if words:
        session.add(VisitDeviationText(deviation_id=given.deviation_id, **owner, words=words))
        session.flush()
    return last + 1


def _standing(session: Session, plan_id: UUID, visit_id: UUID) -> _Standing | None:
    """As approved, or as the last deviation left it; None where the visit is not planned at all."""
    newest = select(_d).where(_d.plan_id == plan_id, _d.visit_id == visit_id)
    d = session.scalar(newest.order_by(_d.number.desc()).limit(1))
    if d is not None:
        is_cancelled = d.change is Deviation.CANCELLED
        half = Half(d.to_half) if d.to_half else None
        return _Standing(d.household_id, d.to_month, d.to_day, half, is_cancelled)
    v = session.scalar(
        select(_v).where(_v.plan_id == plan_id, _v.visit_id == visit_id, _v.to_version.is_(None))
    )
    return None if v is None else _Standing(v.household_id, v.month, v.day, v.half)


def _judge(
    session: Session, plan: VisitPlanRecord, given: DeviationInput, before: _Standing | None
) -> None:
    if given.change is Deviation.ADDED:
        household = session.get(Household, given.household_id)
        fits = household is not None and household.district_id == plan.district_id
        sensible = rules.FEWEST_MINUTES <= given.minutes <= rules.MOST_MINUTES
        if before is not None or not fits or not sensible:
            raise ValidationError(visits=rules.BAD_VISIT)
    elif before is None or before.is_cancelled or before.household_id != given.household_id:
        raise ConflictError(rules.NO_VISIT)
    if given.change is Deviation.CANCELLED:
        return
    wrong_day = given.day is not None and first_of_month(given.day) != given.month
    if (
        given.month not in months_of(plan.kind, plan.first_on)
        or wrong_day
        or (given.day is None and given.half is not None)
    ):
        raise ValidationError(month=rules.OUT_OF_PERIOD)
    if given.change is Deviation.MOVED and before is not None:
        stays = (before.month, before.day, before.half) == (given.month, given.day, given.half)
        if stays:
            raise ValidationError(month=rules.NOTHING_CHANGES)
