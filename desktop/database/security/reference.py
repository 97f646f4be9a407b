"""What a database of this program must look like: made fresh on the same server, looked at, and dropped.

So the server itself writes out what a policy or a trigger says, and nothing has to be kept in step by hand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from desktop.database import migrate
from desktop.database.engine import make_engine
from desktop.database.security import picture

_NAME = "banso_reference_"
#: One check at a time builds its reference; any number does, it only must be ours.
_LOCK = 1_112_433_235


def picture_of_a_fresh_database(engine: Engine) -> frozenset[picture.Fact]:
    """The picture of a database just made by this program, beside the one `engine` leads to."""
    with _fresh(engine) as url:
        fresh = make_engine(url)
        try:
            with fresh.begin() as connection:
                return picture.take(connection)
        finally:
            fresh.dispose()


@contextmanager
def _fresh(engine: Engine) -> Iterator[str]:
    name = f"{_NAME}{os.getpid()}"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        try:
            _clear_left_over(connection)
            _create(connection, name)
            url = engine.url.set(database=name).render_as_string(hide_password=False)
            migrate.upgrade(url)
            yield url
        finally:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})


def _create(connection: Connection, name: str) -> None:
    collation, kind = connection.execute(
        text("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
    ).one()
    connection.exec_driver_sql(
        f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"
        f" LC_COLLATE '{collation}' LC_CTYPE '{kind}' CONNECTION LIMIT 3"
    )


def _clear_left_over(connection: Connection) -> None:
    """Drop what a check that was killed left behind."""
    left = connection.scalars(
        text("SELECT datname FROM pg_database WHERE starts_with(datname, :start)"), {"start": _NAME}
    ).all()
    for name in left:
        try:
            connection.exec_driver_sql(f'DROP DATABASE "{name}"')
        except DBAPIError:
            continue  # in use: not ours to take away
