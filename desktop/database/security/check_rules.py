"""Rules of the lock that hold whatever the program's own definition says: its mistakes would be in both pictures."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from desktop.database.security.install import OF_ACCOUNTS
from desktop.database.security.names import ACCOUNTS, AUDIT, FUNCTION
from desktop.domain.right_kinds import Visibility
from desktop.domain.rights import MADE_OF_OTHERS
from desktop.domain.rights_guards import GUARDS
from desktop.domain.server_check import Finding
from desktop.models import Base
from desktop.models.base import visibility

#: Columns of text that somebody writes about people: only where a ticket opens them.
CONTENT_COLUMNS = frozenset({"text", "what", "reply", "source", "body"})
#: Texts that are about nobody: the office's own rules and pages, and set phrases.
OFFICE_TEXT = frozenset({"master", "help_page", "own_phrase"})
_AUDIT = ("z_audit_insert", "z_audit_update", "z_audit_delete")
_UNSEALED_MINUTES = 60
_PATH = "search_path=pg_catalog, pg_temp"
#: What functions of ours set besides: how plans are kept, and which way the search reads. It changes no answer.
_PLANS = frozenset(
    {
        "",
        ",plan_cache_mode=force_generic_plan",
        ",enable_seqscan=off,enable_sort=off,jit=off,work_mem=64MB",
    }
)


def rules(connection: Connection) -> Iterator[Finding]:
    """Look at tables, triggers and functions."""
    connection.execute(text("SET LOCAL search_path = pg_catalog"))
    yield from _classes(connection)
    yield from _row_security(connection)
    yield from _triggers(connection)
    yield from _functions(connection)
    yield from _partitions(connection)
    yield from _whole_tables(connection)
    yield from _sealing(connection)


def _classes(connection: Connection) -> Iterator[Finding]:
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(
        text(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
            " AND a.attnum > 0 AND NOT a.attisdropped"
        )
    ):
        columns.setdefault(table, set()).add(column)
    known = Base.metadata.tables
    for table, names in sorted(columns.items()):
        if table == "alembic_version":
            continue
        if table not in known or "visibility" not in known[table].info:
            yield _finding("class", table, f"表「{table}」には公開の区分がありません。")
        elif visibility(known[table]) is not Visibility.CONTENT and table not in OFFICE_TEXT:
            for column in sorted(names & CONTENT_COLUMNS):
                yield _finding(
                    "class",
                    f"{table}.{column}",
                    f"記録の本文にあたる列「{table}.{column}」が、閲覧票なしで読める表にあります。",
                )


def _row_security(connection: Connection) -> Iterator[Finding]:
    for table, enabled, forced in connection.execute(
        text(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
            " AND c.relname <> 'alembic_version' ORDER BY 1"
        )
    ):
        if not enabled:
            yield _finding("row security", table, f"表「{table}」の行の保護が無効です。")
        if not forced:
            yield _finding(
                "row security",
                table,
                f"表「{table}」の行の保護が所有者に強制されていません（FORCE）。",
            )


def _triggers(connection: Connection) -> Iterator[Finding]:
    found = {
        (table, name): (enabled, function)
        for table, name, enabled, function in connection.execute(
            text(
                "SELECT c.relname, t.tgname, t.tgenabled::text, t.tgfoid::regproc::text"
                " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
            )
        )
    }
    for table in sorted(Base.metadata.tables):
        for name in _AUDIT if table not in MADE_OF_OTHERS else ():
            yield from _trigger(found, table, name, "audit.told", "監査")
        if table in GUARDS:
            yield from _trigger(found, table, "a_guard", "app.guard_", "書込みの検査")


def _trigger(
    found: dict[tuple[str, str], tuple[str, str]], table: str, name: str, function: str, what: str
) -> Iterator[Finding]:
    enabled, calls = found.get((table, name), ("", ""))
    label = f"{table} {name}"
    if not calls:
        yield _finding("trigger", label, f"表「{table}」に{what}のトリガー {name} がありません。")
    elif enabled not in {"O", "A"}:
        yield _finding(
            "trigger", label, f"表「{table}」の{what}のトリガー {name} が止まっています。"
        )
    elif not calls.startswith(function):
        yield _finding(
            "trigger",
            label,
            f"表「{table}」の{what}のトリガー {name} が違う関数（{calls}）を呼びます。",
        )


def _functions(connection: Connection) -> Iterator[Finding]:
    for name, definer, settings, owner, public in connection.execute(
        text(
            "SELECT p.oid::regprocedure::text, p.prosecdef, coalesce(array_to_string(p.proconfig, ','), ''),"
            " pg_get_userbyid(p.proowner), EXISTS (SELECT FROM"
            " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee = 0)"
            " FROM pg_proc p WHERE p.pronamespace IN (to_regnamespace('app'), to_regnamespace('audit'))"
            " ORDER BY 1"
        )
    ):
        if public:
            yield _finding("function", name, f"関数「{name}」を誰でも（PUBLIC）実行できます。")
        if definer and settings not in {f"{_PATH}{plans}" for plans in _PLANS}:
            yield _finding("function", name, f"関数「{name}」の search_path が固定されていません。")
        if owner != _owner_of(name):
            yield _finding("function", name, f"関数「{name}」の所有者が違います（{owner}）。")


def _owner_of(function: str) -> str:
    if function.removeprefix("app.").replace(",", ", ") in OF_ACCOUNTS:
        return ACCOUNTS
    return FUNCTION if function.startswith("app.") else AUDIT


def _partitions(connection: Connection) -> Iterator[Finding]:
    """Partitions of the audit trail: of its owner, and granted to nobody."""
    for name, owner, others in connection.execute(
        text(
            "SELECT c.oid::regclass::text, pg_get_userbyid(c.relowner),"
            " coalesce((SELECT string_agg(DISTINCT coalesce(r.rolname, 'PUBLIC'), ', ') FROM aclexplode(c.relacl) x"
            " LEFT JOIN pg_roles r ON r.oid = x.grantee WHERE x.grantee <> c.relowner), '')"
            " FROM pg_class c WHERE c.relispartition AND c.relkind IN ('r', 'p')"
            " AND c.relnamespace IN ('public'::regnamespace, to_regnamespace('app'), to_regnamespace('audit'))"
        )
    ):
        if not name.startswith("audit.") or owner != AUDIT or others:
            yield _finding(
                "partition", name, f"分割表「{name}」の所有者か権限が違います（{owner} {others}）。"
            )


def _whole_tables(connection: Connection) -> Iterator[Finding]:
    """A right on a whole table lets its holder LOCK it, and so stop the office."""
    for table, privilege, grantee in connection.execute(
        text(
            "SELECT c.oid::regclass::text, x.privilege_type, coalesce(r.rolname, 'PUBLIC') FROM pg_class c"
            " CROSS JOIN aclexplode(c.relacl) x LEFT JOIN pg_roles r ON r.oid = x.grantee"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
            " AND x.grantee <> c.relowner AND coalesce(r.rolname, 'PUBLIC') <> :function"
            " AND NOT coalesce(r.rolsuper, false) AND c.relname <> 'alembic_version'"
        ),
        {"function": FUNCTION},
    ):
        yield _finding(
            "grant",
            f"{table} {privilege} {grantee}",
            f"{grantee} が表「{table}」全体の {privilege} を持っています（列ごとにだけ与えます）。",
        )


def _sealing(connection: Connection) -> Iterator[Finding]:
    late = connection.scalar(
        text("SELECT audit.unsealed_age() > make_interval(mins => :minutes)"),
        {"minutes": _UNSEALED_MINUTES},
    )
    if late:
        yield _finding(
            "seal",
            "audit",
            "監査記録が1時間以上封印されていません。server tick の定時実行を確認してください。",
        )


def _finding(part: str, name: str, sentence: str) -> Finding:
    return Finding(part=part, name=name, sentence=sentence)
