from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import Engine, inspect, make_url, text

from desktop.database import migrate
from tests.support import postgres
from tests.support.databases import LEFT_OPEN, FreshDatabases
from tests.support.leftovers import Windows

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_gets_a_fresh_migrated_database(engine: Engine, turn: int):
    assert migrate.current(engine) == migrate.head()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (turn INTEGER)"))


def test_both_kinds_are_given(engine: Engine, database_url: str):
    assert engine.dialect.name == make_url(database_url).get_backend_name()
    assert inspect(engine).get_table_names()


def test_a_connection_left_open_is_noticed(fresh_databases: FreshDatabases):
    kept = []
    with pytest.raises(AssertionError, match=LEFT_OPEN), fresh_databases.postgresql() as address:
        kept.append(_connect(address))
    kept[0].close()


def test_what_a_test_left_as_it_was_is_given_out_again_without_its_rows(
    fresh_databases: FreshDatabases,
):
    with fresh_databases.postgresql() as first, _connect(first) as own:
        own.execute("SET session_replication_role = replica")
        own.execute("INSERT INTO office (id, code, name) VALUES (gen_random_uuid(), '1', '架空')")
    with fresh_databases.postgresql() as second, _connect(second) as own:
        assert second == first
        assert own.execute("SELECT count(*) FROM office").fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE left_behind (turn INTEGER)",
        "ALTER TABLE office DISABLE TRIGGER ALL",
        "ALTER TABLE office DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE office ALTER COLUMN name DROP NOT NULL",
        "GRANT SELECT ON office TO PUBLIC",
        "CREATE FUNCTION left_behind() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "DROP POLICY p_function ON office",
        "ANALYZE office",
        "UPDATE app.position SET rank = 99",
        "UPDATE alembic_version SET version_num = 'other'",
        "CREATE INDEX left_behind ON office (name)",
    ],
)
def test_what_was_changed_beside_its_rows_is_not_given_out_again(
    fresh_databases: FreshDatabases, change: str
):
    with fresh_databases.postgresql() as first, _connect(first) as own:
        own.execute(change.encode())
    with fresh_databases.postgresql() as second:
        assert second != first


def test_the_server_never_runs_as_root(fresh_databases: FreshDatabases):
    with fresh_databases.postgresql():
        pass
    if sys.platform != "win32" and os.geteuid() == 0:
        assert postgres.account()["user"] != 0


def test_missing_postgresql_is_a_failure_with_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "_PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(postgres.CHOSEN, raising=False)
    with pytest.raises(postgres.PostgresNotFoundError, match=r"bootstrap\.py setup"):
        postgres.find_programs()


def test_the_folder_goes_when_its_run_ends_in_whatever_way(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "something").touch()
    # Closing the standard input is what the operating system does when a run is killed.
    command = [sys.executable, "-m", "tests.support.watchdog", folder]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, cwd=ROOT)
    assert not folder.exists()


def test_windows_left_behind_are_named(qapp):
    windows = Windows()
    forgotten = QWidget()
    forgotten.setObjectName("forgotten")
    assert windows.left() == ["QWidget 'forgotten'"]
    assert windows.left() == []


def _connect(address: str) -> psycopg.Connection[tuple[object, ...]]:
    url = make_url(address)
    where = f"host={url.host} port={url.port} user={url.username} dbname={url.database}"
    return psycopg.connect(where, password=str(url.password))
