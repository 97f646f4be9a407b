"""Moves by PostgreSQL's own functions: who moves, whether he may, and all stamps are the server's word."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Date, Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database.submissions import Moved, NewSubmission
from desktop.domain.approvals import Decision
from desktop.models.approvals import Approval, ApprovalMove


def submit(session: Session, given: NewSubmission) -> UUID:
    """Start a submission of the subject's version and return its id. Route, author and hash are the server's."""
    submitted = func.app.submit(
        cast(given.subject_kind, Text), given.subject_id, given.root_version
    )
    return _called(session, submitted)


def withdraw(session: Session, approval_id: UUID) -> Moved:
    """Take a submission back before the first stamp."""
    return _moved(session, _called(session, func.app.withdraw(approval_id)))


def decide(session: Session, decision: Decision) -> Moved:
    """Make an approver's move on exactly the content that was displayed."""
    decided = func.app.decide(
        decision.approval_id,
        cast(decision.move.value, Text),
        decision.root_version,
        cast(decision.content_hash, Text),
        cast(decision.shown.value, Text),
        cast(decision.text, Text),
        cast(decision.reply_due, Date),
        cast(decision.position.value if decision.position else None, Text),
    )
    return _moved(session, _called(session, decided))


def _called(session: Session, function: ColumnElement[UUID]) -> UUID:
    session.flush()
    made = session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again
    return made


def _moved(session: Session, move_id: UUID) -> Moved:
    row = session.execute(
        select(
            Approval.id,
            Approval.subject_kind,
            Approval.subject_id,
            Approval.household_id,
            Approval.root_version,
            Approval.state,
            Approval.author_id,
        )
        .join(ApprovalMove, ApprovalMove.approval_id == Approval.id)
        .where(ApprovalMove.id == move_id)
    ).one()
    return Moved(
        approval_id=row.id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        household_id=row.household_id,
        root_version=row.root_version,
        state=row.state,
        author_id=row.author_id,
        move_id=move_id,
    )
