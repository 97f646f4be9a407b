"""The one door through which files are disposed of and held back (文書廃棄・保留).

PostgreSQL judges and carries out by itself (`security/sql/9*.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Text, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from desktop.database import disposing_here
from desktop.database.disposing_here import Acting
from desktop.domain.clock import japan_day
from desktop.domain.disposal import DisposalDecision
from desktop.domain.holds import NewHold

__all__ = ["Acting", "carry_out", "decide", "draw_up", "end_hold", "set_hold", "withdraw"]


def draw_up(session: Session, acting: Acting, list_id: UUID, households: Sequence[UUID]) -> None:
    """Draw up a list. ConflictError where a household may not go today."""
    if _on_server(session):
        ids = cast(list(households), ARRAY(Uuid))
        _call(session, func.app.draw_up_disposal(list_id, ids))
    else:
        disposing_here.draw_up(session, acting, list_id, households)


def decide(
    session: Session,
    acting: Acting,
    list_id: UUID,
    decision: DisposalDecision,
    shown_hash: str,
    reason: str,
) -> None:
    """Check or approve exactly the list that was shown, or refuse it."""
    if _on_server(session):
        said = (cast(decision.value, Text), cast(shown_hash, Text), cast(reason, Text))
        _call(session, func.app.decide_disposal(list_id, *said))
    else:
        disposing_here.decide(session, acting, list_id, decision, shown_hash, reason)


def withdraw(session: Session, acting: Acting, list_id: UUID) -> None:
    """Take an own list back."""
    if _on_server(session):
        _call(session, func.app.withdraw_disposal(list_id))
    else:
        disposing_here.withdraw(session, acting, list_id)


def carry_out(session: Session, acting: Acting, list_id: UUID, shown_hash: str) -> int:
    """Remove the files of an approved list, all or none; return how many. Every household is judged again."""
    if _on_server(session):
        done = func.app.carry_out_disposal(list_id, cast(shown_hash, Text))
        return int(str(_call(session, done)))
    return disposing_here.carry_out(session, acting, list_id, shown_hash)


def set_hold(session: Session, acting: Acting, hold_id: UUID, given: NewHold) -> None:
    """Hold a file back."""
    if _on_server(session):
        days = (cast(given.valid_from, Date), cast(given.valid_to, Date))
        kind, reason = cast(given.kind.value, Text), cast(given.reason, Text)
        _call(session, func.app.set_hold(hold_id, given.household_id, kind, *days, reason))
    else:
        disposing_here.set_hold(session, acting, hold_id, given, japan_day(acting.at))


def end_hold(session: Session, acting: Acting, hold_id: UUID) -> None:
    """Let a held file go; yesterday was the hold's last day."""
    if _on_server(session):
        _call(session, func.app.end_hold(hold_id))
    else:
        disposing_here.end_hold(session, acting, hold_id, japan_day(acting.at))


def _call(session: Session, function: ColumnElement[Any]) -> object:
    session.flush()
    made = session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again
    return made


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
