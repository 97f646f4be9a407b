"""Filling the tables of a new database: rows packed beforehand, keys and indexes made once everything is there."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Constraint, PrimaryKeyConstraint, Table, UniqueConstraint, text
from sqlalchemy.schema import AddConstraint, DropConstraint

from desktop.database import search_here
from desktop.database.bulk import Row, bulk_insert_plain, driver_errors_told, references_of
from desktop.database.engine import is_postgresql, parse_url
from desktop.database.security.search_sql import INDEX_MISSING

#: Stand for tab, line end and null until the text is escaped: halves of surrogate pairs, which no UTF-8 text has.
_TAB, _END, _NULL = "\udc00", "\udc01", "\udc02"
_SPELLINGS = (
    ("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"),
    (_TAB, "\t"), (_END, "\n"), (_NULL, "\\N"),
)  # fmt: skip
#: For this transaction: sorts and the checking of references in memory rather than in files.
#: The rows of a new office are one event of the audit trail, not one each.
_WITHOUT_TRIGGERS = "SET LOCAL session_replication_role TO replica"
_WITH_TRIGGERS = """
SET LOCAL session_replication_role TO origin;
SELECT audit.put('fill', 'database', '', NULL, NULL, NULL)
"""
_SETTINGS = ("maintenance_work_mem TO '512MB'", "timezone TO 'UTC'")


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows of one table as the database takes them in; small to keep and quick to hand to another process."""

    table: str
    count: int
    content: bytes


def is_server(address: str) -> bool:
    """Whether rows for this address are to be packed for PostgreSQL."""
    return parse_url(address).get_backend_name() == "postgresql"


def pack(table: str, rows: Sequence[Row], *, for_server: bool) -> Packed:
    """Pack rows of plain values (see `bulk_insert_plain`); texts must be such that UTF-8 can hold them."""
    content = _copy_text(rows).encode() if for_server else marshal.dumps([*map(tuple, rows)])
    return Packed(table, len(rows), content)


def write_packed(
    connection: Connection, table: Table, columns: Sequence[str], packed: Packed
) -> int:
    """Write packed rows and return how many. On PostgreSQL only within `filling` of this table."""
    if not is_postgresql(connection.engine):
        # Packed by this very program a moment ago.
        rows: list[Row] = marshal.loads(packed.content)  # noqa: S302
        return bulk_insert_plain(connection, table, columns, rows)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FREEZE)").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    driver: Any = connection.connection.driver_connection
    with (
        driver_errors_told(connection),
        driver.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.write(packed.content)
    return packed.count


def write_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]
) -> int:
    """Write plain rows and return how many. On PostgreSQL only within `filling` of this table."""
    if is_postgresql(connection.engine):
        packed = pack(table.name, rows, for_server=True)
        return write_packed(connection, table, columns, packed)
    return bulk_insert_plain(connection, table, columns, rows)


@contextmanager
def filling(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Take away keys, references and indexes of empty tables while the block fills them, then make them again.

    Nothing is checked less: making them again checks every row, all at once. PostgreSQL's tables are new files of
    this transaction, so that rows are frozen as they come and a server without standby writes no log of them.
    SQLite cannot take keys and references away; there the references must be switched off beforehand.
    """
    with _searched_afterwards(connection), _without_keys(connection, tables):
        yield


@contextmanager
def _without_keys(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    made_again = [index for table in tables for index in sorted(table.indexes, key=_name)]
    constraints = _constraints(tables) if is_postgresql(connection.engine) else []
    for constraint in reversed(constraints):
        connection.execute(DropConstraint(constraint))
    for index in made_again:
        index.drop(connection)
    if constraints:
        for setting in _SETTINGS:
            connection.execute(text(f"SET LOCAL {setting}"))
        quote = connection.dialect.identifier_preparer.quote
        connection.execute(text(f"TRUNCATE {', '.join(quote(table.name) for table in tables)}"))
        connection.execute(text(_WITHOUT_TRIGGERS))
    yield
    if constraints:
        connection.execute(text(_WITH_TRIGGERS))
    keys = [c for c in constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint)]
    for key in keys:
        connection.execute(AddConstraint(key))
    for index in made_again:
        index.create(connection)
    for reference in constraints[len(keys) :]:
        connection.execute(AddConstraint(reference))


@contextmanager
def _searched_afterwards(connection: Connection) -> Iterator[None]:
    """What the block fills comes into the search at its end, at once."""
    on_server = is_postgresql(connection.engine)
    if not on_server:
        search_here.take_away(connection)
    yield
    if on_server:
        connection.execute(text(INDEX_MISSING))
    else:
        search_here.prepare(connection)


def _constraints(tables: Sequence[Table]) -> list[Constraint]:
    """Keys, then all references from or to the tables: in the order in which they can be made."""
    keys = [
        constraint
        for table in tables
        for constraint in sorted(table.constraints, key=_name)
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
    ]
    every = tables[0].metadata.sorted_tables if tables else []
    references = [
        reference
        for reference in references_of(every)
        if reference.table in tables or reference.referred_table in tables
    ]
    return [*keys, *references]


def _copy_text(rows: Sequence[Row]) -> str:
    lines = [
        _TAB.join([_NULL if v is None else v if type(v) is str else str(v) for v in row])
        for row in rows
    ]
    found = _END.join(lines)
    for what, spelling in _SPELLINGS:
        found = found.replace(what, spelling)
    return f"{found}\n" if lines else ""


def _name(item: Any) -> str:  # noqa: ANN401 - constraints and indexes
    return str(item.name)
