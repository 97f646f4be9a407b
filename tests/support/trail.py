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
    """Seal everything written so far; the number of events sealed."""
    wait_for_others(engine)
    return seal_now(engine)


def wait_for_others(engine: Engine) -> None:
    """Wait until all events so far may be sealed.

    Transactions of the whole server hold a seal back, those of other tests too: wait until ours are behind all of them.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        last = connection.scalar(text("SELECT coalesce(max(xid), '0') FROM audit.event"))
        while not connection.scalar(
            text("SELECT pg_snapshot_xmin(pg_current_snapshot()) > CAST(:last AS xid8)"),
            {"last": str(last)},
        ):
            connection.execute(text("SELECT pg_sleep(0.02)"))


def seal_now(engine: Engine, most: int = 500_000) -> int:
    """Seal what is finished at this moment."""
    with engine.begin() as connection:
        return int(connection.scalar(text("SELECT audit.seal_now(:most)"), {"most": most}) or 0)


def as_superuser(engine: Engine, statement: str, **values: Any) -> None:
    """Change the trail as somebody who owns the server could: triggers and policies do not hold him."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        assert connection.execute(text(statement), values).rowcount != 0
