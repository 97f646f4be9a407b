"""The scratch tables of an import: temporary, in the import's own transaction, gone at its end.

A file is streamed into them, compared with what is stored, and taken in with a few set-based statements. In
PostgreSQL nobody of the office may make tables: a function of the database makes exactly these.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from desktop.database.bulk import bulk_insert_plain
from desktop.database.engine import is_postgresql
from desktop.database.security.names import groups
from desktop.domain.ids import new_id
from desktop.domain.roles import Permission, roles_with
from desktop.models.base import WORD
from desktop.models.households import HouseholdKey, PersonKey

#: SQLite takes so many values in one statement.
_AT_ONCE = 10_000
_METADATA = MetaData()
_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"], "postgresql_on_commit": "DROP"}

#: One row per member, as the file has it. NULL in an optional column: the file does not say.
ROWS = Table(
    "staged_row",
    _METADATA,
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("case_number", Text, nullable=False),
    Column("person_number", Text, nullable=False),
    Column("is_head", Boolean, nullable=False),
    Column("relation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kana", Text, nullable=False),
    Column("sort_key", WORD, nullable=False),
    Column("birth_date", Date),
    Column("sex", Text),
    Column("died_on", Date),
    Column("postal_code", Text),
    Column("address", Text, nullable=False),
    Column("district_code", Text, nullable=False),
    Column("district_name", Text, nullable=False),
    Column("caseworker", Text, nullable=False),
    Column("household_type", Text),
    Column("state", Text, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("changed_on", Date, nullable=False),
    Column("changed_before", Date, nullable=False),
    Column("known_from", Date, nullable=False),
    Column("is_shielded", Boolean),
    Column("residence", Text),
    Column("residence_place", Text, nullable=False),
    Column("employer", Text),
    Column("visit_grade", Text),
    Column("last_met_on", Date),
    Column("policy_approved_on", Date),
    Column("policy_due_on", Date),
    Column("income_declared_on", Date),
    Column("assets_declared_on", Date),
    Index("ix_staged_row_case", "case_number", "person_number"),
    Index("ix_staged_row_person", "person_number"),
    **_TEMPORARY,
)
#: One row per case; `line` is its head's row.
CASES = Table(
    "staged_case",
    _METADATA,
    Column("household_id", Uuid, primary_key=True),
    Column("case_number", Text, nullable=False, unique=True),
    Column("line", Integer, nullable=False, index=True),
    Column("is_new", Boolean, nullable=False),
    Column("district_id", Uuid),
    Column("is_shielded", Boolean, nullable=False),
    Column("member_count", Integer, nullable=False),
    **_TEMPORARY,
)
#: One row per human being; `line` is the row that describes him, that of the running case first.
PERSONS = Table(
    "staged_person",
    _METADATA,
    Column("person_id", Uuid, primary_key=True),
    Column("person_number", Text, nullable=False, unique=True),
    Column("line", Integer, nullable=False, index=True),
    Column("is_new", Boolean, nullable=False),
    **_TEMPORARY,
)
#: What the file changes: one row per line and kind of fact.
CHANGES = Table(
    "staged_change",
    _METADATA,
    Column("household_id", Uuid, nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("what", Text, nullable=False),
    **_TEMPORARY,
)
#: Periods of a case's state that a corrected day moves, or adds.
STATE_DAYS = Table(
    "staged_state_day",
    _METADATA,
    Column("period_id", Uuid, primary_key=True),
    Column("household_id", Uuid, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    **_TEMPORARY,
)
#: Cases whose first or last day of protection is corrected; NULL where it is not.
CASE_DAYS = Table(
    "staged_case_day",
    _METADATA,
    Column("household_id", Uuid, primary_key=True),
    Column("old_start", Date),
    Column("new_start", Date),
    Column("old_end", Date),
    Column("new_end", Date),
    **_TEMPORARY,
)
#: One row per record of the former system.
OLD_RECORDS = Table(
    "staged_record",
    _METADATA,
    Column("entry_id", Uuid, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("case_number", Text, nullable=False, index=True),
    Column("household_id", Uuid),
    Column("event_on", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content_hash", Text, nullable=False, index=True),
    Column("body_length", Integer, nullable=False),
    Column("body_digest", Text, nullable=False),
    Column("body_is_set_phrase", Boolean, nullable=False),
    Column("segment_id", Uuid, nullable=False),
    **_TEMPORARY,
)
#: Search words on their way into a table under a policy.
WORDS = Table(
    "staged_word",
    _METADATA,
    Column("office_id", Uuid, nullable=False),
    Column("word", WORD, nullable=False),
    Column("household_id", Uuid, nullable=False),
    **_TEMPORARY,
)
_TABLES = tuple(_METADATA.tables.values())


class new_key(GenericFunction[UUID]):  # noqa: N801 - a function in SQL
    """`new_key()`: a new UUIDv7 for each row of an INSERT … SELECT."""

    type = Uuid()
    inherit_cache = True


@compiles(new_key, "sqlite")
def _in_sqlite(_element: new_key, _compiler: SQLCompiler, **_options: Any) -> str:  # noqa: ANN401
    return "banso_new_key()"


@compiles(new_key, "postgresql")
def _in_postgresql(_element: new_key, _compiler: SQLCompiler, **_options: Any) -> str:  # noqa: ANN401
    # RFC 9562: 48 bits of milliseconds over a random (version 4) UUID, then version 7.
    milliseconds = "int8send(CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint))"
    overlaid = f"overlay(uuid_send(gen_random_uuid()) PLACING substring({milliseconds} FROM 3) FROM 1 FOR 6)"
    return f"CAST(encode(set_bit(set_bit({overlaid}, 52, 1), 53, 1), 'hex') AS uuid)"


@contextmanager
def staging(connection: Connection) -> Iterator[None]:
    """Make the scratch tables; the end of the transaction takes them away."""
    if is_postgresql(connection.engine):
        connection.execute(text("SELECT app.make_scratch()"))
        yield
        return
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    driver.create_function("banso_new_key", 0, lambda: new_id().hex)
    _METADATA.create_all(connection, checkfirst=False)
    yield
    _METADATA.drop_all(connection, checkfirst=False)


def count_staged(connection: Connection, *tables: Table) -> None:
    """Tell the planner how large the scratch tables have become."""
    if is_postgresql(connection.engine):
        connection.execute(text("SELECT app.measure_scratch()"))
        return
    for table in tables:
        connection.execute(text(f"ANALYZE {table.name}"))


def begin_import(connection: Connection, office_id: UUID, sha256: str) -> None:
    """Say that this transaction brings a file: only then the database takes rows of the ledger, and notes its hash."""
    if is_postgresql(connection.engine):
        connection.execute(
            text("SELECT app.begin_import(:office, :sha256)"),
            {"office": office_id, "sha256": sha256},
        )


def forget_words(connection: Connection, household_ids: Sequence[UUID]) -> None:
    """Take the search words of these households away, to be written anew."""
    if is_postgresql(connection.engine):
        connection.execute(
            text("SELECT app.forget_words(:ids)"), {"ids": [str(h) for h in household_ids]}
        )
        return
    for start in range(0, len(household_ids), _AT_ONCE):
        part = household_ids[start : start + _AT_ONCE]
        for table in (HouseholdKey, PersonKey):
            connection.execute(delete(table).where(table.household_id.in_(part)))


def store_words(connection: Connection, table: Table, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of office, word, household (ids as 32 hexadecimal digits) to a table of search words."""
    columns = ("office_id", "word", "household_id")
    if not is_postgresql(connection.engine):
        bulk_insert_plain(connection, table, columns, rows)
        return
    # Rows under a policy cannot be streamed in: through a scratch table of their own.
    bulk_insert_plain(connection, WORDS, columns, rows)
    named = [WORDS.c[column] for column in columns]
    connection.execute(insert(table).from_select(columns, select(*named).order_by(*named)))
    connection.execute(delete(WORDS))


def scratch_functions() -> Iterator[str]:
    """The functions that make the scratch tables for whoever imports, and count them."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    holders = groups(roles_with(Permission.IMPORT_LEDGER))
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in _TABLES]
    made += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in _TABLES
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    names = ", ".join(table.name for table in _TABLES)
    made.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO {holders}")
    yield _function("make_scratch", made)
    yield _function("measure_scratch", [f"ANALYZE {table.name}" for table in _TABLES])


def _function(name: str, statements: Sequence[str]) -> str:
    body = "; ".join(statements)
    return (
        f"CREATE FUNCTION app.{name}() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
        f" SET search_path = pg_catalog, pg_temp AS $$ BEGIN {body}; END $$"
    )
