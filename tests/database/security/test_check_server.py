"""Settings of the server and doors that the self-check names; and what init and upgrade refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.database.security import check_server
from desktop.database.security.check import check
from desktop.domain.clock import SystemClock
from desktop.domain.errors import UserError
from desktop.resources import resource_path
from desktop.services.server import upgrade as upgrading
from desktop.services.server.config import load_config
from desktop.services.server.prepare import prepare
from tests.support.real_server import as_administrator, emptied


def sentences(url: str) -> list[str]:
    engine = make_engine(url)
    with engine.begin() as connection:
        found = [f.sentence for f in check_server.server(connection)]
    engine.dispose()
    return found


SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "password_encryption": "md5",
    "session_replication_role": "replica",
    "log_min_duration_statement": "0",
    "log_error_verbosity": "verbose",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_dangerous_setting_is_named(name, own_server):
    url = own_server.format(database="postgres")
    with as_administrator(url) as admin:
        try:
            admin.execute(f"ALTER SYSTEM SET {name} = {SETTINGS[name]}".encode())
            admin.execute(b"SELECT pg_reload_conf(), pg_sleep(0.2)")
            assert any(f"設定 {name} は" in s for s in sentences(url))
        finally:
            admin.execute(f"ALTER SYSTEM RESET {name}".encode())
            admin.execute(b"SELECT pg_reload_conf(), pg_sleep(0.2)")


def test_a_server_without_tls_is_named(own_server):
    assert any("設定 ssl は on" in s for s in sentences(own_server.format(database="postgres")))


def test_another_database_that_everybody_may_enter_is_named(own_server):
    url = own_server.format(database="postgres")
    with emptied(own_server) as name, as_administrator(url) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        assert any(f"別のデータベース「{name}」" in s for s in sentences(url))


def test_a_clock_that_is_wrong_is_named(own_server, monkeypatch):
    monkeypatch.setattr(check_server, "_CLOCK_SECONDS", -1)
    assert any("時計" in s for s in sentences(own_server.format(database="postgres")))


@pytest.fixture
def office_file(tmp_path: Path):
    """The shipped office under another database name and number, with logins that nobody has."""

    def write(database: str, code: str = "900001") -> Path:
        text = resource_path("office.toml").read_text(encoding="utf-8")
        for old, new in (
            ('"banso"', f'"{database}"'),
            ("900001", code),
            ("kanri01", f"a{database}"),
            ("kacho01", f"b{database}"),
        ):
            text = text.replace(old, new)
        path = tmp_path / f"{database}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def prepared(own_server, office_file):
    """A database made by init, and the words for its commands."""
    with emptied(own_server) as name:
        config = office_file(name)
        url = own_server.format(database="postgres")
        prepare(url, load_config(config), SystemClock())
        yield url, config, own_server.format(database=name)
        with as_administrator(own_server, name) as admin:
            for login in (f"a{name}", f"b{name}"):
                admin.execute(f"DROP ROLE {login}".encode())


def test_another_office_in_the_database_is_refused(prepared, office_file):
    url, config, _ = prepared
    with pytest.raises(UserError, match="番号 900001 の福祉事務所"):
        prepare(url, load_config(office_file(config.stem, "900002")), SystemClock())


def test_init_that_finds_the_login_taken_leaves_no_half_an_office(own_server, office_file):
    url = own_server.format(database="postgres")
    with emptied(own_server) as name, as_administrator(url) as admin:
        admin.execute(f"CREATE ROLE b{name} LOGIN".encode())
        try:
            with pytest.raises(UserError, match="すでにいます"):
                prepare(url, load_config(office_file(name)), SystemClock())
            roles = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (f"a{name}",))
            assert roles.fetchone() is None
        finally:
            admin.execute(f"DROP ROLE b{name}".encode())


def test_only_a_postgresql_can_be_a_server(capsys, tmp_path):
    words = ["--admin-url", f"sqlite:///{tmp_path}/x.sqlite"]
    assert main(["server", "init", *words, "--out", str(tmp_path / "out")]) == 1
    assert "PostgreSQL で指定" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_pg_dump_nothing_is_upgraded(prepared, monkeypatch, tmp_path):
    _, _, address = prepared
    with as_administrator(address, "postgres") as admin:
        admin.execute("UPDATE app.definition SET mark = 'older'")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(upgrading, "_PLACES", ())
    now = SystemClock().now()
    with pytest.raises(UserError, match="--without-backup"):
        upgrading.upgrade(address, backup_to=tmp_path, now=now)
    engine = make_engine(address)
    assert not upgrading.is_current(engine)
    assert upgrading.upgrade(address, backup_to=None, now=now) is None
    assert upgrading.is_current(engine)
    engine.dispose()


def test_two_do_not_upgrade_at_once(prepared):
    _, _, address = prepared
    with as_administrator(address) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (upgrading._LOCK,))
        with pytest.raises(UserError, match="ほかの人が更新中"):
            upgrading.upgrade(address, backup_to=None, now=SystemClock().now())


def test_an_empty_database_is_not_upgraded(own_server):
    with emptied(own_server) as name, as_administrator(own_server) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        with pytest.raises(UserError, match="server init"):
            upgrading.upgrade(
                own_server.format(database=name), backup_to=None, now=SystemClock().now()
            )


def test_renewing_mends_what_was_tampered_with(checked, fresh_picture):
    with as_administrator(checked) as admin:
        admin.execute("ALTER TABLE public.segment NO FORCE ROW LEVEL SECURITY")
        admin.execute("DROP TRIGGER z_audit_update ON public.entry")
        admin.execute("GRANT UPDATE (state) ON public.approval TO banso_caseworker")
        admin.execute("CREATE POLICY easy ON public.segment FOR SELECT TO banso_staff USING (true)")
    engine = make_engine(checked)
    try:
        assert {"policy", "trigger", "grant"} <= {
            f.part for f in check(engine, expected=fresh_picture)
        }
        upgrading.upgrade(checked, backup_to=None, now=SystemClock().now(), renew=True)
        parts = {f.part for f in check(engine, expected=fresh_picture)}
    finally:
        engine.dispose()
    assert parts <= {"server setting", "other database", "door"}
