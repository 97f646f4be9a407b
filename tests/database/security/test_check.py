"""The self-check: an untouched database is clean, and each broken part is named."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from desktop.database.engine import make_engine
from desktop.database.security.check import check
from desktop.domain.errors import UserError
from desktop.domain.server_check import Finding
from tests.support.people import PASSWORD
from tests.support.real_server import as_administrator

#: The tests' server has neither TLS nor another superuser; what belongs to the server is tested by itself.
SERVER_PARTS = {"server setting", "other database", "door"}


def inspect(url: str, expected=None) -> list[Finding]:
    engine = make_engine(url)
    try:
        found = check(engine, expected=expected)
    finally:
        engine.dispose()
    return [f for f in found if f.part not in SERVER_PARTS]


def run(url: str, *statements: str) -> None:
    with as_administrator(url) as admin:
        for statement in statements:
            admin.execute(statement.encode())


def test_an_untouched_database_is_clean(checked):
    assert inspect(checked) == []


#: What is broken → a word of the sentence that must name it.
BREAKS = {
    "dropped audit trigger": ("DROP TRIGGER z_audit_update ON public.entry", "z_audit_update がありません"),
    "dropped guard": ("DROP TRIGGER a_guard ON public.entry", "a_guard がありません"),
    "disabled trigger": ("ALTER TABLE public.staff DISABLE TRIGGER z_audit_insert", "z_audit_insert が止まって"),
    "trigger for replicas only": (
        "ALTER TABLE public.entry ENABLE REPLICA TRIGGER a_guard",
        "a_guard が止まって",
    ),
    "disabled foreign keys": ("ALTER TABLE public.member DISABLE TRIGGER ALL", "外部キーの検査「public.member」"),
    "forgotten FORCE": ("ALTER TABLE public.segment NO FORCE ROW LEVEL SECURITY", "「segment」の行の保護が所有者"),
    "row security off": ("ALTER TABLE public.segment DISABLE ROW LEVEL SECURITY", "「segment」の行の保護が無効"),
    "extra column grant": (
        "GRANT UPDATE (state) ON public.approval TO banso_caseworker",
        "余計な権限「public.approval.state UPDATE → banso_caseworker」",
    ),
    "extra table grant": ("GRANT SELECT ON public.segment TO banso_staff", "banso_staff が表「public.segment」全体の SELECT"),
    "grant to PUBLIC": ("GRANT SELECT (text) ON public.segment TO PUBLIC", "public.segment.text SELECT → PUBLIC"),
    "missing grant": (
        "REVOKE SELECT (case_number) ON public.household FROM banso_caseworker",
        "権限「public.household.case_number SELECT → banso_caseworker」がありません",
    ),
    "extra policy": (
        "CREATE POLICY easy ON public.segment FOR SELECT TO banso_staff USING (true)",
        "余計な行の規則（ポリシー）「public.segment easy」",
    ),
    "dropped policy": ("DROP POLICY p_function ON public.segment", "「public.segment p_function」がありません"),
    "widened policy": (
        "ALTER POLICY p_read_0_0 ON public.segment USING (true)",
        "「public.segment p_read_0_0」が定義と違います",
    ),
    "PUBLIC execute": (
        "GRANT EXECUTE ON FUNCTION app.carry_out(public.approval, text, text, text) TO PUBLIC",
        "app.carry_out(public.approval,text,text,text)」を誰でも",
    ),
    "changed function": (
        ("CREATE OR REPLACE FUNCTION app.is_maintenance() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER"
        " PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS 'SELECT true'"),
        "関数「app.is_maintenance()」が定義と違います",
    ),
    "function without search path": (
        "ALTER FUNCTION app.me() RESET search_path",
        "「app.me()」の search_path が固定",
    ),
    "function of another owner": ("ALTER FUNCTION app.me() OWNER TO CURRENT_USER", "「app.me()」の所有者が違います"),
    "extra function": (
        "CREATE FUNCTION app.helper() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "余計な関数「app.helper()」",
    ),
    "extra function elsewhere": (
        "CREATE SCHEMA tools; CREATE FUNCTION tools.helper() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "余計な関数「tools.helper()」",
    ),
    "table without class": ("CREATE TABLE public.notes (id integer)", "表「notes」には公開の区分が"),
    "content in a facts table": ("ALTER TABLE public.contact ADD COLUMN text text", "「contact.text」が、閲覧票なしで"),
    "view over content": ("CREATE VIEW public.easy AS SELECT * FROM public.segment", "余計な表「public.easy」"),
    "table of another owner": ("ALTER TABLE public.entry OWNER TO CURRENT_USER", "表「public.entry」が定義と違います"),
    "changed rule": (
        "INSERT INTO app.role_permission VALUES ('administrator', 'open_case_files')",
        "余計な規則の行「app.role_permission",
    ),
    "PUBLIC may make temporary tables": ("GRANT TEMPORARY ON DATABASE broken TO PUBLIC", "database TEMPORARY → PUBLIC"),
    "PUBLIC may connect": ("GRANT CONNECT ON DATABASE broken TO PUBLIC", "database CONNECT → PUBLIC"),
    "language for everybody": ("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC", "language plpgsql USAGE → PUBLIC"),
    "staff may read the audit": ("GRANT SELECT ON audit.event TO banso_staff", "audit.event SELECT → banso_staff"),
    "audit that says nothing": (
        ("CREATE OR REPLACE FUNCTION audit.told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NULL; END'"),
        "監査記録が残りません",
    ),
    "partition of another owner": (
        "CREATE TABLE audit.event_2031 PARTITION OF audit.event FOR VALUES FROM ('2031-01-01') TO ('2031-02-01')",
        "分割表「audit.event_2031」",
    ),
    "emptying of the trail by anybody": (
        "ALTER POLICY p_dispose ON audit.event USING (true) WITH CHECK (true)",
        "「audit.event p_dispose」が定義と違います",
    ),
    "staff may remove tombstones": (
        "GRANT DELETE ON public.tombstone TO banso_records_staff",
        "banso_records_staff が表「public.tombstone」全体の DELETE",
    ),
    "staff may remove rows of files": (
        "GRANT EXECUTE ON FUNCTION app.dispose_file(public.disposal_item, public.disposal_list) TO banso_records_staff",
        "余計な権限「function app.dispose_file(",
    ),
    "another way to find a file": (
        "UPDATE app.file_part SET condition = 'true' WHERE name = 'segment'",
        "余計な規則の行「app.file_part",
    ),
    "approvals no longer asked for": (
        ("CREATE OR REPLACE FUNCTION app.need_two_approvals(l public.disposal_list) RETURNS void LANGUAGE plpgsql STABLE"
        " SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'BEGIN END'"),
        "関数「app.need_two_approvals(public.disposal_list)」が定義と違います",
    ),
    "publication": ("CREATE PUBLICATION out FOR TABLE public.entry", "パブリケーション（外への複製）「out」"),
    "triggers off for a database": (
        "ALTER DATABASE broken SET session_replication_role = replica",
        "「ALL session_replication_role」",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_each_break_is_named(name, checked, fresh_picture):
    statement, sentence = BREAKS[name]
    run(checked, statement)
    found = inspect(checked, fresh_picture)
    assert any(sentence in f.sentence for f in found if f.is_grave), [f.sentence for f in found]


ROLES = {
    "staff with CREATEROLE": ("ALTER ROLE kiken CREATEROLE", "職員「kiken」に CREATEROLE"),
    "staff as superuser": ("ALTER ROLE kiken SUPERUSER", "職員「kiken」に SUPERUSER"),
    "staff passing policies": ("ALTER ROLE kiken BYPASSRLS", "職員「kiken」に BYPASSRLS"),
    "staff owning the tables": ("GRANT banso_owner TO kiken", "「kiken」がロール「banso_owner」に"),
    "staff reading all": ("GRANT pg_read_all_data TO kiken", "「kiken」がロール「pg_read_all_data」に"),
    "staff handing on": ("GRANT banso_director TO kiken WITH ADMIN OPTION", "ADMIN OPTION"),
    "owner who logs in": ("ALTER ROLE banso_owner LOGIN", "「banso_owner」でログインできます"),
    "group with rights": ("ALTER ROLE banso_caseworker CREATEDB", "「banso_caseworker」に CREATEDB"),
    "group in a group": ("GRANT banso_owner TO banso_caseworker", "「banso_caseworker」がロール「banso_owner」"),
    "stranger in a group": ("GRANT banso_director TO yoso", "職員でない「yoso」がロール「banso_director」"),
    "stranger passing policies": ("ALTER ROLE yoso BYPASSRLS", "行の保護を通り抜けるロール「yoso」"),
    **{
        f"stranger in {role}": (f"GRANT {role} TO yoso", f"職員でない「yoso」がロール「{role}」")
        for role in ("banso_accounts", "banso_owner", "banso_function", "banso_audit")
    },
    "staff making logins": ("GRANT banso_accounts TO kiken", "「kiken」がロール「banso_accounts」"),
    "stranger by a detour": (
        "CREATE ROLE umweg NOLOGIN; GRANT banso_accounts TO umweg; GRANT umweg TO yoso",
        "職員でない「umweg」がロール「banso_accounts」",
    ),
    "group making logins": ("GRANT banso_accounts TO banso_director", "「banso_director」がロール「banso_accounts」"),
    "superuser in a role": (
        "ALTER ROLE yoso SUPERUSER; GRANT banso_function TO yoso",
        "職員でない「yoso」がロール「banso_function」",
    ),
    "setting of one login": ("ALTER ROLE kiken SET row_security = off", "「kiken row_security」"),
}  # fmt: skip
_UNDO = (
    *("ALTER ROLE banso_owner NOLOGIN", "ALTER ROLE banso_caseworker NOCREATEDB"),
    *(
        "REVOKE banso_owner FROM banso_caseworker",
        "REVOKE banso_accounts FROM banso_director",
        "DROP ROLE kiken",
        "DROP ROLE yoso",
        "DROP ROLE IF EXISTS umweg",
    ),
)


@pytest.fixture
def with_people(checked):
    """A member of staff with a login, and a login of nobody."""
    run(
        checked,
        "CREATE ROLE kiken LOGIN IN ROLE banso_staff",
        "CREATE ROLE yoso LOGIN",
        "INSERT INTO public.office VALUES (gen_random_uuid(), 'T', '架空市福祉事務所')",
        "INSERT INTO public.staff (id, office_id, login, name, kana, active_from, version)"
        " SELECT gen_random_uuid(), id, 'kiken', '架空', 'カクウ', '2020-04-01', 1 FROM public.office",
    )
    yield checked
    run(checked, *_UNDO)


def test_people_of_the_office_are_no_finding(with_people, fresh_picture):
    assert inspect(with_people, fresh_picture) == []


@pytest.mark.parametrize("name", ROLES)
def test_each_dangerous_role_is_named(name, with_people, fresh_picture):
    statement, sentence = ROLES[name]
    run(with_people, statement)
    found = inspect(with_people, fresh_picture)
    assert any(sentence in f.sentence for f in found if f.is_grave), [f.sentence for f in found]


def test_a_retired_person_who_can_still_log_in_is_named(with_people, fresh_picture):
    run(with_people, "UPDATE public.staff SET active_to = '2024-03-31'")
    assert [f.sentence for f in inspect(with_people, fresh_picture)] == [
        "退職・異動した職員「kiken」がまだログインできます。"
    ]


def test_an_unsealed_hour_is_named(checked, fresh_picture):
    run(checked, "SELECT audit.put('probe', 'office', '', NULL, NULL, NULL)")
    run(checked, "UPDATE audit.event SET at = at - interval '59 minutes'")
    assert not any("封印されていません" in f.sentence for f in inspect(checked, fresh_picture))
    run(checked, "UPDATE audit.event SET at = at - interval '2 minutes'")
    assert any("封印されていません" in f.sentence for f in inspect(checked, fresh_picture))
    run(checked, "SELECT audit.seal_now()")
    assert not any("封印されていません" in f.sentence for f in inspect(checked, fresh_picture))


def test_the_check_leaves_nothing_behind(checked, fresh_picture):
    def everything() -> list[object]:
        engine = make_engine(checked)
        with engine.connect() as connection:
            rows = [
                *connection.scalars(text("SELECT rolname FROM pg_roles ORDER BY 1")),
                *connection.scalars(text("SELECT datname FROM pg_database ORDER BY 1")),
                connection.scalar(text("SELECT count(*) FROM audit.event")),
                connection.scalar(text("SELECT count(*) FROM public.staff")),
            ]
        engine.dispose()
        return rows

    before = everything()
    inspect(checked)
    assert everything() == before


def test_a_changed_definition_asks_for_an_upgrade_first(checked, fresh_picture):
    run(checked, "UPDATE app.definition SET mark = 'other'")
    with pytest.raises(UserError, match="server upgrade"):
        inspect(checked, fresh_picture)


def test_only_an_administrator_checks(with_people, fresh_picture):
    engine = make_engine(with_people)
    run(with_people, f"ALTER ROLE kiken PASSWORD '{PASSWORD}'")
    own = make_engine(
        engine.url.set(username="kiken", password=PASSWORD).render_as_string(hide_password=False)
    )
    try:
        with pytest.raises(UserError, match="スーパーユーザー"):
            check(own, expected=fresh_picture)
    finally:
        own.dispose()
        engine.dispose()
