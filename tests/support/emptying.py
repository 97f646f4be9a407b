"""Making a used database as empty as its template, so that the next test need not copy one."""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

#: Seconds a closed connection may still be seen: its server process ends a little later than its client.
_LEAVING = 5.0

#: The schemas that we made.
_OURS = "SELECT oid FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"

#: What only a change of something else than rows moves: whoever made the columns, functions, guards and rights, and the
#: statistics. Tables for one session alone are left out.
_SHAPE = f"""
    SELECT ARRAY[
        (SELECT sum(hashtext(concat(relname, relkind, relacl,
                    relrowsecurity, relforcerowsecurity, relhastriggers))::bigint)
           FROM pg_class WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\\_%temp\\_%')),
        (SELECT sum(reltuples::bigint) FROM pg_class WHERE relnamespace IN ({_OURS}) AND relkind = 'r'),
        (SELECT sum(hashtext(concat(oid, xmin))::bigint) FROM pg_proc),
        (SELECT sum(hashtext(concat(oid, xmin, tgenabled))::bigint) FROM pg_trigger),
        (SELECT sum(hashtext(concat(oid, xmin))::bigint) FROM pg_policy),
        (SELECT sum(hashtext(concat(oid, xmin))::bigint) FROM pg_constraint),
        (SELECT sum(hashtext(concat(attrelid, attnum, xmin))::bigint) FROM pg_attribute a
            WHERE a.attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN ({_OURS}))),
        (SELECT count(*) FROM pg_event_trigger),
        (SELECT count(*) FROM pg_extension),
        (SELECT count(*) FROM pg_default_acl),
        (SELECT count(*) FROM pg_largeobject_metadata),
        (SELECT sum(hashtext(concat(oid, xmin))::bigint) FROM pg_namespace WHERE oid IN ({_OURS})),
        (SELECT count(*) FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid
            WHERE c.relnamespace IN ({_OURS})),
        (SELECT hashtext(coalesce(datacl::text, ''))::bigint FROM pg_database WHERE datname = current_database()),
        (SELECT coalesce(sum(hashtext(setconfig::text)::bigint), 0) FROM pg_db_role_setting
            WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
    ]
"""  # noqa: S608 - names of ours

#: Tables that hold something, and whether another table points at them: such a one can only be emptied row by row.
_USED = f"""
    SELECT c.oid::regclass::text, c.oid IN (SELECT k.confrelid FROM pg_constraint k WHERE k.contype = 'f')
      FROM pg_class c
     WHERE c.relkind = 'r' AND c.relnamespace IN ({_OURS}) AND pg_relation_size(c.oid) > 0
"""  # noqa: S608 - names of ours

_SEQUENCES = "SELECT c.oid::regclass::text FROM pg_class c WHERE relkind = 'S'"

_ROWS = "SELECT coalesce(sum(hashtext(t::text)::bigint), 0) FROM {table} t"

_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands in a database beside the rows of tests, as numbers to compare.

    `rows`: a number for the rows of each table that comes filled with the program.
    """

    made: tuple[int, ...]
    rows: Mapping[str, int]


def shape_of(connection: psycopg.Connection[Any]) -> Shape:
    """The shape of a database just copied: what holds rows came filled."""
    filled = [name for name, _ in connection.execute(_USED.encode()).fetchall()]
    return Shape(_made(connection), _rows(connection, filled))


def is_still(connection: psycopg.Connection[Any], shape: Shape) -> bool:
    """Whether only rows of tests came to a database of that shape. What was taken away is not asked for its rows."""
    return _made(connection) == shape.made and _rows(connection, shape.rows) == shape.rows


def is_left(connection: psycopg.Connection[Any]) -> bool:
    """Whether nobody else is connected any more."""
    until = time.monotonic() + _LEAVING
    while _one(connection, _OTHERS)[0]:
        if time.monotonic() > until:
            return False
        time.sleep(0.002)
    return True


def empty(connection: psycopg.Connection[Any], filled: Container[str]) -> None:
    """Take every row away, past guards and trail; `filled` tables keep theirs."""
    used = connection.execute(_USED.encode()).fetchall()
    emptied = [(name, is_pointed_at) for name, is_pointed_at in used if name not in filled]
    sequences = connection.execute(_SEQUENCES.encode()).fetchall()
    with connection.transaction():
        connection.execute(b"SET LOCAL session_replication_role = replica")
        if alone := [name for name, is_pointed_at in emptied if not is_pointed_at]:
            connection.execute(f"TRUNCATE {', '.join(alone)}".encode())
        for name, is_pointed_at in emptied:
            if is_pointed_at:
                connection.execute(f"DELETE FROM {name}".encode())  # noqa: S608 - names of ours
        for (name,) in sequences:
            connection.execute(f"ALTER SEQUENCE {name} RESTART".encode())


def _made(connection: psycopg.Connection[Any]) -> tuple[int, ...]:
    (made,) = _one(connection, _SHAPE)
    return tuple(made)


def _rows(connection: psycopg.Connection[Any], tables: Iterable[str]) -> Mapping[str, int]:
    return {name: _one(connection, _ROWS.format(table=name))[0] for name in tables}


def _one(connection: psycopg.Connection[Any], question: str) -> tuple[Any, ...]:
    row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return tuple(row)
