"""Accounts by PostgreSQL's own functions: who asks, who decides and what follows is the server's word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from desktop.domain.accounts import ChangeDecision, ChangeKind, PasswordNotice
from desktop.domain.errors import UserError

_FIXED = (
    "研修用の福祉事務所では、職員と権限は決まっています。変更は本番のデータベースで行ってください。"
)
_ALGORITHM = b"scram-sha-256"


def refuse_training(session: Session) -> None:
    """Raise UserError on SQLite: the training office has no logins, its accounts stay as they are."""
    if session.get_bind().dialect.name != "postgresql":
        raise UserError(_FIXED)


def request(
    session: Session, change_id: UUID, kind: ChangeKind, payload: Mapping[str, Any]
) -> None:
    """Ask for a change; it waits for the second person."""
    asked = func.app.request_staff_change(
        change_id, cast(kind.value, Text), cast(dict(payload), JSONB)
    )
    session.execute(select(asked))


def decide(session: Session, change_id: UUID, decision: ChangeDecision, reason: str) -> None:
    """Approve (it is carried out in this transaction), refuse, or take back."""
    session.execute(
        select(
            func.app.decide_staff_change(change_id, cast(decision.value, Text), cast(reason, Text))
        )
    )


def retire(session: Session, login: str) -> None:
    """End a person's access at once; open connections of that login are cut."""
    session.execute(select(func.app.retire_staff(cast(login, Text))))


def reset_password(session: Session, reset_id: UUID, login: str, password: str) -> datetime:
    """Give a person another password for a short time; return until when. The server gets the verifier alone."""
    given = func.app.reset_password(
        reset_id, cast(login, Text), cast(verifier(session, login, password), Text)
    )
    until: datetime = session.scalars(select(given)).one()
    return until


def change_own_password(session: Session, password: str) -> None:
    """Change the password of whoever the connection was opened by."""
    login = str(session.scalar(select(func.session_user())))
    changed = func.app.change_own_password(cast(verifier(session, login, password), Text))
    session.execute(select(changed))


def password_length(session: Session) -> int:
    """How many characters an own password needs."""
    return int(session.scalars(select(func.app.password_length())).one())


def password_end(session: Session) -> datetime | None:
    """Until when the own password holds; None for one without an end."""
    held: datetime | None = session.scalar(
        text(
            "SELECT CASE WHEN isfinite(rolvaliduntil) THEN rolvaliduntil END"
            " FROM pg_catalog.pg_roles WHERE rolname = session_user"
        )
    )
    return held


def password_news(session: Session) -> tuple[PasswordNotice, ...]:
    """Passwords that somebody gave anew in the last 14 days: the person's own, for heads all of the office."""
    return tuple(
        PasswordNotice(
            staff_id=row.staff_id,
            person=row.person,
            by=row.by_name,
            at=row.at,
            valid_until=row.valid_until,
            is_own=row.is_own,
        )
        for row in session.execute(text("SELECT * FROM app.password_news()"))
    )


def verifier(session: Session, login: str, password: str) -> str:
    """The SCRAM verifier of a password, computed here: no clear password reaches the server or its logs."""
    driver: Any = session.connection().connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), login.encode(), _ALGORITHM)
    return made.decode("ascii")
