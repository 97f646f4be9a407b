"""The one door through which papers are taken in, moved on and handed over (受領書類).

PostgreSQL judges by itself (`security/sql/44_papers.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, Uuid, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import papering_here
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import PaperInput, PaperState


def receive(
    session: Session, staff: SignedInStaff, given: PaperInput, at: datetime, *, is_known_kind: bool
) -> None:
    """Take a paper in; the same one again changes nothing. PostgreSQL looks the kind up itself."""
    if on_server(session):
        words = (cast(given.from_whom, Text), cast(given.note, Text))
        person, owner = cast(given.person_id, Uuid), cast(given.owner_id, Uuid)
        kind, sheets = cast(given.kind, Text), cast(given.sheets, Integer)
        received = func.app.receive_paper(
            given.paper_id, given.household_id, kind, person, sheets, owner, *words
        )
        call(session, received)
    else:
        papering_here.receive(session, staff, given, at, is_known_kind=is_known_kind)


def step(
    session: Session,
    staff: SignedInStaff,
    paper_id: UUID,
    *,
    shown: PaperState,
    to: PaperState,
    reason: str,
    at: datetime,
) -> None:
    """Move a paper on from the state that was shown."""
    if on_server(session):
        said = (cast(shown.value, Text), cast(to.value, Text), cast(reason, Text))
        call(session, func.app.step_paper(paper_id, *said))
    else:
        papering_here.step(session, staff, paper_id, shown=shown, to=to, reason=reason, at=at)


def hand_over(
    session: Session,
    staff: SignedInStaff,
    paper_id: UUID,
    shown_owner: UUID | None,
    to: UUID,
    at: datetime,
) -> None:
    """Give a paper to another owner than the one that was shown."""
    if on_server(session):
        call(session, func.app.hand_over_paper(paper_id, cast(shown_owner, Uuid), to))
    else:
        papering_here.hand_over(session, staff, paper_id, shown_owner, to, at)


def call(session: Session, function: ColumnElement[Any]) -> None:
    """Let the server act, and read anew what it changed."""
    session.flush()
    session.scalars(select(function)).one()
    session.expire_all()


def on_server(session: Session) -> bool:
    """Whether the database judges by itself."""
    return session.get_bind().dialect.name == "postgresql"
