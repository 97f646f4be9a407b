"""What each move does to a submission and its steps. The moving door has judged the move before."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState, Decision, Move, Shown, StepKind, StepState
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.roles import APPROVING_POSITIONS, Role
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.office import StaffRole

READ_AGAIN = "表示していた内容が変わりました。最新の内容を読んでから決裁してください。"


def positions_held(session: Session, office_id: UUID, on: date) -> frozenset[Role]:
    """The approving positions that somebody in the office holds on a day."""
    held = session.scalars(
        select(StaffRole.role).where(
            StaffRole.office_id == office_id,
            StaffRole.valid_from <= on,
            or_(StaffRole.valid_to.is_(None), StaffRole.valid_to >= on),
        )
    )
    return frozenset(held) & frozenset(APPROVING_POSITIONS)


def apply(
    session: Session,
    approval: Approval,
    steps: list[ApprovalStep],
    decision: Decision,
    *,
    by: UUID,
    positions: frozenset[Role],
    at: datetime,
) -> int | None:
    """Carry the move out and return the number of the step it concerned."""
    current = next(
        (s for s in steps if s.kind is StepKind.APPROVE and s.state is StepState.OPEN), None
    )
    match decision.move:
        case Move.APPROVE | Move.APPROVE_WITH_INSTRUCTION:
            return _stamp(
                approval, steps, current, StepState.APPROVED, decision.shown, by=by, at=at
            )
        case Move.APPROVE_FOR:
            number = _stamp(
                approval, steps, current, StepState.APPROVED_FOR, decision.shown, by=by, at=at
            )
            approval.waits_inspection = True
            return number
        case Move.RETURN:
            settle(approval, ApprovalState.RETURNED, at)
        case Move.HOLD:
            approval.state = ApprovalState.HELD
        case Move.SEND_HIGHER:
            return _send_higher(session, approval, steps, current, decision, by=by, at=at)
        case Move.CIRCULATE:
            _circulate(session, approval, steps, decision.position)
        case Move.INSPECT_LATER:
            return _inspect(approval, steps, positions, by=by, at=at)
        case Move.MARK_READ:
            return _mark_read(steps, positions, by=by, at=at)
        case Move.SUBMIT | Move.WITHDRAW:
            raise NotPermittedError("この操作は決裁ではありません。")
    return current.number if current else None


def _stamp(
    approval: Approval,
    steps: list[ApprovalStep],
    current: ApprovalStep | None,
    state: StepState,
    shown: Shown,
    *,
    by: UUID,
    at: datetime,
) -> int:
    if current is None:
        raise ConflictError(READ_AGAIN)
    current.state, current.decided_by, current.decided_at, current.shown = state, by, at, shown
    following = next(
        (s for s in steps if s.kind is StepKind.APPROVE and s.state is StepState.OPEN), None
    )
    if following is None:
        settle(approval, ApprovalState.APPROVED, at)
    else:
        approval.state, approval.position = ApprovalState.WAITING, following.position
    return current.number


def _send_higher(
    session: Session,
    approval: Approval,
    steps: list[ApprovalStep],
    current: ApprovalStep | None,
    decision: Decision,
    *,
    by: UUID,
    at: datetime,
) -> int:
    """The approver stamps, and the position above the route's end is added (所長決裁へ上げる)."""
    last = max(s.number for s in steps)
    highest = max(
        (s.position for s in steps if s.kind is StepKind.APPROVE), key=APPROVING_POSITIONS.index
    )
    above = APPROVING_POSITIONS[APPROVING_POSITIONS.index(highest) + 1 :]
    held = positions_held(session, approval.office_id, japan_day(at))
    position = decision.position or next((p for p in above if p in held), None)
    if position is None or position not in above:
        raise ValidationError(position="これより上の決裁者を選んでください。")
    step = open_step(approval, last + 1, position)
    session.add(step)
    steps.append(step)
    return _stamp(approval, steps, current, StepState.APPROVED, decision.shown, by=by, at=at)


def _circulate(
    session: Session, approval: Approval, steps: list[ApprovalStep], position: Role | None
) -> None:
    if position is None:
        raise ValidationError(position="供覧先を選んでください。")
    number = max((s.number for s in steps), default=0) + 1
    session.add(open_step(approval, number, position, StepKind.CIRCULATE))


def _inspect(
    approval: Approval,
    steps: list[ApprovalStep],
    positions: frozenset[Role],
    *,
    by: UUID,
    at: datetime,
) -> int:
    mine = [
        s
        for s in steps
        if s.state is StepState.APPROVED_FOR and s.position in positions and s.decided_by != by
    ]
    for step in mine:
        step.state, step.inspected_by, step.inspected_at = StepState.INSPECTED, by, at
    approval.waits_inspection = any(s.state is StepState.APPROVED_FOR for s in steps)
    return mine[0].number


def _mark_read(
    steps: list[ApprovalStep], positions: frozenset[Role], *, by: UUID, at: datetime
) -> int:
    step = next(
        s
        for s in steps
        if s.kind is StepKind.CIRCULATE and s.state is StepState.OPEN and s.position in positions
    )
    step.state, step.decided_by, step.decided_at = StepState.READ, by, at
    return step.number


def settle(approval: Approval, state: ApprovalState, at: datetime) -> None:
    """The submission has come to rest: it is nobody's turn any more."""
    approval.state, approval.position, approval.decided_at = state, None, at


def open_step(
    approval: Approval, number: int, position: Role, kind: StepKind = StepKind.APPROVE
) -> ApprovalStep:
    """A step that waits for its position."""
    return ApprovalStep(
        approval_id=approval.id,
        number=number,
        office_id=approval.office_id,
        household_id=approval.household_id,
        position=position,
        kind=kind,
        state=StepState.OPEN,
    )
