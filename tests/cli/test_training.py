from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main


def create(path: Path, *more: str) -> int:
    day = ("--today", "2024-10-01")
    return main(
        ["training", "create", "--database", f"sqlite:///{path}", "--households", "30", *day, *more]
    )


def test_create_reports_and_writes_the_plants_beside(tmp_path: Path, capsys) -> None:
    assert create(tmp_path / "office.sqlite", "--json") == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["households"] == 30
    assert found["tables"]["household"] == 30
    assert "世帯と記録" in told.err
    assert (tmp_path / "office.planted.json").exists()


def test_a_used_database_is_refused_with_a_sentence(tmp_path: Path, capsys) -> None:
    create(tmp_path / "office.sqlite")
    capsys.readouterr()
    assert create(tmp_path / "office.sqlite") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith("。\n")


@pytest.mark.parametrize(
    "wrong", [("--households", "5"), ("--today", "R6.10.1"), ("--seed", "x"), ("--today", "")]
)
def test_a_wrong_call_is_status_2(tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        create(tmp_path / "office.sqlite", *wrong)
    assert stopped.value.code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_exported_ledger_is_taken_in_by_an_empty_office(tmp_path: Path, capsys) -> None:
    create(tmp_path / "office.sqlite")
    ledger, empty = tmp_path / "ledger.csv", f"sqlite:///{tmp_path / 'empty.sqlite'}"
    source = f"sqlite:///{tmp_path / 'office.sqlite'}"
    assert main(["training", "export-ledger", "--database", source, "--out", str(ledger)]) == 0
    assert main(["database", "create", "--database", empty]) == 0
    capsys.readouterr()
    taken = ["import", "ledger", str(ledger), "--database", empty, "--mapping", "training"]
    assert main([*taken, "--today", "2024-10-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new_households"] == 30
