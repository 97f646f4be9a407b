"""Building a whole database in one go: it is there complete, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, text

from desktop.database import migrate
from desktop.database.engine import make_engine, parse_url
from desktop.domain.errors import UserError

_UNSAFE_BUT_FAST = (
    "foreign_keys=OFF",
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
)
_SQLITE = b"SQLite format 3\0"
_BESIDE = (".building", ".building-wal", ".building-shm", ".building-journal")


@contextmanager
def build_database(address: str) -> Iterator[Connection]:
    """A connection that fills a migrated, empty database; at the end of the block it is in place.

    SQLite: a file beside the final one, renamed at the end. PostgreSQL: one transaction. If the block fails or
    the process is killed, nothing half-made is found under the address.
    """
    url = parse_url(address)
    if url.get_backend_name() == "sqlite":
        with _beside(url) as connection:
            yield connection
    else:
        with _in_one_transaction(address) as connection:
            yield connection


def refuse_other_file(path: Path) -> None:
    """Raise UserError where a file is something else than an SQLite database."""
    with path.open("rb") as file:
        start = file.read(len(_SQLITE))
    if start and start != _SQLITE:
        raise UserError("このファイルはデータベースではありません。別の名前を指定してください。")


@contextmanager
def _in_one_transaction(address: str) -> Iterator[Connection]:
    migrate.upgrade(address)
    engine = make_engine(address)
    try:
        with engine.begin() as connection:
            yield connection
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
    finally:
        engine.dispose()


@contextmanager
def _beside(url: URL) -> Iterator[Connection]:
    target = Path(str(url.database))
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear(target)
    draft = target.with_name(target.name + _BESIDE[0])
    try:
        with _filling(url.set(database=draft.as_posix())) as connection:
            yield connection
        for left in (f"{target}-wal", f"{target}-shm"):
            Path(left).unlink(missing_ok=True)
        draft.replace(target)
    finally:
        _clear(target)


@contextmanager
def _filling(url: URL) -> Iterator[Connection]:
    address = url.render_as_string(hide_password=False)
    migrate.upgrade(address)
    engine = make_engine(address)
    try:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a connection that is checked out has one
            for pragma in _UNSAFE_BUT_FAST:
                driver.execute(f"PRAGMA {pragma}")
            driver.execute("PRAGMA cache_size=-200000")
            with connection.begin():
                yield connection
            driver.execute("PRAGMA analysis_limit=1000")
            driver.execute("ANALYZE")
            driver.execute("PRAGMA locking_mode=NORMAL")
            # A single file from here on; the first ordinary connection switches the journal on again.
            driver.execute("PRAGMA journal_mode=DELETE")
    finally:
        engine.dispose()


def _clear(target: Path) -> None:
    for suffix in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            target.with_name(target.name + suffix).unlink()
