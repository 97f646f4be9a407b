"""The one door through which a submission moves. The move table it obeys stands in `domain/approvals.py`.

PostgreSQL judges and moves by itself; the training office does the same in the unit of work.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import moving_here, moving_on_server
from desktop.database.moving_here import as_submission
from desktop.database.submissions import Freezing, Moved, NewSubmission
from desktop.domain.approvals import Decision
from desktop.domain.roles import Role

__all__ = ["Freezing", "Moved", "NewSubmission", "as_submission", "decide", "submit", "withdraw"]


def submit(
    session: Session, subject: Freezing, given: NewSubmission, *, by: UUID, at: datetime
) -> UUID:
    """Freeze the subject, start its submission and return its id. ConflictError when one is under way."""
    if _on_server(session):
        return moving_on_server.submit(session, given)
    return moving_here.submit(session, subject, given, by=by, at=at)


def withdraw(
    session: Session, subject: Freezing, approval_id: UUID, *, by: UUID, at: datetime
) -> Moved:
    """Take a submission back before the first stamp (引戻し)."""
    if _on_server(session):
        return moving_on_server.withdraw(session, approval_id)
    return moving_here.withdraw(session, subject, approval_id, by=by, at=at)


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
    if _on_server(session):
        return moving_on_server.decide(session, decision)
    return moving_here.decide(session, subject, decision, by=by, positions=positions, at=at)


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
