"""Climbing up: other roles, own objects, the server's files, the audit trail."""

from __future__ import annotations

import re

import psycopg
import pytest

from tests.database.security.place import Connection, Place, refused, rows

CLIMBING = (
    "SET ROLE banso_owner",
    "SET ROLE banso_function",
    "SET ROLE banso_audit",
    "SET ROLE banso_supervisor",
    "SET SESSION AUTHORIZATION banso_tests",
    "SET session_replication_role = replica",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "ALTER ROLE CURRENT_USER CREATEROLE",
    "GRANT banso_supervisor TO CURRENT_USER",
    "CREATE ROLE evil",
    "CREATE TABLE app.x (i integer)",
    "CREATE TABLE public.x (i integer)",
    "CREATE TEMPORARY TABLE household (head_name text)",
    "CREATE TEMPORARY VIEW v AS SELECT 1",
    "CREATE SCHEMA evil",
    "CREATE VIEW public.v AS SELECT 1",
    "CREATE TYPE public.t AS (a integer)",
    "CREATE DOMAIN public.d AS text",
    "CREATE FUNCTION pg_temp.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION public.leak(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS 'BEGIN RETURN true; END'",
    "CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "CREATE EXTENSION dblink",
    "CREATE TRIGGER t AFTER INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION audit.added('id')",
    "DO $$ BEGIN RAISE NOTICE 'x'; END $$",
    "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE entry DISABLE TRIGGER ALL",
    "ALTER FUNCTION app.me() OWNER TO CURRENT_USER",
    "DROP POLICY p_function ON entry",
    "DROP SCHEMA app CASCADE",
    "COPY office TO PROGRAM 'id'",
    "COPY office TO '/tmp/office'",
    "COPY entry FROM PROGRAM 'id'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT * FROM pg_authid",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SELECT pg_reload_conf()",
    "COMMENT ON TABLE entry IS 'x'",
    "SECURITY LABEL ON TABLE entry IS 'x'",
    "SELECT * FROM audit.event",
    "INSERT INTO audit.event SELECT * FROM audit.event",
    "UPDATE audit.event SET login = 'x'",
    "DELETE FROM audit.event",
    "TRUNCATE audit.event",
    "SELECT nextval('audit.event_seq')",
    "SELECT * FROM audit.bulk",
    "SELECT * FROM app.role_permission",
    "INSERT INTO app.role_permission VALUES ('caseworker', 'decide_approvals')",
    "UPDATE app.ticket_rule SET minutes = 100000",
    "INSERT INTO staff_role SELECT * FROM staff_role",
    "UPDATE staff SET login = 'x'",
    "INSERT INTO assignment SELECT * FROM assignment",
    "UPDATE staff_absence SET substitute_id = NULL",
)


@pytest.mark.parametrize("who", ["caseworker", "records"])
@pytest.mark.parametrize("statement", CLIMBING)
def test_climbing(who, statement, place):
    assert refused(_person(place, who), statement) not in ("", "42601")


def _person(place: Place, who: str) -> Connection:
    """One connection a person is enough: a refused statement leaves nothing behind."""
    if who not in _kept or _kept[who].closed or _kept[who].info.dbname != place.engine.url.database:
        _kept[who] = place.connect(getattr(place.office, who))
    return _kept[who]


_kept: dict[str, Connection] = {}


def test_ending_a_colleagues_session(place):
    colleague = place.connect(place.office.supervisor)
    person = place.connect(place.office.caseworker)
    for function in ("pg_terminate_backend", "pg_cancel_backend"):
        assert refused(person, f"SELECT {function}(%s)", (colleague.info.backend_pid,)) == "42501"
    assert rows(colleague, "SELECT 1") == [(1,)]


def test_an_own_search_path_changes_no_function(place):
    person = place.connect(place.office.caseworker)
    before = rows(person, "SELECT app.me(), app.today()")
    person.execute("SET search_path = pg_temp, public, app, pg_catalog")
    assert rows(person, "SELECT app.me(), app.today()") == before


def test_the_scratch_tables_of_an_import_belong_to_the_functions(place):
    person = place.connect(place.office.records)
    person.execute("BEGIN")
    person.execute("SELECT app.make_scratch()")
    attach = "CREATE TRIGGER t AFTER INSERT ON pg_temp.staged_row FOR EACH STATEMENT EXECUTE FUNCTION audit.added('line')"
    assert refused(person, attach) == "42501"
    person.execute("ROLLBACK")


def test_giving_the_own_role_away(place):
    boss = place.connect(place.office.supervisor)
    give = f'GRANT "{place.office.supervisor.login}" TO "{place.office.caseworker.login}"'
    assert refused(boss, give) == "42501"


def test_every_definer_function_is_safe(place):
    """A fixed search path, an owner of ours, nothing for PUBLIC."""
    found = place.truth(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('app', 'audit') AND (NOT coalesce(p.proconfig, '{}') @> "
        " ARRAY['search_path=pg_catalog, pg_temp'] OR p.proacl IS NULL"
        " OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0)"
        " OR pg_get_userbyid(p.proowner) NOT IN ('banso_function', 'banso_audit', 'banso_accounts'))"
    )
    assert [name for (name,) in found if name not in ("app.now()", "now()")] == []


def test_no_policy_calls_a_function_for_each_row(place):
    """Functions of ours stand in sub-selects, which the planner runs once."""
    policies = place.truth(
        "SELECT tablename, policyname, coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies"
        " WHERE schemaname = 'public'"
    )
    assert len(policies) > 100
    once = re.compile(r"SELECT (unnest\()?app\.\w+\(")
    for table, name, condition in policies:
        assert len(re.findall(r"app\.\w+\(", condition)) == len(once.findall(condition)), (
            table,
            name,
        )


def test_copying_rows_in(place):
    person = place.connect(place.office.caseworker)
    columns = "id, office_id, household_id, kind, event_on"
    with (
        pytest.raises(psycopg.Error) as error,
        person.cursor() as cursor,
        cursor.copy(f"COPY entry ({columns}) FROM STDIN") as copy,
    ):
        copy.write_row(("x",) * 5)
    assert error.value.sqlstate == "0A000"
