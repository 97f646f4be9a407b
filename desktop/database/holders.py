"""Who stands in the way of an upgrade: its wait for a table ends, and whose transaction is open is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from desktop.database.failures import sqlstate
from desktop.domain.errors import UnavailableError

#: Seconds for which an upgrade waits for one table. Whoever needs that table queues behind it meanwhile, so the screens
#: of the office stand still as long: it is ten times what an ordinary save holds a table for, and not more.
PATIENCE = 10
_LOCK_TIMEOUT = "55P03"
_DEADLOCK = "40P01"
_NAMED = 5
#: Tables of ours lie above what PostgreSQL numbers for itself. `strong` asks for those that let nobody even read.
_HOLDERS = text(
    "SELECT a.pid, coalesce(a.usename, a.backend_type) AS login, a.application_name AS program"
    " FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()"
    " AND clock_timestamp() - a.xact_start >= make_interval(secs => :seconds)"
    " AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.locktype = 'relation'"
    " AND l.relation >= 16384 AND (NOT :strong OR l.mode = 'AccessExclusiveLock'))"
    " ORDER BY a.xact_start, a.pid"
)


@contextmanager
def told_who_holds(engine: Engine) -> Iterator[None]:
    """Raise UnavailableError where the work waited too long or ran into a deadlock; its transaction is over."""
    try:
        yield
    except OperationalError as error:
        state = sqlstate(error)
        if state not in {_LOCK_TIMEOUT, _DEADLOCK}:
            raise
        # Who made it wait held the table all that time; a deadlock comes at once.
        found = holders(engine, seconds=PATIENCE if state == _LOCK_TIMEOUT else 0)
        raise in_the_way(found) from None


def holders(engine: Engine, *, seconds: float, strong: bool = False) -> tuple[str, ...]:
    """Login, program and number of each connection that uses a table of ours for so long, the longest first."""
    with engine.connect() as connection:
        rows = connection.execute(_HOLDERS, {"seconds": seconds, "strong": strong}).all()
    return tuple(f"{r.login}（{r.program or '名前のないプログラム'}、番号 {r.pid}）" for r in rows)


def in_the_way(found: tuple[str, ...]) -> UnavailableError:
    """What to do about them, in a sentence."""
    begun = "ほかの接続が表を使い続けているため、取りやめました。データベースはすべて元のままです。"
    if not found:
        return UnavailableError(f"{begun}いまは空いています。もう一度実行してください。")
    more = f" ほか {len(found) - _NAMED} 件" if len(found) > _NAMED else ""
    return UnavailableError(
        f"{begun}\n使っている接続：{'、'.join(found[:_NAMED])}{more}\n"
        "その画面を閉じてもらうか、SELECT pg_terminate_backend(番号) で接続を終わらせてから、"
        "もう一度実行してください。"
    )
