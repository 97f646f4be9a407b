"""The documented set-up, done as the guide says: the check, a second run, an upgrade."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from desktop.cli.main import main
from tests.support.postgres import find_programs
from tests.support.real_office import Real


def test_the_check_is_clean_after_the_written_settings_are_in_place(real, capsys):
    status = main([*real.command("check"), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert [f["sentence"] for f in said["findings"] if f["is_grave"]] == []
    assert status == 0


def picture(real: Real) -> str:
    """Schema and roles as PostgreSQL's own programs write them."""
    url = make_url(real.admin_url).set(drivername="postgresql", database="fukushi")
    address = url.render_as_string(hide_password=False)
    programs = find_programs()
    dumps: list[list[str | Path]] = [
        [programs / "pg_dump", "--schema-only", address],
        [programs / "pg_dumpall", "--globals-only", f"--dbname={address}"],
    ]
    texts = [subprocess.run(d, check=True, capture_output=True, text=True).stdout for d in dumps]
    return re.sub(r"(?m)^\\(un)?restrict .*$", "", "".join(texts))


def test_a_second_run_changes_nothing(real, capsys):
    before = picture(real)
    files = {
        p: p.read_bytes() for p in real.papers.rglob("*") if p.is_file() and p.suffix != ".conf"
    }
    status = main([*real.command("init"), "--out", str(real.papers), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (status, said["logins"]) == (0, [])
    assert picture(real) == before
    assert {p: p.read_bytes() for p in files} == files
    certificates = ["--config", str(real.config), "--out", str(real.certificates)]
    assert main(["server", "certificates", *certificates]) == 0
    assert {p: p.read_bytes() for p in files} == files


def test_an_upgrade_without_need_takes_no_backup_and_one_in_need_does(
    real, capsys, tmp_path, monkeypatch
):
    # The server's own pg_dump: an older one refuses a newer server.
    monkeypatch.setenv("PATH", f"{find_programs()}{os.pathsep}{os.environ['PATH']}")
    words = [*real.command("upgrade"), "--backup", str(tmp_path), "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["backup"] is None
    admin = make_url(real.admin_url).set(drivername="postgresql", database="fukushi")
    with psycopg.connect(admin.render_as_string(hide_password=False)) as connection:
        connection.execute("UPDATE app.definition SET mark = 'older'")
    assert main(words) == 0
    (dump,) = tmp_path.iterdir()
    assert json.loads(capsys.readouterr().out)["backup"] == str(dump)
    listed = subprocess.run(
        [find_programs() / "pg_restore", "--list", dump], check=True, capture_output=True, text=True
    ).stdout
    assert "TABLE DATA public household" in listed
