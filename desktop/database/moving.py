"""The one door through which a submission moves. The move table it obeys stands in `domain/approvals.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import (
    MOVES,
    ApprovalState,
    Decision,
    Move,
    Shown,
    Step,
    StepKind,
    StepState,
    Submission,
    refusal,
)
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.roles import APPROVING_POSITIONS, Role
from desktop.models.approvals import Approval, ApprovalMove, ApprovalNote, ApprovalStep
from desktop.models.office import StaffRole

_READ_AGAIN = "表示していた内容が変わりました。最新の内容を読んでから決裁してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubmission:
    """What is submitted: the subject's version and hash, who wrote it, and the route of positions."""

    office_id: UUID
    household_id: UUID
    subject_kind: str
    subject_id: UUID
    root_version: int
    content_hash: str
    author_id: UUID
    route: Sequence[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a move led to."""

    approval_id: UUID
    subject_kind: str
    subject_id: UUID
    household_id: UUID
    root_version: int
    state: ApprovalState
    author_id: UUID
    move_id: UUID = field(repr=False)


def submit(session: Session, given: NewSubmission, *, by: UUID, at: datetime) -> UUID:
    """Start a submission and return its id. Raises ConflictError when one is already under way."""
    latest = session.scalars(
        select(Approval)
        .where(Approval.subject_kind == given.subject_kind, Approval.subject_id == given.subject_id)
        .order_by(Approval.round.desc())
        .limit(1)
    ).first()
    if latest is not None and latest.state in {ApprovalState.WAITING, ApprovalState.HELD}:
        raise ConflictError("この案件はすでに提出されています。")
    approval = Approval(
        id=new_id(),
        office_id=given.office_id,
        subject_kind=given.subject_kind,
        subject_id=given.subject_id,
        household_id=given.household_id,
        round=1 if latest is None else latest.round + 1,
        root_version=given.root_version,
        content_hash=given.content_hash,
        state=ApprovalState.WAITING,
        position=given.route[0],
        author_id=given.author_id,
        submitted_by=by,
        submitted_at=at,
    )
    session.add(approval)
    session.flush()
    session.add_all(
        _step(approval, number, position) for number, position in enumerate(given.route, start=1)
    )
    _write_move(session, approval, Move.SUBMIT, by=by, at=at, step=None)
    return approval.id


def withdraw(session: Session, approval_id: UUID, *, by: UUID, at: datetime) -> Moved:
    """Take a submission back before the first stamp (引戻し)."""
    approval, steps = _locked(session, approval_id)
    _refuse_unless_allowed(approval, steps, Move.WITHDRAW, by=by, positions=frozenset())
    move_id = _write_move(session, approval, Move.WITHDRAW, by=by, at=at, step=None)
    _settle(approval, ApprovalState.WITHDRAWN, at)
    return _moved(approval, move_id)


def decide(
    session: Session, decision: Decision, *, by: UUID, positions: frozenset[Role], at: datetime
) -> Moved:
    """Make an approver's move on exactly the content that was displayed.

    Raises ValidationError where words are missing, ConflictError where the content or the state is no longer
    what was shown, NotPermittedError where the move table forbids it.
    """
    rule = MOVES[decision.move]
    if rule.needs_text and not decision.text.strip():
        raise ValidationError(text=f"{rule.text_label}を入力してください。")
    approval, steps = _locked(session, decision.approval_id)
    if (approval.root_version, approval.content_hash) != (
        decision.root_version,
        decision.content_hash,
    ):
        raise ConflictError(_READ_AGAIN)
    _refuse_unless_allowed(approval, steps, decision.move, by=by, positions=positions)
    step = _apply(session, approval, steps, decision, by=by, positions=positions, at=at)
    move_id = _write_move(
        session,
        approval,
        decision.move,
        by=by,
        at=at,
        step=step,
        text=decision.text,
        reply_due=decision.reply_due,
    )
    return _moved(approval, move_id)


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


def as_submission(approval: Approval, steps: Sequence[ApprovalStep]) -> Submission:
    """The plain form that the move table judges."""
    return Submission(
        state=approval.state,
        author_id=approval.author_id,
        submitter_id=approval.submitted_by,
        steps=tuple(
            Step(
                number=s.number,
                position=s.position,
                kind=s.kind,
                state=s.state,
                decided_by=s.decided_by,
            )
            for s in steps
        ),
    )


def _locked(session: Session, approval_id: UUID) -> tuple[Approval, list[ApprovalStep]]:
    approval = session.scalars(
        select(Approval).where(Approval.id == approval_id).with_for_update()
    ).one_or_none()
    if approval is None:
        raise NotPermittedError("この案件は見つからないか、見る権限がありません。")
    steps = session.scalars(
        select(ApprovalStep)
        .where(ApprovalStep.approval_id == approval_id)
        .order_by(ApprovalStep.number)
    )
    return approval, list(steps)


def _refuse_unless_allowed(
    approval: Approval,
    steps: list[ApprovalStep],
    move: Move,
    *,
    by: UUID,
    positions: frozenset[Role],
) -> None:
    sentence = refusal(as_submission(approval, steps), move, staff_id=by, positions=positions)
    if sentence is None:
        return
    if approval.state not in MOVES[move].from_states:
        raise ConflictError(sentence)
    raise NotPermittedError(sentence)


def _apply(
    session: Session,
    approval: Approval,
    steps: list[ApprovalStep],
    decision: Decision,
    *,
    by: UUID,
    positions: frozenset[Role],
    at: datetime,
) -> int | None:
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
            _settle(approval, ApprovalState.RETURNED, at)
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
        raise ConflictError(_READ_AGAIN)
    current.state, current.decided_by, current.decided_at, current.shown = state, by, at, shown
    following = next(
        (s for s in steps if s.kind is StepKind.APPROVE and s.state is StepState.OPEN), None
    )
    if following is None:
        _settle(approval, ApprovalState.APPROVED, at)
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
    step = _step(approval, last + 1, position)
    session.add(step)
    steps.append(step)
    return _stamp(approval, steps, current, StepState.APPROVED, decision.shown, by=by, at=at)


def _circulate(
    session: Session, approval: Approval, steps: list[ApprovalStep], position: Role | None
) -> None:
    if position is None:
        raise ValidationError(position="供覧先を選んでください。")
    number = max((s.number for s in steps), default=0) + 1
    session.add(_step(approval, number, position, StepKind.CIRCULATE))


def _inspect(
    approval: Approval,
    steps: list[ApprovalStep],
    positions: frozenset[Role],
    *,
    by: UUID,
    at: datetime,
) -> int:
    mine = [s for s in steps if s.state is StepState.APPROVED_FOR and s.position in positions]
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


def _settle(approval: Approval, state: ApprovalState, at: datetime) -> None:
    approval.state, approval.position, approval.decided_at = state, None, at


def _step(
    approval: Approval, number: int, position: Role, kind: StepKind = StepKind.APPROVE
) -> ApprovalStep:
    return ApprovalStep(
        approval_id=approval.id,
        number=number,
        office_id=approval.office_id,
        household_id=approval.household_id,
        position=position,
        kind=kind,
        state=StepState.OPEN,
    )


def _write_move(
    session: Session,
    approval: Approval,
    move: Move,
    *,
    by: UUID,
    at: datetime,
    step: int | None,
    text: str = "",
    reply_due: date | None = None,
) -> UUID:
    approval.version = approval.version + 1 if approval.version else 1
    row = ApprovalMove(
        id=new_id(),
        office_id=approval.office_id,
        approval_id=approval.id,
        household_id=approval.household_id,
        move=move,
        by_id=by,
        at=at,
        root_version=approval.root_version,
        content_hash=approval.content_hash,
        step=step,
        reply_due=reply_due,
    )
    session.add(row)
    session.flush()
    if text.strip():
        session.add(
            ApprovalNote(
                move_id=row.id,
                office_id=approval.office_id,
                household_id=approval.household_id,
                text=text.strip(),
            )
        )
    return row.id


def _moved(approval: Approval, move_id: UUID) -> Moved:
    return Moved(
        approval_id=approval.id,
        subject_kind=approval.subject_kind,
        subject_id=approval.subject_id,
        household_id=approval.household_id,
        root_version=approval.root_version,
        state=approval.state,
        author_id=approval.author_id,
        move_id=move_id,
    )
