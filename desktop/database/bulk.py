"""Many rows at once: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table

_ROWS_AT_ONCE = 5_000
Cells = Sequence[object]


def bulk_insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Cells]
) -> int:
    """Insert rows (cells in the order of `columns`, Python values as the mapped columns take them); return how many.

    Rows are taken lazily, so memory does not grow with their number. Column defaults do not apply.
    """
    stored = _stored_form(connection, table, columns, rows)
    if connection.dialect.name == "postgresql":
        return _copy(connection, table, columns, stored)
    return _execute_many(connection, table, columns, stored)


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Cells]
) -> int:
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _execute_many(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Cells]
) -> int:
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, columns))
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 - names of our tables
    count = 0
    for part in _parts(rows):
        connection.exec_driver_sql(statement, part)
        count += len(part)
    return count


def _parts(rows: Iterable[Cells]) -> Iterator[list[tuple[Any, ...]]]:
    remaining = iter(rows)
    while part := [tuple(row) for row in islice(remaining, _ROWS_AT_ONCE)]:
        yield part


def _stored_form(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Cells]
) -> Iterable[Cells]:
    """The rows as the database stores them: enums as codes, keys and instants as the engine has them."""
    needed = [
        (place, convert)
        for place, name in enumerate(columns)
        if (convert := _conversion(connection, table, name)) is not None
    ]
    return (_converted(row, needed) for row in rows) if needed else rows


def _conversion(connection: Connection, table: Table, name: str) -> Callable[[Any], Any] | None:
    dialect = connection.dialect
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


def _converted(row: Cells, needed: list[tuple[int, Callable[[Any], Any]]]) -> Cells:
    cells = list(row)
    for place, convert in needed:
        cells[place] = convert(cells[place])
    return cells
