"""The scheduled command of the server: seal, partitions, people, sessions, refused log-ins, old saved searches (DESIGN section 4)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.database import refused_logins
from desktop.database.engine import is_postgresql, make_engine
from desktop.database.failures import sqlstate, told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.thresholds import Thresholds
from desktop.domain.tick import TickAge, TickReport, TickStep
from desktop.models.office import Office
from desktop.services.masters import lookup
from desktop.services.server import sealing

logger = logging.getLogger(__name__)

#: A step waits at most so long for a table and is done by the next tick instead.
_PATIENCE = "SET LOCAL lock_timeout = '2s'"
_FAILED = "実行できませんでした（{state}）。"
#: Days for which ticks and refused log-ins are kept for the daily reports.
_KEEP_DAYS = 100

Counts = Mapping[str, int]
Work = Callable[[Connection], tuple[Counts, str]]


@dataclass(frozen=True, slots=True)
class ServerWatch:
    """Whether the server's scheduled command runs, for everybody who signed in."""

    work: UnitOfWork

    def age(self) -> TickAge:
        """How long ago it was done; a training office expects none."""
        if not is_postgresql(self.work.engine):
            return TickAge(seconds=None, is_expected=False)
        with self.work() as session:
            return TickAge(seconds=session.scalar(text("SELECT app.tick_age()")), is_expected=True)


def tick(
    url: str, clock: Clock, log_folder: Path | None = None, seal_list: Path | None = None
) -> TickReport:
    """Do every step, each in a transaction of its own: one that fails holds up no other.

    `url` is a superuser's; `seal_list` a file, better on another machine, that keeps the seals as a witness. Raises UserError where there is no server or it cannot be reached.
    """
    engine = make_engine(url)
    try:
        if not is_postgresql(engine):
            raise UserError("server tick は PostgreSQL のデータベースにだけ使います。")
        with told_plainly(), Session(engine) as session:
            limits = _limits(session, clock)
        steps = tuple(
            _step(engine, name, label, work)
            for name, label, work in _steps(limits, log_folder, seal_list)
        )
        report = TickReport(steps=steps)
        _note(engine, report)
        return report
    finally:
        engine.dispose()


def _limits(session: Session, clock: Clock) -> dict[UUID, Thresholds]:
    """The limits of each office."""
    offices = session.scalars(select(Office.id)).all()
    return {office: lookup.thresholds(session, office, clock.today()) for office in offices}


def _steps(
    limits: Mapping[UUID, Thresholds], log_folder: Path | None, seal_list: Path | None
) -> tuple[tuple[str, str, Work], ...]:
    def refusals(connection: Connection) -> tuple[Counts, str]:
        return refused_logins.take_in(connection, log_folder)

    def locks(connection: Connection) -> tuple[Counts, str]:
        return {"locked": sum(_lock_out(connection, o, found) for o, found in limits.items())}, ""

    def words(connection: Connection) -> tuple[Counts, str]:
        return {"emptied": sum(_empty_old(connection, o, found) for o, found in limits.items())}, ""

    def sessions(connection: Connection) -> tuple[Counts, str]:
        idle = min((found.idle_transaction_minutes for found in limits.values()), default=10)
        return _asked(connection, "SELECT app.end_sessions(:idle)", idle=idle), ""

    kept: tuple[tuple[str, str, Work], ...] = ()
    if seal_list is not None:
        kept = (("witness", "封印の控え", partial(sealing.witness, seal_list=seal_list)),)
    return (
        ("seal", "封印", sealing.seal),
        *kept,
        ("partitions", "月別の区画", _partitions),
        ("refusals", "サインインの失敗", refusals),
        ("locks", "サインインの停止", locks),
        ("people", "職員の権限", lambda c: (_asked(c, "SELECT app.align_people()"), "")),
        ("sessions", "接続の終了", sessions),
        ("saved_searches", "期限を過ぎた保存した検索", words),
    )


def _step(engine: Engine, name: str, label: str, work: Work) -> TickStep:
    try:
        with engine.begin() as connection:
            connection.execute(text(_PATIENCE))
            counts, notice = work(connection)
    except (DBAPIError, OSError) as error:
        state = sqlstate(error) if isinstance(error, DBAPIError) else "log"
        logger.warning("tick: %s failed (%s)", name, state)
        return TickStep(name=name, label=label, counts={}, failure=_FAILED.format(state=state))
    except UserError as error:
        logger.warning("tick: %s refused", name)
        return TickStep(name=name, label=label, counts={}, failure=error.sentence)
    return TickStep(name=name, label=label, counts=counts, notice=notice)


def _partitions(connection: Connection) -> tuple[Counts, str]:
    return {"made": int(connection.scalar(text("SELECT audit.make_partitions()")) or 0)}, ""


def _lock_out(connection: Connection, office_id: UUID, limits: Thresholds) -> int:
    found = connection.scalar(
        text("SELECT app.lock_out(:office, :failures, :within, :minutes)"),
        {
            "office": office_id,
            "failures": limits.login_failures,
            "within": limits.login_failure_minutes,
            "minutes": limits.login_lock_minutes,
        },
    )
    return int(found or 0)


def _empty_old(connection: Connection, office_id: UUID, limits: Thresholds) -> int:
    found = connection.scalar(
        text("SELECT app.empty_saved_searches(:office, :days)"),
        {"office": office_id, "days": limits.saved_search_empty_days},
    )
    return int(found or 0)


def _asked(connection: Connection, statement: str, **values: int) -> Counts:
    found: Any = connection.scalar(text(statement), values)
    return {str(name): int(count) for name, count in found.items()}


def _note(engine: Engine, report: TickReport) -> None:
    """Note the tick last, so that its age speaks for all steps."""
    done = {s.name: s.failure or dict(s.counts) for s in report.steps}
    with told_plainly(), engine.begin() as connection:
        connection.execute(
            text("INSERT INTO audit.tick VALUES (clock_timestamp(), :whole, CAST(:done AS jsonb))"),
            {"whole": report.is_whole, "done": json.dumps(done, ensure_ascii=False)},
        )
        for table in ("tick", "refused_login", "log_read"):
            connection.execute(
                text(
                    f"DELETE FROM audit.{table} WHERE at < clock_timestamp() - make_interval(days => :days)"  # noqa: S608 - own names
                ),
                {"days": _KEEP_DAYS},
            )
