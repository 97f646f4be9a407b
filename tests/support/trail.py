"""An audit trail to verify: a server's fresh database with some events, and a hand that alters them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text


def put_events(engine: Engine, count: int, action: str = "試験") -> None:
    """So many events, each in a transaction of its own."""
    for number in range(count):
        with engine.begin() as connection:
            connection.execute(
                text(
                    "SELECT audit.put(:action, 'entry', :key, NULL, NULL, jsonb_build_object('number', :n))"
                ),
                {"action": action, "key": f"k{number}", "n": number},
            )


def seal(engine: Engine) -> int:
    """Seal what is finished; the number of events sealed."""
    with engine.begin() as connection:
        return int(connection.scalar(text("SELECT audit.seal_now()")) or 0)


def as_superuser(engine: Engine, statement: str, **values: Any) -> None:
    """Change the trail as somebody who owns the server could: triggers and policies do not hold him."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        assert connection.execute(text(statement), values).rowcount != 0
