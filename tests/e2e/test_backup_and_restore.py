"""The written backup is run and restored as the guide says: into another server, and over the living one (an attack)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import Engine, make_url, text

from desktop.cli.main import main, parser
from desktop.database.audit_trail.digests import SEALS
from desktop.database.audit_trail.verify import verify
from desktop.database.engine import make_engine
from desktop.domain.clock import SystemClock
from desktop.services.server.tick import tick
from tests.support.databases import FreshDatabases
from tests.support.postgres import find_programs
from tests.support.real_server import durable
from tests.support.trail import put_events

DATABASE = "banso"  # of the try-out


@contextmanager
def running(databases: FreshDatabases) -> Iterator[str]:
    """A server of its own; its address with a place for the database's name."""
    with databases.own_folder() as folder, durable(folder) as (_, address):
        yield address


@pytest.fixture(scope="module")
def papers() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bp-") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def living(fresh_databases: FreshDatabases, papers: Path) -> Iterator[str]:
    """The server that init prepared; its transaction ids are far ahead of a new one's."""
    with running(fresh_databases) as address:
        words = ["--admin-url", address.format(database="postgres"), "--out", str(papers)]
        main(["server", "init", *words, "--json"])
        engine = make_engine(address.format(database="postgres"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text(
                    "DO $$ BEGIN FOR i IN 1..6000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"
                )
            )
        engine.dispose()
        yield address


def environment(address: str) -> dict[str, str]:
    """How PostgreSQL's own programs find the server."""
    url = make_url(address)
    return {
        **os.environ,
        "PATH": f"{find_programs()}{os.pathsep}{os.environ['PATH']}",
        "PGHOST": str(url.host),
        "PGPORT": str(url.port),
        "PGUSER": str(url.username),
        "PGPASSWORD": str(url.password),
    }


def program(address: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, check=False, capture_output=True, text=True, env=environment(address)
    )


@dataclass(frozen=True)
class Backup:
    """What the script wrote."""

    dump: Path
    roles: Path


def back_up(address: str, papers: Path, place: Path) -> Backup:
    done = program(address, "sh", papers / "backup.sh", place)
    assert (done.returncode, done.stderr) == (0, "")
    (dump,) = place.glob("*.dump")
    (roles,) = place.glob("*.roles.sql")
    assert sorted(place.iterdir()) == sorted([dump, roles])
    assert dump.stat().st_mode & 0o077 == 0
    return Backup(dump, roles)


def restore(address: str, backup: Backup) -> None:
    """The guide's steps, after the roles."""
    assert program(address, "createdb", "-T", "template0", DATABASE).returncode == 0
    done = program(address, "pg_restore", "--single-transaction", "-d", DATABASE, backup.dump)
    assert (done.returncode, done.stderr) == (0, "")


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    engine = make_engine(address.format(database=DATABASE))
    try:
        yield engine
    finally:
        engine.dispose()


def ticked(address: str, seal_list: Path):
    report = tick(address.format(database=DATABASE), SystemClock(), seal_list=seal_list)
    steps = {step.name: step for step in report.steps}
    return steps["seal"], steps["witness"]


def grave(address: str, capsys) -> set[str]:
    """Findings besides the settings of a server that the tests started."""
    capsys.readouterr()
    main(["server", "check", "--admin-url", address.format(database="postgres"), "--json"])
    said = json.loads(capsys.readouterr().out)
    return {
        f["sentence"] for f in said["findings"] if f["is_grave"] and f["part"] != "server setting"
    }


def test_a_dump_in_another_server_goes_on_with_a_seal_of_its_own(
    fresh_databases, living, papers, tmp_path, capsys
):
    witness = tmp_path / "seals.txt"
    with opened(living) as engine:
        put_events(engine, 5)
        ticked(living, witness)
        put_events(engine, 3)  # not sealed yet
    backup = back_up(living, papers, tmp_path_of(tmp_path))
    with running(fresh_databases) as empty:
        assert program(empty, "psql", "-q", "-f", backup.roles, "postgres").returncode == 0
        # The roles bring their passwords along, the administrator's too.
        other = empty.replace(str(make_url(empty).password), str(make_url(living).password))
        restore(other, backup)
        with opened(other) as engine:
            put_events(engine, 2, "復元の後")  # somebody works before the first tick
            with engine.connect() as connection:
                now = connection.scalar(text("SELECT pg_current_xact_id()::text::bigint"))
                sealed = connection.scalar(text("SELECT max(xid_to)::text::bigint FROM audit.seal"))
            assert now < sealed
        sealing, kept = ticked(other, witness)
        assert "復元されています" in sealing.notice
        assert (sealing.failure, kept.failure) == ("", "")
        with opened(other) as engine:
            put_events(engine, 4)
            assert ticked(other, witness)[0].notice == ""
            with (
                engine.begin() as connection
            ):  # old numbers of imports name nobody's transaction here
                assert connection.scalar(text("SELECT count(*) FROM audit.bulk")) == 0
            found = verify(engine)
            assert [f.sentence for f in found.faults] == []
            assert (found.unsealed, len(found.restores)) == (0, 1)
        words = ["--admin-url", other.format(database=DATABASE), "--seals", str(witness)]
        capsys.readouterr()
        assert main(["audit", "verify", *words]) == 0
        assert "別のサーバーへ復元" in capsys.readouterr().out
        main(
            [
                "server",
                "init",
                "--admin-url",
                other.format(database="postgres"),
                "--out",
                str(tmp_path / "x"),
                "--json",
            ]
        )
        assert grave(other, capsys) == set()
        tampered_after_a_restore(other)


def tmp_path_of(folder: Path) -> Path:
    place = folder / "backup"
    place.mkdir()
    return place


def tampered_after_a_restore(address: str) -> None:
    """Every part of a trail with two epochs is still watched."""
    with opened(address) as engine:
        for which in (
            "ORDER BY seq LIMIT 1",
            "WHERE action = '復元の後' LIMIT 1",
            "ORDER BY seq DESC LIMIT 1 OFFSET 3",
        ):
            with engine.connect() as connection, connection.begin() as transaction:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                gone = f"DELETE FROM audit.event WHERE seq = (SELECT seq FROM audit.event {which})"  # noqa: S608
                assert connection.execute(text(gone)).rowcount == 1
                rows = connection.execute(text(SEALS), {"from_n": 0, "to_n": 1_000_000}).all()
                assert [row.n for row in rows if not row.agrees], which
                transaction.rollback()


def test_an_old_backup_put_back_over_the_living_database(living, papers, tmp_path):
    """Who restores a copy from before his deeds is told on by the list outside the database."""
    witness = tmp_path / "seals.txt"
    ticked(living, witness)
    backup = back_up(living, papers, tmp_path_of(tmp_path))
    with opened(living) as engine:
        put_events(engine, 3, "なかったことにしたい")
        assert ticked(living, witness)[1].counts == {"kept": 1}
    assert program(living, "dropdb", DATABASE).returncode == 0
    restore(living, backup)
    before = witness.read_bytes()
    with opened(living) as engine:
        _, kept = ticked(living, witness)
        assert "古いバックアップに戻された" in kept.failure
        put_events(engine, 3, "新しい出来事")
        _, kept = ticked(living, witness)  # a seal of the same number, with another value
        assert "値が違います" in kept.failure
        assert witness.read_bytes() == before
    words = ["--admin-url", living.format(database=DATABASE), "--seals", str(witness)]
    assert main(["audit", "verify", *words]) == 1


def test_a_list_whose_end_is_damaged_is_not_added_to(living, tmp_path):
    witness = tmp_path / "seals.txt"
    ticked(living, witness)
    witness.write_bytes(witness.read_bytes()[:-20])
    assert "書きかけ" in ticked(living, witness)[1].failure
    witness.unlink()
    assert ticked(living, tmp_path / "none" / "seals.txt")[1].failure.startswith("封印の控え")


def test_a_backup_that_breaks_off_leaves_no_file_that_looks_whole(living, papers, tmp_path):
    place = tmp_path_of(tmp_path)
    broken = papers / "broken.sh"
    broken.write_text(
        (papers / "backup.sh").read_text(encoding="utf-8").replace(DATABASE, "nowhere"),
        encoding="utf-8",
    )
    assert program(living, "sh", broken, place).returncode != 0
    assert [path for path in place.iterdir() if path.suffix != ".new"] == []
    assert program(living, "sh", papers / "backup.sh").returncode != 0


def test_the_written_scripts_and_units_are_well_formed(living, papers, tmp_path):
    for shell in ("sh", "bash"):
        if shutil.which(shell):
            assert program(living, shell, "-n", papers / "backup.sh").returncode == 0
    task = ET.parse(papers / "banso-tick.xml").getroot()  # noqa: S314 - our own file
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    assert task.findtext(f".//{space}Repetition/{space}Interval") == "PT1M"
    given = tick_words(task.findtext(f".//{space}Arguments") or "")
    assert "--seals" in given
    if not shutil.which("systemd-analyze"):
        return
    for name in ("banso-tick.service", "banso-tick.timer"):
        unit = (papers / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            unit.replace("/opt/banso/banso-admin", sys.executable), encoding="utf-8"
        )
    done = program(living, "systemd-analyze", "verify", "--man=no", tmp_path / "banso-tick.timer")
    assert (done.returncode, done.stderr) == (0, "")
    (start,) = [x for x in unit_lines(papers / "banso-tick.service") if x.startswith("ExecStart=")]
    assert tick_words(start.partition(" ")[2])


def unit_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def tick_words(line: str) -> list[str]:
    """The words of a written command, which the program must take."""
    words = line.split()
    assert parser().parse_args(words).run.__name__ == "run_tick"
    return words
