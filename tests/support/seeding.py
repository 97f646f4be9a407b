"""The shipped values of a new office, written without the guards: they stand there before a test begins."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.services.masters.seed import seed
from tests.support.factories import CLOCK


def seed_at_once(session: Session, office_id: UUID) -> None:
    """What `seed` writes. On PostgreSQL guards and trail look away: a thousand rows through them cost half a second.

    Tests of the trail and of the guards use `seed` itself.
    """
    session.flush()
    on_server = session.get_bind().dialect.name == "postgresql"
    if on_server:
        session.execute(text("SET LOCAL session_replication_role = replica"))
    seed(session, office_id, CLOCK.now())
    if on_server:
        session.execute(text("SET LOCAL session_replication_role = origin"))
