"""Puts the lock into a migrated PostgreSQL database. Needs an administrator who may make roles.

Everything but the audit trail is made anew in one transaction, so nothing old stays behind. The same
definition is installed once: a second run changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, text

from desktop.database.audit_trail import judges
from desktop.database.security import seeds
from desktop.database.security.callers import CALLED_BY
from desktop.database.security.names import (
    ACCOUNTS,
    AUDIT,
    FUNCTION,
    OWNER,
    STAFF,
    WITHOUT_LOGIN,
    group,
)
from desktop.database.security.policies import table_statements
from desktop.database.security.reach import bring_into_reach
from desktop.database.security.search_sql import INDEX_MISSING, search_functions
from desktop.database.staging import scratch_functions
from desktop.domain.roles import Role
from desktop.models import Base

_DATABASE = (
    "DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());"
    f" EXECUTE format('GRANT CONNECT ON DATABASE %I TO {STAFF}', current_database());"
    f" EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO {FUNCTION}', current_database()); END $$"
)
#: Functions of schema `app` that belong to ACCOUNTS; only functions of FUNCTION call them.
OF_ACCOUNTS = (
    "role_exists(text)",
    "role_make(text)",
    "role_reach(text)",
    "role_leave(text, text)",
    "role_groups(text, text[])",
    "role_password(text, text, timestamp with time zone)",
    "role_close(text)",
)
#: Functions of schema `audit` that our functions of schema `app` call.
_AUDIT_FOR_APP = (
    "put(text, text, text, uuid, uuid, jsonb)",
    "begin_bulk(uuid, text)",
    "asked(uuid)",
    "of_entry(uuid, uuid)",
    "readings(uuid)",
    "writings(uuid, timestamptz, timestamptz)",
    "asked_report()",
    "account_events(timestamptz, timestamptz)",
    "shield_events(timestamptz, timestamptz)",
    "refusals(timestamptz, timestamptz)",
    "last_seal(timestamptz)",
    *judges.GRANTED,
    "note_sign_in(text, text, uuid)",
    "begin_disposal(uuid)",
    "end_disposal()",
    "dispose_details(uuid, uuid, uuid, uuid, text[], text[])",
)
#: Tables to which not even their owner does more than add.
_APPEND_ONLY = "audit.event, audit.event_rest, audit.seal, audit.disposed, audit.epoch"

#: A right of PostgreSQL 17 that an owner has by birth, also of a table that was restored from an older server.
_WITHOUT_MAINTAIN = (
    "DO $$ DECLARE x record; BEGIN IF current_setting('server_version_num')::integer < 170000 THEN RETURN; END IF;"
    " FOR x IN SELECT c.oid::regclass AS name FROM pg_class c"
    f" WHERE c.oid = ANY (SELECT to_regclass(btrim(n)) FROM unnest(string_to_array('{_APPEND_ONLY}', ',')) n) LOOP"
    f" EXECUTE format('REVOKE MAINTAIN ON %s FROM {AUDIT}', x.name); END LOOP; END $$"
)


def install(connection: Connection) -> bool:
    """Bring the lock to this program's definition, in the connection's transaction. False: it was there already."""
    statements = list(_statements())
    mark = _mark(statements)
    _make_roles(connection)
    bring_into_reach(connection)
    for statement in _of_the_database():
        _execute(connection, statement)
    if installed(connection) == mark:
        return False
    take_away(connection)
    for statement in statements:
        _execute(connection, statement)
    for table, row in seeds.rows():
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO app.{table} ({columns}) VALUES ({values})"), row)
    connection.execute(text("INSERT INTO app.definition VALUES (:mark)"), {"mark": mark})
    return True


@cache
def mark() -> str:
    """What this program's definition of the lock is known by."""
    return _mark(list(_statements()))


def installed(connection: Connection) -> str | None:
    """The mark of the lock that stands in the database, None where there is none. For administrators."""
    if connection.scalar(text("SELECT to_regclass('app.definition')")) is None:
        return None
    found = connection.scalar(text("SELECT mark FROM app.definition"))
    return None if found is None else str(found)


def take_away(connection: Connection) -> None:
    """Take everything off the tables but the audit trail, so that a migration may change them."""
    if connection.scalar(text("SELECT to_regnamespace('app')")) is None:
        return
    for statement in list(_clearing(connection)):
        _execute(connection, statement)


def _execute(connection: Connection, statement: str) -> None:
    # As it stands: texts of functions hold % and several statements.
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True}).close()


def _make_roles(connection: Connection) -> None:
    known = set(
        connection.scalars(text("SELECT rolname FROM pg_roles WHERE rolname LIKE 'banso%'"))
    )
    for name in (*WITHOUT_LOGIN, *(group(role) for role in Role)):
        if name not in known:
            connection.exec_driver_sql(f"CREATE ROLE {name} NOLOGIN")
    for role in Role:
        if group(role) not in known:
            connection.exec_driver_sql(f"GRANT {STAFF} TO {group(role)}")
    if ACCOUNTS not in known:
        _empower_accounts(connection)


def _empower_accounts(connection: Connection) -> None:
    """CREATEROLE, and the right to end connections of people."""
    connection.exec_driver_sql(f"ALTER ROLE {ACCOUNTS} CREATEROLE")
    connection.exec_driver_sql(f"GRANT pg_signal_backend TO {ACCOUNTS}")


