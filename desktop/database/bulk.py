"""Writing many rows at once: COPY on PostgreSQL, prepared statements in chunks on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, ForeignKeyConstraint, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, DropConstraint

from desktop.database.engine import is_postgresql

_CHUNK = 5_000
Row = Sequence[object]


def bulk_insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Write rows of Python values (UUID, date, aware datetime, enum …) and return how many.

    The order of the values is that of `columns`; columns left out get the database's default, not the model's.
    """
    return bulk_insert_plain(connection, table, columns, _bound(connection, table, columns, rows))


def bulk_insert_plain(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Write rows whose values are already as both databases take them, and return how many.

    That is: ids as 32 hexadecimal digits, days as ISO text, instants as `YYYY-MM-DD HH:MM:SS.ffffff` in UTC,
    codes as text, yes and no as 1 and 0.
    """
    if is_postgresql(connection.engine):
        return _copy(connection, table, columns, rows)
    return _in_chunks(connection, table, columns, rows)


@contextmanager
def without_checks(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Take away foreign keys and secondary indexes of the tables while the block fills them, then make them again.

    Making them again checks every row at once, which is many times cheaper than row by row. SQLite cannot
    take foreign keys away; there they must be switched off before the transaction begins.
    """
    keys = references_of(tables) if is_postgresql(connection.engine) else []
    indexes = [index for table in tables for index in sorted(table.indexes, key=_name)]
    for key in keys:
        connection.execute(DropConstraint(key))
    for index in indexes:
        index.drop(connection)
    if is_postgresql(connection.engine):
        connection.execute(text("SET LOCAL timezone TO 'UTC'"))
    yield
    for index in indexes:
        index.create(connection)
    for key in keys:
        connection.execute(AddConstraint(key))


@contextmanager
def driver_errors_told(connection: Connection) -> Iterator[None]:
    """The driver's own errors as SQLAlchemy's, without the values that were written."""
    driver_error: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except driver_error as error:
        raise DBAPIError.instance(
            "bulk", None, error, driver_error, hide_parameters=True, dialect=connection.dialect
        ) from None


def references_of(tables: Sequence[Table]) -> list[ForeignKeyConstraint]:
    """The foreign keys of tables, in a fixed order."""
    return [key for table in tables for key in sorted(table.foreign_key_constraints, key=_name)]


def _name(item: Any) -> str:  # noqa: ANN401 - constraints and indexes
    return str(item.name)


def _bound(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> Iterator[Row]:
    binders = [_binder(connection, table, column) for column in columns]
    for row in rows:
        yield tuple(
            value if bind is None or value is None else bind(value)
            for value, bind in zip(row, binders, strict=True)
        )


def _binder(connection: Connection, table: Table, column: str) -> Callable[[Any], Any] | None:
    kind = table.c[column].type.dialect_impl(connection.dialect)
    return kind.bind_processor(connection.dialect)


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> int:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    written = 0
    driver: Any = connection.connection.driver_connection
    with driver_errors_told(connection), driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def _in_chunks(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> int:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own tables
    written = 0
    cursor = connection.connection.cursor()
    remaining = iter(rows)
    with driver_errors_told(connection):
        while chunk := list(islice(remaining, _CHUNK)):
            cursor.executemany(statement, chunk)
            written += len(chunk)
    cursor.close()
    return written
