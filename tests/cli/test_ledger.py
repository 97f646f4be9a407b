"""`banso-admin import` as people and scripts call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli.main import main
from tests.services.ledger_import.ledgers import (
    ALL,
    HEAD,
    TRAINING,
    contents,
    counts,
    empty_office,
    write_ledger,
)


@pytest.fixture
def work(engine):
    return empty_office(engine)


def call(url: str, path: Path, *more: str, what: str = "ledger") -> int:
    options = ["--database", url, "--mapping", str(TRAINING), "--today", "2024-10-01"]
    return main(["import", what, str(path), *options, *more])


def test_dry_run_then_run(work, database_url: str, tmp_path: Path, capsys):
    path = write_ledger(tmp_path)
    assert call(database_url, path, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "新規：4世帯（5行）" in said
    assert "確認だけを行いました。" in said
    assert counts(work)["household"] == 0
    assert call(database_url, path) == 0
    assert "取り込みました。" in capsys.readouterr().out
    assert counts(work)["household"] == 4


def test_json(work, database_url: str, tmp_path: Path, capsys):
    assert call(database_url, write_ledger(tmp_path), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["applied"], said["new_households"], said["problem_total"]) == (True, 4, 0)
    assert said["imported_on"] == "2024-10-01"


def test_a_shipped_mapping_by_its_name(work, database_url: str, tmp_path: Path):
    path = str(write_ledger(tmp_path))
    assert (
        main(["import", "ledger", path, "--database", database_url, "--mapping", "training"]) == 0
    )


def test_problems_go_to_stderr_with_status_1(work, database_url: str, tmp_path: Path, capsys):
    path = write_ledger(tmp_path, [HEAD | {"生年月日": "昭和64年2月"}, *ALL[1:]])
    before = contents(work)
    for more in ((), ("--dry-run",), ("--json",)):
        assert call(database_url, path, *more) == 1
        said = capsys.readouterr().err
        assert "3行目「生年月日」：昭和は64年1月7日までです" in said
        assert "矛盾・誤りが1件あります" in said
    assert contents(work) == before


def test_a_refused_file_has_status_1_and_a_sentence(
    work, database_url: str, tmp_path: Path, capsys
):
    assert call(database_url, tmp_path / "nothing.csv") == 1
    assert capsys.readouterr().err == "ファイルが見つかりません。場所と名前を確かめてください。\n"
    assert contents(work)["household"] == []


def test_a_wrong_call_has_status_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["import", "ledger"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_old_records(work, database_url: str, tmp_path: Path, capsys):
    call(database_url, write_ledger(tmp_path))
    path = tmp_path / "records.csv"
    first, *_ = write_ledger(tmp_path).read_text(encoding="cp932").splitlines()
    path.write_text(
        f"{first}\nケース番号,年月日,本文\n00001,R020405,面接した。\n", encoding="cp932"
    )
    assert call(database_url, path, what="records") == 0
    assert "旧システム記録：1件（新規 1、取込済み 0）" in capsys.readouterr().out


KILLED_WHILE_STORING = """
import os, signal, sys
from desktop.cli.main import main
from desktop.services.ledger_import import take_in

whole = take_in.take_in_words
def killed(run):
    whole(run)
    os.kill(os.getpid(), signal.SIGKILL)
take_in.take_in_words = killed
main(sys.argv[1:])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal on this system")
def test_killed_half_way(work, database_url: str, tmp_path: Path):
    before = contents(work)
    command = ["import", "ledger", str(write_ledger(tmp_path)), "--database", database_url]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_STORING, *command, "--mapping", str(TRAINING)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert contents(work) == before
