"""Plans that wait for the reader's decision (決裁待ち): each goes to the district's supervisor, else to who stands above."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Role
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlanState
from desktop.models.office import Assignment
from desktop.models.visit_plans import VisitPlanRecord, VisitPlanStep, VisitPlanVersion
from desktop.services.periods import holds_on
from desktop.services.visit_plans import heads

_p, _v, _a = VisitPlanRecord, VisitPlanVersion, Assignment


def waiting_plans(session: Session, staff: SignedInStaff, today: date) -> tuple[PlanHead, ...]:
    """Submitted plans that this person decides, the oldest first; nothing that he or she saved or handed in.

    A section head or director gets what no supervisor of the district may decide: there is none, or all had a hand in it.
    """
    theirs = _p.district_id.in_(staff.supervised_district_ids)
    reach: list[ColumnElement[bool]] = [theirs] if Role.SUPERVISOR in staff.roles else []
    if staff.positions_everywhere:
        reach.append(~_a_supervisor_may(today))
    found = heads.heads(
        session, staff, _p.state == PlanState.SUBMITTED, or_(*reach), ~_has_a_hand(staff.staff_id)
    )
    return tuple(sorted(found, key=lambda head: (head.submitted_at or head.state_at, head.plan_id)))


def times_returned(session: Session, plan_ids: Collection[UUID]) -> dict[UUID, int]:
    """Plan → how often it came back, of those that did."""
    s = VisitPlanStep
    rows = session.execute(
        select(s.plan_id, func.count())
        .where(s.plan_id.in_(plan_ids), s.state == PlanState.RETURNED)
        .group_by(s.plan_id)
    )
    return {plan_id: count for plan_id, count in rows}  # noqa: C416 - rows are not pairs to the type checker


def _has_a_hand(staff_id: UUID) -> ColumnElement[bool]:
    saved = exists().where(_v.plan_id == _p.id, _v.saved_by == staff_id)
    return saved | (_p.submitted_by == staff_id) | (_p.drafted_by == staff_id)


def _a_supervisor_may(today: date) -> ColumnElement[bool]:
    """Whether somebody who supervises the district had no hand in the plan."""
    saved = exists().where(_v.plan_id == _p.id, _v.saved_by == _a.staff_id)
    return exists().where(
        _a.district_id == _p.district_id,
        _a.kind == AssignmentKind.SUPERVISOR,
        holds_on(_a, today),
        _p.submitted_by != _a.staff_id,
        _p.drafted_by != _a.staff_id,
        ~saved,
    )
