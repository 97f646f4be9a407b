"""The shipped values of a new office, written without the guards: they stand there before a test begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from desktop.models.masters import MasterValue
from desktop.services.masters.seed import seed
from tests.support.factories import CLOCK

_TABLE = MasterValue.__tablename__
_NAMES = MasterValue.__table__.columns.keys()
_COLUMNS = ", ".join(_NAMES)
_OTHERS = ", ".join(name for name in _NAMES if name != "office_id")


def seed_at_once(session: Session, office_id: UUID) -> None:
    """What `seed` writes. On PostgreSQL guards and trail look away: a thousand rows through them cost half a second.

    The first office of a process is really seeded, the others get a copy of its rows. Tests of the trail and of the guards use
    `seed` itself.
    """
    session.flush()
    connection = session.connection()
    on_server = connection.dialect.name == "postgresql"
    way = _SERVER if on_server else _FILE
    if on_server:
        session.execute(text("SET LOCAL session_replication_role = replica"))
    if session.scalar(select(MasterValue.id).limit(1)):
        seed(session, office_id, CLOCK.now())
    elif way.kept is None:
        seed(session, office_id, CLOCK.now())
        way.kept = _Kept(office_id, way.read(connection))
    else:
        way.write(connection, way.kept, office_id)
    if on_server:
        session.execute(text("SET LOCAL session_replication_role = origin"))


@dataclass(frozen=True, slots=True)
class _Kept:
    office_id: UUID
    rows: Any


@dataclass(slots=True)
class _Way:
    """How a kind of database gives its own form of the rows and takes it back, past all conversions."""

    read: Callable[[Connection], Any]
    write: Callable[[Connection, _Kept, UUID], None]
    kept: _Kept | None = None


def _read_file(connection: Connection) -> Sequence[Any]:
    found = connection.exec_driver_sql(f"SELECT {_OTHERS} FROM {_TABLE}")  # noqa: S608 - names of ours
    return [tuple(row) for row in found]


def _write_file(connection: Connection, kept: _Kept, office_id: UUID) -> None:
    marks = ", ".join("?" * len(kept.rows[0]))
    # Past the engine's look at each value: they came through it.
    _cursor(connection).executemany(
        f"INSERT INTO {_TABLE} (office_id, {_OTHERS}) VALUES ('{office_id.hex}', {marks})",  # noqa: S608 - names of ours
        kept.rows,
    )


def _read_server(connection: Connection) -> bytes:
    with _cursor(connection).copy(f"COPY {_TABLE} ({_COLUMNS}) TO STDOUT") as copy:
        return b"".join(copy)


def _write_server(connection: Connection, kept: _Kept, office_id: UUID) -> None:
    rows = kept.rows.replace(str(kept.office_id).encode(), str(office_id).encode())
    with _cursor(connection).copy(f"COPY {_TABLE} ({_COLUMNS}) FROM STDIN") as copy:
        copy.write(rows)


def _cursor(connection: Connection) -> Any:
    driver = connection.connection.driver_connection
    assert driver is not None
    return driver.cursor()


_FILE = _Way(_read_file, _write_file)
_SERVER = _Way(_read_server, _write_server)
