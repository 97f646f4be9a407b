"""Moves where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import move_effects as effects
from desktop.database.submissions import Freezing, Moved, NewSubmission
from desktop.domain.approvals import (
    MOVES,
    STAMPING,
    ApprovalState,
    Decision,
    Move,
    Shown,
    Step,
    Submission,
    refusal,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.models.approvals import Approval, ApprovalMove, ApprovalNote, ApprovalStep
from desktop.models.imports import Ticket, TicketHousehold


def submit(
    session: Session, subject: Freezing, given: NewSubmission, *, by: UUID, at: datetime
) -> UUID:
    """Start a submission and return its id. Raises ConflictError when one is already under way."""
    subject.begin(session, given.subject_id)
    latest = session.scalars(
        select(Approval)
        .where(Approval.subject_kind == given.subject_kind, Approval.subject_id == given.subject_id)
        .order_by(Approval.round.desc())
        .limit(1)
    ).first()
    if latest is not None and latest.state in {ApprovalState.WAITING, ApprovalState.HELD}:
        raise ConflictError("この案件はすでに提出されています。")
    route = given.route()
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
        position=route[0],
        author_id=given.author_id,
        submitted_by=by,
        submitted_at=at,
    )
    session.add(approval)
    session.flush()
    session.add_all(
        effects.open_step(approval, number, position)
        for number, position in enumerate(route, start=1)
    )
    _write_move(session, approval, Move.SUBMIT, by=by, at=at, step=None)
    return approval.id


def withdraw(
    session: Session, subject: Freezing, approval_id: UUID, *, by: UUID, at: datetime
) -> Moved:
    """Take a submission back before the first stamp (引戻し)."""
    approval, steps = _locked(session, approval_id)
    _refuse_unless_allowed(approval, steps, Move.WITHDRAW, by=by, positions=frozenset())
    move_id = _write_move(session, approval, Move.WITHDRAW, by=by, at=at, step=None)
    effects.settle(approval, ApprovalState.WITHDRAWN, at)
    moved = _moved(approval, move_id)
    subject.settled(session, moved, at)
    return moved


def decide(
    session: Session,
    subject: Freezing,
    decision: Decision,
    *,
    by: UUID,
    positions: frozenset[Role],
    at: datetime,
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
        raise ConflictError(effects.READ_AGAIN)
    _refuse_unless_allowed(approval, steps, decision.move, by=by, positions=positions)
    if decision.move in STAMPING and decision.shown is Shown.READ:
        _refuse_unread(session, approval, by)
    before = approval.state
    step = effects.apply(session, approval, steps, decision, by=by, positions=positions, at=at)
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
    moved = _moved(approval, move_id)
    if moved.state is not before:  # else the subject may be in other hands by now
        subject.settled(session, moved, at)
    return moved


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


def _refuse_unread(session: Session, approval: Approval, by: UUID) -> None:
    """A stamp says that the content was before the person: its file was opened since the submission."""
    opened = (
        select(Ticket.id)
        .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
        .where(
            Ticket.staff_id == by,
            Ticket.opened_at >= approval.submitted_at,
            TicketHousehold.household_id == approval.household_id,
        )
    )
    if not session.scalar(select(opened.exists())):
        raise NotPermittedError("提出された内容を開いて読んでから決裁してください。")


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
