"""Plans without their visits: which there are, where they stand, and what the reader may do with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import ROLE_LABELS, Permission, Role
from desktop.domain.visit_plan_views import PlanHead, PlanStep
from desktop.domain.visit_plans import (
    NO_PLAN,
    PLAN_MOVES,
    WRITABLE,
    PlanKind,
    PlanMove,
    PlanParty,
    PlanState,
)
from desktop.models.office import District, Staff
from desktop.models.visit_plans import (
    VisitPlanRecord,
    VisitPlanStep,
    VisitPlanStepText,
    VisitPlanVersion,
)

_p = VisitPlanRecord
_Saved, _Submitted, _Decided = aliased(Staff), aliased(Staff), aliased(Staff)


def head_of(session: Session, staff: SignedInStaff, plan_id: UUID) -> PlanHead:
    """A plan of the reader's duty. Raises NotPermittedError where it is another's or none."""
    row = session.execute(_heads().where(_p.id == plan_id, in_reach(staff))).one_or_none()
    if row is None:
        raise NotPermittedError(NO_PLAN)
    return _head(row)


def heads(
    session: Session, staff: SignedInStaff, *conditions: ColumnElement[bool]
) -> tuple[PlanHead, ...]:
    """The plans of the reader's duty, by kind, first day and district."""
    rows = session.execute(
        _heads()
        .where(in_reach(staff), *conditions)
        .order_by(_p.kind.desc(), _p.first_on, District.code)
    )
    return tuple(_head(row) for row in rows)


def plan_of(
    session: Session, staff: SignedInStaff, district_id: UUID, kind: PlanKind, first_on: date
) -> PlanHead | None:
    """The plan of a district for a period, None where there is none."""
    found = heads(
        session,
        staff,
        _p.district_id == district_id,
        _p.kind == kind,
        _p.first_on == first_on,
    )
    return found[0] if found else None


def in_reach(staff: SignedInStaff) -> ColumnElement[bool]:
    """Plans of the person's duty."""
    office = _p.office_id == staff.office_id
    return office if staff.is_office_wide else office & _p.district_id.in_(staff.duty_district_ids)


def steps_of(session: Session, plan_id: UUID) -> tuple[PlanStep, ...]:
    """The moves of a plan, the oldest first."""
    s, t = VisitPlanStep, VisitPlanStepText
    rows = session.execute(
        select(s, Staff.name, t.words)
        .join(Staff, Staff.id == s.by_id)
        .outerjoin(t, (t.plan_id == s.plan_id) & (t.number == s.number))
        .where(s.plan_id == plan_id)
        .order_by(s.number)
    )
    return tuple(
        PlanStep(
            number=step.number,
            state=step.state,
            version=step.version,
            position=ROLE_LABELS[Role(step.position)] if step.position else "",
            by=by,
            at=step.at,
            words=words or "",
        )
        for step, by, words in rows
    )


def may_plan(staff: SignedInStaff, district_id: UUID) -> bool:
    """Whether the person plans for the district."""
    return staff.may(Permission.WRITE_RECORDS) and district_id in staff.own_district_ids


def may_edit(staff: SignedInStaff, head: PlanHead) -> bool:
    """Whether the person may change the plan's visits now."""
    return head.state in WRITABLE and may_plan(staff, head.district_id)


def may_deviate(staff: SignedInStaff, head: PlanHead) -> bool:
    """Whether the person may note what is done otherwise than approved."""
    return head.state is PlanState.APPROVED and may_plan(staff, head.district_id)


def moves_of(session: Session, staff: SignedInStaff, head: PlanHead) -> tuple[PlanMove, ...]:
    """The moves that the person may make with the plan as it stands; who may return it is not offered to withdraw it."""
    decides = _may_decide(session, staff, head)
    plans = may_plan(staff, head.district_id)
    return tuple(
        rule.move
        for rule in PLAN_MOVES.values()
        if head.state in rule.from_states
        and (decides if rule.party is PlanParty.DECIDER else plans)
        and not (decides and rule.move is PlanMove.WITHDRAW)
    )


def _may_decide(session: Session, staff: SignedInStaff, head: PlanHead) -> bool:
    if not staff.may(Permission.DECIDE_APPROVALS) or not staff.positions_in(head.district_id):
        return False
    v = VisitPlanVersion
    wrote = exists().where(v.plan_id == head.plan_id, v.saved_by == staff.staff_id)
    handed_in = exists().where(
        _p.id == head.plan_id,
        (_p.submitted_by == staff.staff_id) | (_p.drafted_by == staff.staff_id),
    )
    return not session.scalar(select(wrote | handed_in))


def _heads() -> Select[*tuple[Any, ...]]:
    return (
        select(_p, District, Staff.name, _Saved.name, _Submitted.name, _Decided.name)
        .join(District, District.id == _p.district_id)
        .join(Staff, Staff.id == _p.staff_id)
        .join(_Saved, _Saved.id == _p.saved_by)
        .outerjoin(_Submitted, _Submitted.id == _p.submitted_by)
        .outerjoin(_Decided, _Decided.id == _p.decided_by)
    )


def _head(row: Sequence[Any]) -> PlanHead:
    plan, district, caseworker, saved_by, submitted_by, decided_by = row
    return PlanHead(
        plan_id=plan.id,
        kind=plan.kind,
        first_on=plan.first_on,
        district_id=district.id,
        district_code=district.code,
        district_name=district.name,
        caseworker_id=plan.staff_id,
        caseworker=caseworker,
        state=plan.state,
        state_at=plan.state_at,
        version=plan.version,
        content_hash=plan.content_hash,
        saved_by=saved_by,
        saved_at=plan.saved_at,
        submitted_by=submitted_by or "",
        submitted_at=plan.submitted_at,
        decided_by=decided_by or "",
        decided_at=plan.decided_at,
    )
