"""An upgrade under people who work: it waits for nobody without end, says who is in the way, and changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from desktop.cli.main import main
from desktop.database import holders, migrate
from desktop.database.engine import make_engine
from desktop.domain.clock import SystemClock
from desktop.domain.errors import UnavailableError
from desktop.resources import resource_path
from desktop.services.server import upgrade as upgrading
from tests.support.people import PASSWORD
from tests.support.real_server import as_administrator

_LOGIN = "nagai"
_NAME = "山田花子"
_FREE = "いまは空いています"
_READS = f"SELECT count(*), '{_NAME}' FROM public.household"

Person = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def person(checked: str) -> Iterator[Person]:
    """A member of staff in psql; her transaction begins with her first statement and stays open."""
    url = make_url(checked).set(drivername="postgresql", username=_LOGIN, password=PASSWORD)
    with as_administrator(checked, "broken") as admin:
        admin.execute(
            f"CREATE ROLE {_LOGIN} LOGIN PASSWORD '{PASSWORD}' IN ROLE banso_caseworker".encode()
        )
        admin.execute(f"ALTER ROLE {_LOGIN} SET deadlock_timeout = '1min'".encode())
        try:
            with psycopg.connect(
                url.render_as_string(hide_password=False), application_name="psql"
            ) as own:
                yield own
                own.rollback()
        finally:
            admin.execute(f"DROP OWNED BY {_LOGIN}".encode())
            admin.execute(f"DROP ROLE {_LOGIN}".encode())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no test waits as long as an office would."""
    monkeypatch.setattr(holders, "PATIENCE", 0.5)


def upgraded(address: str, backup_to: Path | None = None) -> None:
    upgrading.upgrade(address, backup_to=backup_to, now=SystemClock().now(), renew=True)


def stands(address: str) -> tuple[object, ...]:
    """The version, the lock's mark and how much of the lock is on the tables."""
    with as_administrator(address) as admin:
        row = admin.execute(
            "SELECT (SELECT version_num FROM public.alembic_version),"
            " (SELECT query_to_xml('TABLE app.definition', false, true, '')::text"
            "   WHERE to_regclass('app.definition') IS NOT NULL),"
            " (SELECT count(*) FROM pg_policies), (SELECT count(*) FROM pg_trigger)"
        ).fetchone()
    assert row is not None
    return row


def test_an_open_transaction_ends_the_upgrade_and_is_named(checked, person, impatient):
    person.execute(_READS.encode())
    before = stands(checked)
    with pytest.raises(UnavailableError) as told:
        upgraded(checked)
    assert f"{_LOGIN}（psql、番号 {person.info.backend_pid}）" in told.value.sentence
    assert "pg_terminate_backend(番号)" in told.value.sentence
    assert _NAME not in told.value.sentence
    assert stands(checked) == before
    person.rollback()
    upgraded(checked)


def test_a_migration_that_must_wait_is_taken_back_as_a_whole(checked, person, impatient):
    migrate.downgrade(checked, "0006")
    with as_administrator(checked) as admin:
        admin.execute(f"GRANT SELECT ON public.household TO {_LOGIN}".encode())
        admin.execute(f"GRANT USAGE ON SCHEMA public TO {_LOGIN}".encode())
    person.execute(_READS.encode())
    before = stands(checked)
    with pytest.raises(UnavailableError, match=_LOGIN):
        upgrading.upgrade(checked, backup_to=None, now=SystemClock().now())
    assert stands(checked) == before
    person.rollback()
    upgrading.upgrade(checked, backup_to=None, now=SystemClock().now())
    assert stands(checked)[0] == migrate.head()


def test_a_deadlock_ends_the_upgrade_and_not_the_person(checked, person, monkeypatch):
    monkeypatch.setattr(holders, "PATIENCE", 60)
    monkeypatch.setattr(holders, "_LOCK_TIMEOUT", "not what this is about")
    with as_administrator(checked, "broken") as admin:
        admin.execute(b"ALTER DATABASE broken SET deadlock_timeout = '2s'")
        (last,) = admin.execute(
            "SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            f" WHERE has_any_column_privilege('{_LOGIN}', c.oid, 'SELECT')"
        ).fetchall()[-1]
        person.execute(f"SELECT count(*) FROM public.{last}".encode())
        before = stands(checked)
        told = list[Exception]()

        def work() -> None:
            with pytest.raises(UnavailableError) as raised:
                upgraded(checked)
            told.append(raised.value)

        upgrade = threading.Thread(target=work)
        upgrade.start()
        held = the_table_behind_which_it_waits(admin, upgrade)
        assert person.execute(f"SELECT count(*) FROM {held}".encode()).fetchone() == (0,)
        upgrade.join()
    assert _LOGIN in str(told[0])
    assert stands(checked) == before


def the_table_behind_which_it_waits(admin: Person, upgrade: threading.Thread) -> str:
    """A table that the upgrade has, once it waits for another."""
    while upgrade.is_alive():
        found = admin.execute(
            "SELECT format('public.%I', c.relname) FROM pg_locks l"
            " JOIN pg_locks w ON w.pid = l.pid AND NOT w.granted"
            " JOIN pg_class c ON c.oid = l.relation AND c.relrowsecurity"
            " AND c.relnamespace = 'public'::regnamespace"
            f" AND has_any_column_privilege('{_LOGIN}', c.oid, 'SELECT')"
            " WHERE l.granted AND l.mode = 'AccessExclusiveLock' LIMIT 1"
        ).fetchone()
        if found is not None:
            return str(found[0])
    raise AssertionError("the upgrade did not wait")


def test_who_finished_in_the_meantime_is_not_accused(checked, person):
    engine = make_engine(checked)
    person.execute(_READS.encode())
    try:
        assert holders.holders(engine, seconds=0)
        assert holders.holders(engine, seconds=0, strong=True) == ()
        assert holders.holders(engine, seconds=3600) == ()
    finally:
        engine.dispose()
    assert _FREE in holders.in_the_way(()).sentence


def test_many_are_counted_rather_than_listed():
    told = holders.in_the_way(tuple(f"p{n}（psql、番号 {n}）" for n in range(7))).sentence
    assert "p4" in told
    assert "p5" not in told
    assert "ほか 2 件" in told


def test_a_backup_waits_for_nobody_without_end(checked, monkeypatch, tmp_path):
    monkeypatch.setattr(holders, "PATIENCE", 1)
    with as_administrator(checked, "broken") as admin, admin.transaction():
        admin.execute(b"LOCK TABLE public.household IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(UnavailableError, match=f"番号 {admin.info.backend_pid}"):
            upgraded(checked, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_command_refuses_with_the_sentence_alone(checked, person, impatient, tmp_path, capsys):
    config = tmp_path / "office.toml"
    text = resource_path("office.toml").read_text(encoding="utf-8")
    config.write_text(text.replace('"banso"', '"broken"'), encoding="utf-8")
    person.execute(_READS.encode())
    words = ["--admin-url", checked, "--config", str(config), "--without-backup", "--renew"]
    assert main(["server", "upgrade", *words]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert _LOGIN in shown.err
    assert shown.err.count("\n") == 3
