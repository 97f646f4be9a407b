"""Engines for both databases. Dialect differences live on this floor alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError
from sqlalchemy.pool import QueuePool

from desktop.database.search_here import pairs
from desktop.domain.errors import UserError
from desktop.domain.search_text import fold_text
from desktop.domain.server_access import ServerAccess

#: libpq options for a LAN: notice a dead server in seconds (engineering/database 5).
_POSTGRESQL = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 9000,
    "application_name": "banso",
    # Words are spread very unevenly: a plan made for any word is many times slower than one made for this word.
    "options": "-c plan_cache_mode=force_custom_plan",
}


def parse_url(text: str) -> URL:
    """Read a database address. Raises UserError where it is none, or of a kind we do not know."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise UserError("データベースの指定が読めません（例: sqlite:///banso.sqlite）。") from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise UserError("使えるデータベースは SQLite（研修用）と PostgreSQL です。")
    return (
        url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url
    )


#: The service name in Kerberos, as the server's keytab has it (engineering/database 1).
_KERBEROS_SERVICE = "postgres"


def secured(url: URL, access: ServerAccess) -> URL:
    """The address of a server as a workstation of the office must use it: who is there is proved, both ways.

    Without the authority's certificate nothing connects. An address that names its `sslmode` is left as it is.
    """
    if url.get_backend_name() != "postgresql" or "sslmode" in url.query:
        return url
    query = {"sslmode": "verify-full", "gssencmode": "disable"}
    if access.is_kerberos:
        query |= {"require_auth": "gss", "krbsrvname": _KERBEROS_SERVICE}
        url = without_password(url)
    else:
        query |= {"require_auth": "scram-sha-256", "channel_binding": "require"}
    paths = {
        "sslrootcert": access.authority,
        "sslcert": access.certificate,
        "sslkey": access.key,
    }
    return url.update_query_dict({**query, **{name: path for name, path in paths.items() if path}})


def without_password(url: URL) -> URL:
    """The same address without its password; `URL.set` takes None for "as it is"."""
    return URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    )


def make_engine(text: str, *, program: str = "banso", patience: float | None = None) -> Engine:
    """An engine with one connection (and one spare), foreign keys on, and no values in error texts.

    `program` is how the connection is named in the audit trail; `patience` the seconds for which a statement
    waits for somebody else's lock on PostgreSQL, without end where it is None.
    """
    url = parse_url(text)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    given = {**_POSTGRESQL, "application_name": program}
    if patience is not None:
        given["options"] = f"{given['options']} -c lock_timeout={round(patience * 1000)}"
    return create_engine(
        url,
        connect_args=given,
        pool_size=1,
        max_overflow=1,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def use_password(engine: Engine, password: str) -> None:
    """Open every later connection of the engine with this password: its owner has changed it."""

    def give(_dialect: Any, _record: Any, _args: Any, given: dict[str, Any]) -> None:  # noqa: ANN401
        given["password"] = password

    event.listen(engine, "do_connect", give)


def refuse_missing_file(text: str) -> None:
    """Raise UserError where a SQLite file is named that is not there: connecting would make an empty one."""
    url = parse_url(text)
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        raise UserError("データベースのファイルが見つかりません。場所を確認してください。")


def is_postgresql(engine: Engine) -> bool:
    """Whether this is the shared database rather than the training file."""
    return engine.dialect.name == "postgresql"


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=1,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "before_cursor_execute", _refuse_nul)
    # Without an explicit BEGIN Python's driver would leave DDL and reads outside the transaction.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _refuse_nul(
    _connection: Any,  # noqa: ANN401
    _cursor: Any,  # noqa: ANN401
    statement: str,
    parameters: Any,  # noqa: ANN401
    _context: Any,  # noqa: ANN401
    is_many: bool,  # noqa: FBT001 - the event's own
) -> None:
    """PostgreSQL holds no text with NUL in it; what it refuses, the training office refuses."""
    for row in parameters if is_many else (parameters,):
        # Rows of one INSERT come as one flat row.
        values = (
            row.values()
            if isinstance(row, dict)
            else row
            if isinstance(row, tuple | list)
            else (row,)
        )
        if any(type(value) is str and "\0" in value for value in values):
            raise DataError(statement, None, ValueError("NUL in a text"))


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None
    # What the triggers of the search call: whoever writes has it.
    connection.create_function("banso_fold", 1, fold_text, deterministic=True)
    connection.create_function("banso_pairs", 1, pairs, deterministic=True)
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=5000",
        "cache_size=-64000",
    ):
        connection.execute(f"PRAGMA {pragma}")
