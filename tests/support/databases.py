"""Fresh migrated databases for single tests: copies of a template that is migrated once in a run, emptied between tests."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from desktop.database import migrate
from tests.support.emptying import Shape, empty, is_left, is_still, shape_of
from tests.support.people import let_tests_set_the_clock
from tests.support.postgres import PostgresCluster, find_programs, give_to_account

TEMPLATE = "migrated"

#: Bytes: what the databases of a run never come near.
_ROOM = 4 * 2**30

LEFT_OPEN = "The test left a connection to its database open; dispose of every engine it makes."


#: How often a database is given out: what is deleted leaves its room behind, which a copy has not.
_AGAIN = 40


@dataclass(slots=True)
class _Database:
    name: str
    shape: Shape
    times: int = 0


class FreshDatabases:
    """Gives out databases in one process; all processes of a run share `folder`, server and templates."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._folder = folder
        self._worker = worker
        self._given = 0
        self._emptied: list[_Database] = []
        self._address: str | None = None
        self._admin: psycopg.Connection[tuple[object, ...]] | None = None

    @staticmethod
    def make_folder() -> Path:
        """Make the folder that a whole run shares. A short path, readable by us (and the server) alone.

        In memory where the system has room there: each database is a copy of some five hundred files.
        """
        memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is ours alone
        is_fit = (
            memory.is_dir() and shutil.disk_usage(memory).free > _ROOM and _runs_programs(memory)
        )
        return Path(tempfile.mkdtemp(prefix="bp-", dir=memory if is_fit else None))

    @contextmanager
    def own_folder(self) -> Iterator[Path]:
        """A folder within that of the run, for the database or the server of a test; it goes with it."""
        give_to_account(self._folder)
        folder = Path(tempfile.mkdtemp(prefix=f"{self._worker}-", dir=self._folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def sqlite(self, folder: Path) -> Iterator[str]:
        """A migrated SQLite file in `folder`."""
        path = folder / "banso.sqlite"
        shutil.copyfile(self._sqlite_template(), path)
        yield f"sqlite:///{path}"

    def upgrade(self, url: str) -> None:
        """What `migrate.upgrade` does; a file that is not there yet is a copy of the one migrated for the run."""
        parsed = make_url(url)
        path = Path(parsed.database or "")
        if parsed.get_backend_name() == "sqlite" and not path.exists():
            shutil.copyfile(self._sqlite_template(), path)
        else:
            migrate.upgrade(url)

    @contextmanager
    def postgresql(self) -> Iterator[str]:
        """A migrated PostgreSQL database without a row. A connection left open at the end is an error.

        One that a test left as it was, but for its rows, is emptied and given out again; that costs a third of a copy.
        """
        database = self._emptied.pop() if self._emptied else self._copied()
        try:
            yield self._server().format(database=database.name)
        finally:
            self._take_back(database)

    def close(self) -> None:
        """Close this process's own connection."""
        if self._admin:
            self._admin.close()
            self._admin = None

    def _copied(self) -> _Database:
        self._given += 1
        name = f"{self._worker}_{self._given}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        # A copy does not bring the rights on the database itself along.
        self._execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        self._execute(f"GRANT CONNECT ON DATABASE {name} TO banso_staff")
        self._execute(f"GRANT TEMPORARY ON DATABASE {name} TO banso_function")
        with _connect(self._server(), name) as own:
            return _Database(name, shape_of(own))

    def _take_back(self, database: _Database) -> None:
        database.times += 1
        with _connect(self._server(), database.name) as own:
            left = is_left(own)
            again = left and database.times < _AGAIN and is_still(own, database.shape)
            if again:
                empty(own, database.shape.rows)
        if again:
            self._emptied.append(database)
        else:
            self._execute(f"DROP DATABASE {database.name} WITH (FORCE)")
        if not left:
            raise AssertionError(LEFT_OPEN)

    def _execute(self, statement: str) -> None:
        if self._admin is None:
            self._admin = _connect(self._server())
        self._admin.execute(statement.encode())

    def _server(self) -> str:
        if self._address is None:
            self._address = self._started_once()
        return self._address

    def _started_once(self) -> str:
        note = self._folder / "address"
        with self._lock():
            if not note.exists():
                address = PostgresCluster(self._folder, find_programs()).start()
                _make_template(address)
                note.touch(mode=0o600)
                note.write_text(address, encoding="ascii")
            return note.read_text(encoding="ascii")

    def _sqlite_template(self) -> Path:
        template = self._folder / f"{TEMPLATE}.sqlite"
        with self._lock():
            if not template.exists():
                unfinished = template.with_suffix(".unfinished")
                migrate.upgrade(f"sqlite:///{unfinished}")
                unfinished.rename(template)
        return template

    @contextmanager
    def _lock(self) -> Iterator[None]:
        # SQLite's own file lock: the same on every system, and gone when its holder dies.
        lock = sqlite3.connect(self._folder / "lock", timeout=120, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()


def _make_template(address: str) -> None:
    with _connect(address) as admin:
        admin.execute(f"CREATE DATABASE {TEMPLATE}".encode())
        migrate.upgrade(address.format(database=TEMPLATE))
        let_tests_set_the_clock(address.format(database=TEMPLATE))
        admin.execute(f"ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false".encode())


def _runs_programs(folder: Path) -> bool:
    """Whether a program in it may be started: tests compile some."""
    return sys.platform == "win32" or not os.statvfs(folder).f_flag & os.ST_NOEXEC


def _connect(address: str, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    url = make_url(address.format(database=database))
    return psycopg.connect(
        host=url.host,
        port=url.port,
        user=url.username,
        password=str(url.password),
        dbname=url.database,
        autocommit=True,
    )
