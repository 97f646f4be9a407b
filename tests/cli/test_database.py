"""The commands that make a database and say what it is: answers, exit status, sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.database import migrate


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.sqlite'}"


def test_an_empty_office_is_made_and_described(url, capsys):
    assert main(["database", "create", "--database", url, "--office-name", "架空市福祉事務所"]) == 0
    capsys.readouterr()
    assert main(["status", "--database", url, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["schema"]) == ("training", migrate.head())
    assert (said["tables"]["office"], said["tables"]["household"]) == (1, 0)


def test_a_used_database_is_refused_with_a_sentence(url, capsys):
    main(["database", "create", "--database", url])
    assert main(["database", "create", "--database", url]) == 1
    assert "すでに福祉事務所があります" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["sqlite:///nowhere/office.sqlite", "mysql://x/y", "何か"])
def test_an_address_that_leads_nowhere_is_refused_and_makes_nothing(
    url, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert main(["status", "--database", url]) == 1
    assert capsys.readouterr().err.strip()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_call_ends_with_two():
    with pytest.raises(SystemExit) as ended:
        main(["status"])
    assert ended.value.code == 2
