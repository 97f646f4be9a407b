"""The one door through which disclosure requests (開示請求) are written and moved on.

PostgreSQL judges by itself (`security/sql/53_disclosures.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Text, Uuid, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import disclosing_here, disclosing_scope_here
from desktop.database.disclosing_here import Acting
from desktop.domain.disclosures import DisclosureMove, RequestInput
from desktop.domain.disclosures_marks import MarkInput

__all__ = ["Acting", "lift", "mark", "may_review", "move", "note_draft", "shown_hash", "take"]


def take(session: Session, acting: Acting, given: RequestInput) -> None:
    """Take a request in; the same once more changes nothing."""
    if _on_server(session):
        days = (cast(d, Date) for d in (given.asked_on, given.records_from, given.records_to))
        who = (given.disclosure_id, given.household_id, given.person_id)
        asked = (_text(given.requester.value), _text(given.asked_by))
        _call(session, func.app.take_disclosure(*who, *asked, *days))
    else:
        disclosing_here.take(session, acting, given)


def mark(session: Session, acting: Acting, given: MarkInput) -> None:
    """Decide about a part; the same once more changes nothing."""
    if _on_server(session):
        key = given.key
        what = (key.entry_id, key.version, _text(key.part.value), cast(key.segment_id, Uuid))
        span = (cast(given.start, Integer), cast(given.end, Integer), _text(given.quote))
        said = (_text(given.verdict.value), _text(given.reason), _text(given.note))
        _call(
            session,
            func.app.mark_disclosure(given.mark_id, given.disclosure_id, *what, *span, *said),
        )
    else:
        disclosing_here.mark(session, acting, given)


def lift(session: Session, acting: Acting, mark_id: UUID) -> None:
    """Take a decision back."""
    if _on_server(session):
        _call(session, func.app.lift_disclosure_mark(mark_id))
    else:
        disclosing_here.lift(session, acting, mark_id)


def move(
    session: Session,
    acting: Acting,
    disclosure_id: UUID,
    wanted: DisclosureMove,
    *,
    shown_hash: str,
    reason: str = "",
    batch_id: UUID | None = None,
) -> None:
    """Move a request on; `batch_id` is this unit of work's print run when the copy is issued."""
    if _on_server(session):
        said = (_text(wanted.value), _text(shown_hash), _text(reason), cast(batch_id, Uuid))
        _call(session, func.app.move_disclosure(disclosure_id, *said))
    else:
        disclosing_here.move(
            session,
            acting,
            disclosure_id,
            wanted,
            shown_hash=shown_hash,
            reason=reason,
            batch_id=batch_id,
        )


def note_draft(session: Session, acting: Acting, disclosure_id: UUID, batch_id: UUID) -> None:
    """Note that a proof of the copy went to paper in this unit of work's print run."""
    if _on_server(session):
        _call(session, func.app.note_disclosure_draft(disclosure_id, batch_id))
    else:
        disclosing_here.note_draft(session, acting, disclosure_id, batch_id)


def shown_hash(session: Session, acting: Acting, disclosure_id: UUID) -> str:
    """SHA-256 over the request, its entries and its marks as they stand now."""
    if _on_server(session):
        return str(session.scalars(select(func.app.shown_disclosure(disclosure_id))).one())
    request = disclosing_here.at_hand(session, acting, disclosure_id)
    return disclosing_scope_here.content_hash(session, request)


def may_review(session: Session, acting: Acting, disclosure_id: UUID) -> bool:
    """Whether the person may take the second look."""
    if _on_server(session):
        return bool(session.scalars(select(func.app.may_review_disclosure(disclosure_id))).one())
    return disclosing_here.may_review(session, acting, disclosure_id)


def _text(value: str) -> ColumnElement[str]:
    return cast(value, Text)


def _call(session: Session, function: ColumnElement[Any]) -> None:
    session.flush()
    session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
