"""A picture of everything in one database that decides who may do what: one fact a row, comparable as text.

Two databases of one server with the same picture have the same lock. Owners who are superusers count as one
(whoever sets up), and partitions of the audit trail are left out: they come by month (`rules.py` looks at them).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, text

from desktop.database.security import seeds


class Fact(NamedTuple):
    """One thing in the catalogue: its kind, its name, and what is true of it (`key=value; …`)."""

    kind: str
    name: str
    detail: str


_WHO = "CASE WHEN {0} = 0 THEN 'PUBLIC' WHEN r.rolsuper THEN '(superuser)' ELSE r.rolname::text END"
_SCHEMAS = "n.nspname IN ('public', 'app', 'audit')"
#: Functions and types of ours or of anybody's, wherever they lie, but not those of the server or of an extension.
_MADE_HERE = (
    "{0}.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d"
    " WHERE d.objid = {0}.oid AND d.classid = '{1}'::regclass AND d.deptype = 'e')"
)

#: PostgreSQL writes x IN ('a', 'b') with other casts and brackets once it was dumped and restored: texts of constraints
#: are compared without the casts of texts and without brackets round a single word, text or list.
_PLAIN = (
    "regexp_replace(regexp_replace(regexp_replace({0}, '::(character varying|text)(\\[\\])?', '', 'g'),"
    " '\\((''[^'']*''|[a-z_]+)\\)', '\\1', 'g'), '\\(+(ARRAY\\[[^]()]*\\])\\)+', '(\\1)', 'g')"
)

_QUERIES = (
    # Schemas, and what lies in ours.
    "SELECT 'schema', n.nspname::text, 'owner=' || " + _WHO.format("n.nspowner") + " FROM pg_namespace n"
    " LEFT JOIN pg_roles r ON r.oid = n.nspowner"
    " WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'",
    "SELECT 'relation', n.nspname || '.' || c.relname, concat('kind=', c.relkind, '; owner=', "
    + _WHO.format("c.relowner")
    + ", '; rls=', c.relrowsecurity, '; force=', c.relforcerowsecurity, '; options=', c.reloptions,"
    " '; persistence=', c.relpersistence)"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_roles r ON r.oid = c.relowner"
    f" WHERE {_SCHEMAS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND NOT c.relispartition",
    ("SELECT 'column', n.nspname || '.' || c.relname || '.' || a.attname, concat('type=',"
    " format_type(a.atttypid, a.atttypmod), '; notnull=', a.attnotnull, '; collation=', a.attcollation::regcollation,"
    " '; default=', pg_get_expr(x.adbin, x.adrelid))"
    " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum"
    f" WHERE {_SCHEMAS} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND NOT c.relispartition"
    " AND a.attnum > 0 AND NOT a.attisdropped"),
    ("SELECT 'constraint', c.conrelid::regclass || ' ' || c.conname, concat("
    + _PLAIN.format("pg_get_constraintdef(c.oid)")
    + ", '; validated=', c.convalidated)"
    " FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace"
    f" WHERE {_SCHEMAS} AND NOT t.relispartition"),
    ("SELECT 'index', c.oid::regclass::text, concat("
    + _PLAIN.format("pg_get_indexdef(c.oid)")
    + ", '; valid=', i.indisvalid)"
    " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
    f" JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_SCHEMAS} AND NOT t.relispartition"),
    ("SELECT 'rule', c.oid::regclass || ' ' || w.rulename, pg_get_ruledef(w.oid)"
    " FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace"
    f" WHERE {_SCHEMAS}"),
    "SELECT 'type', t.oid::regtype::text, t.typtype::text FROM pg_type t"
    " WHERE t.typtype IN ('d', 'e', 'r', 'm') AND " + _MADE_HERE.format("t", "pg_type"),
    # Grants: on schemas, tables, columns, functions, languages, the database; and default ones.
    "SELECT 'grant', 'schema ' || n.nspname || ' ' || x.privilege_type || ' → ' || " + _WHO.format("x.grantee")
    + ", 'grantable=' || x.is_grantable FROM pg_namespace n"
    " CROSS JOIN aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) x LEFT JOIN pg_roles r ON r.oid = x.grantee"
    f" WHERE {_SCHEMAS}",
    "SELECT 'grant', c.oid::regclass || ' ' || x.privilege_type || ' → ' || " + _WHO.format("x.grantee")
    + ", 'grantable=' || x.is_grantable FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " CROSS JOIN aclexplode(coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", c.relowner))) x"
    " LEFT JOIN pg_roles r ON r.oid = x.grantee"
    f" WHERE {_SCHEMAS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT c.relispartition",
    "SELECT 'grant', c.oid::regclass || '.' || a.attname || ' ' || x.privilege_type || ' → ' || "
    + _WHO.format("x.grantee")
    + ", 'grantable=' || x.is_grantable FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN aclexplode(a.attacl) x"
    " LEFT JOIN pg_roles r ON r.oid = x.grantee"
    f" WHERE {_SCHEMAS} AND NOT a.attisdropped",
    "SELECT 'grant', 'function ' || p.oid::regprocedure || ' ' || x.privilege_type || ' → ' || "
    + _WHO.format("x.grantee")
    + ", 'grantable=' || x.is_grantable FROM pg_proc p"
    " CROSS JOIN aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x"
    " LEFT JOIN pg_roles r ON r.oid = x.grantee WHERE " + _MADE_HERE.format("p", "pg_proc"),
    "SELECT 'grant', 'language ' || l.lanname || ' ' || x.privilege_type || ' → ' || " + _WHO.format("x.grantee")
    + ", 'grantable=' || x.is_grantable FROM pg_language l"
    " CROSS JOIN aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) x LEFT JOIN pg_roles r ON r.oid = x.grantee"
    " WHERE l.lanpltrusted",
    "SELECT 'grant', 'database ' || x.privilege_type || ' → ' || " + _WHO.format("x.grantee")
    + ", 'grantable=' || x.is_grantable FROM pg_database b"
    " CROSS JOIN aclexplode(coalesce(b.datacl, acldefault('d', b.datdba))) x LEFT JOIN pg_roles r ON r.oid = x.grantee"
    " WHERE b.datname = current_database()",
    "SELECT 'grant', 'default ' || d.defaclobjtype::text || ' ' || x.privilege_type || ' → ' || " + _WHO.format("x.grantee")
    + ", 'by=' || pg_get_userbyid(d.defaclrole) FROM pg_default_acl d CROSS JOIN aclexplode(d.defaclacl) x"
    " LEFT JOIN pg_roles r ON r.oid = x.grantee",
    # Policies, triggers, functions.
    ("SELECT 'policy', format('%I.%I %I', p.schemaname, p.tablename, p.policyname), concat(p.permissive, ' ', p.cmd, ' TO ',"
    " (SELECT string_agg(r::text, ', ' ORDER BY r::text) FROM unnest(p.roles) r), '; using=', p.qual, '; check=', p.with_check)"
    " FROM pg_policies p"),
    ("SELECT 'trigger', t.tgrelid::regclass || ' ' || t.tgname, concat('enabled=', t.tgenabled, '; ', pg_get_triggerdef(t.oid))"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND NOT c.relispartition"),
    ("SELECT 'foreign key', t.tgrelid::regclass::text, 'disabled=' || count(*) FILTER (WHERE t.tgenabled <> 'O')"
    " FROM pg_trigger t WHERE t.tgisinternal GROUP BY t.tgrelid"),
    "SELECT 'function', p.oid::regprocedure::text, concat('owner=', " + _WHO.format("p.proowner")
    + ", '; definer=', p.prosecdef, '; language=', l.lanname, '; volatility=', p.provolatile, '; leakproof=', p.proleakproof,"
    " '; settings=', p.proconfig, '; returns=', pg_get_function_result(p.oid), '; body=',"
    " left(encode(sha256(convert_to(concat(p.prosrc, pg_get_function_sqlbody(p.oid)), 'UTF8')), 'hex'), 16))"
    " FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang LEFT JOIN pg_roles r ON r.oid = p.proowner"
    " WHERE " + _MADE_HERE.format("p", "pg_proc"),
    # What could carry data out or act by itself.
    ("SELECT 'event trigger', e.evtname::text, concat(e.evtevent, ' ', e.evtfoid::regproc, ' ', e.evtenabled)"
    " FROM pg_event_trigger e"),
    "SELECT 'publication', p.pubname::text, '' FROM pg_publication p",
    ("SELECT 'subscription', s.subname::text, '' FROM pg_subscription s"
    " WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())"),
    "SELECT 'foreign server', s.srvname::text, '' FROM pg_foreign_server s",
    "SELECT 'extension', e.extname::text, '' FROM pg_extension e WHERE e.extname NOT IN ('pgaudit', 'pg_stat_statements')",
    ("SELECT 'setting', coalesce(nullif(s.setrole, 0)::regrole::text, 'ALL') || ' ' || split_part(x, '=', 1), x"
    " FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) x"
    " WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"),
)  # fmt: skip


def take(connection: Connection) -> frozenset[Fact]:
    """The picture of the database the connection is in. Needs a superuser."""
    connection.execute(text("SET LOCAL search_path = pg_catalog"))
    return frozenset(_facts(connection))


def _facts(connection: Connection) -> Iterator[Fact]:
    for query in _QUERIES:
        for kind, name, detail in connection.exec_driver_sql(query.replace("%", "%%")).all():
            yield Fact(kind, str(name), str(detail or ""))
    known = set(
        connection.scalars(
            text("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('app')")
        )
    )
    for table in sorted({table for table, _ in seeds.rows()} & known):
        rows = connection.scalars(text(f"SELECT to_jsonb(t)::text FROM app.{table} t"))
        for row in rows:
            yield Fact("seed", f"app.{table} {row}", "")