def _mark(statements: list[str]) -> str:
    return hashlib.sha256(repr((statements, list(seeds.rows()))).encode()).hexdigest()


def _clearing(connection: Connection) -> Iterator[str]:
    """Take away what an earlier definition put on the tables."""
    for table, policy in connection.execute(
        text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
    ).all():
        yield f'DROP POLICY "{policy}" ON public."{table}"'
    for table, trigger in connection.execute(
        text(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        )
    ).all():
        yield f'DROP TRIGGER "{trigger}" ON public."{table}"'
    everybody = ", ".join(("PUBLIC", STAFF, FUNCTION, *(group(role) for role in Role)))
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everybody}"
    for (table,) in connection.execute(
        text(
            "SELECT DISTINCT table_name FROM information_schema.column_privileges"
            " WHERE table_schema = 'public' AND grantee LIKE 'banso%'"
        )
    ).all():
        columns = connection.scalar(
            text(
                "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = :table"
            ),
            {"table": table},
        )
        yield f'REVOKE ALL ({columns}) ON public."{table}" FROM {everybody}'
    yield "DROP SCHEMA IF EXISTS app CASCADE"
    # Whoever signs in between two versions is told so in a sentence.
    yield f"GRANT SELECT ON public.alembic_version TO {STAFF}"


def _statements() -> Iterator[str]:
    yield from _grounds()
    yield "CREATE TABLE app.definition (mark text NOT NULL)"
    yield seeds.tables()
    yield "SET LOCAL check_function_bodies = off"
    yield from _sources()
    yield from scratch_functions()
    yield from search_functions()
    yield from judges.judge_functions()
    yield from _owners()
    for table in Base.metadata.sorted_tables:
        yield from table_statements(table)
    yield f"GRANT SELECT ON public.alembic_version TO {STAFF}"
    # Entries that were there before the search, or that came without it.
    yield INDEX_MISSING


def _grounds() -> Iterator[str]:
    """Schemas, and nothing for PUBLIC."""
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {STAFF}, {OWNER}, {FUNCTION}, {AUDIT}"
    yield "CREATE SCHEMA app"
    yield "CREATE SCHEMA IF NOT EXISTS audit"
    yield f"GRANT USAGE ON SCHEMA app TO {STAFF}, {FUNCTION}, {AUDIT}, {ACCOUNTS}"
    yield f"GRANT USAGE ON SCHEMA audit TO {FUNCTION}"


def _of_the_database() -> Iterator[str]:
    """Rights on what every database begins with: they come along neither with a copy nor with a restored backup."""
    yield _DATABASE
    yield _WITHOUT_MAINTAIN
    yield "REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC"
    # Large objects lie outside every policy; an administrator who is not superuser may not take them away.
    yield (
        "DO $$ DECLARE x record; BEGIN FOR x IN SELECT p.oid::regprocedure AS name FROM pg_proc p"
        " WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '^lo(_|write$|read$)' LOOP"
        " BEGIN EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', x.name);"
        " EXCEPTION WHEN insufficient_privilege THEN NULL; END; END LOOP; END $$"
    )


def _owners() -> Iterator[str]:
    """Each schema's things belong to its own role; nobody else may call what is not named."""
    for schema, owner in (("app", FUNCTION), ("audit", AUDIT)):
        yield (
            "DO $$ DECLARE x record; BEGIN"
            " FOR x IN SELECT p.oid::regprocedure AS name FROM pg_proc p"
            f" WHERE p.pronamespace = '{schema}'::regnamespace LOOP"
            f" EXECUTE format('ALTER ROUTINE %s OWNER TO {owner}', x.name);"
            " EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', x.name); END LOOP;"
            " FOR x IN SELECT c.oid::regclass AS name FROM pg_class c"
            f" WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'p') LOOP"
            f" EXECUTE format('ALTER TABLE %s OWNER TO {owner}', x.name); END LOOP;"
            " FOR x IN SELECT c.oid::regclass AS name FROM pg_class c"
            f" WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind = 'S' LOOP"
            f" EXECUTE format('ALTER SEQUENCE %s OWNER TO {owner}', x.name); END LOOP;"
            f" EXECUTE 'ALTER SCHEMA {schema} OWNER TO {owner}'; END $$"
        )
    for function in OF_ACCOUNTS:
        yield f"ALTER FUNCTION app.{function} OWNER TO {ACCOUNTS}"
        yield f"GRANT EXECUTE ON FUNCTION app.{function} TO {FUNCTION}"
    yield f"GRANT EXECUTE ON FUNCTION app.refuse(text, text, text) TO {ACCOUNTS}"
    for function, roles in CALLED_BY.items():
        yield f"GRANT EXECUTE ON FUNCTION app.{function} TO {roles}"
    for function in _AUDIT_FOR_APP:
        yield f"GRANT EXECUTE ON FUNCTION audit.{function} TO {FUNCTION}"
    yield f"GRANT SELECT ON audit.bulk, audit.tick TO {FUNCTION}"
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {_APPEND_ONLY} FROM {AUDIT}"
    yield _WITHOUT_MAINTAIN
    # During a disposal, and then only to nothing: the policy p_dispose says so.
    yield f"GRANT UPDATE (detail) ON audit.event TO {AUDIT}"
    yield "SELECT audit.make_partitions()"


def _sources() -> Iterator[str]:
    """The files of functions and guards, in the order of their names."""
    folder = files("desktop.database.security") / "sql"
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".sql"):
            yield item.read_text(encoding="utf-8")
