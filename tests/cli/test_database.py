"""The commands that make a database and say what it is: answers, exit status, sentences."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.database.migrate import current, downgrade, head
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.office import DatabaseKind
from desktop.models.office import DatabaseInfo, Staff, StaffRole
from tests.support.factories import CLOCK


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.sqlite'}"


def test_an_empty_office_is_made_and_described(url, capsys):
    assert main(["database", "create", "--database", url, "--office-name", "架空市福祉事務所"]) == 0
    capsys.readouterr()
    assert main(["status", "--database", url, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["schema"]) == ("training", head())
    assert (said["tables"]["office"], said["tables"]["household"]) == (1, 0)


def test_the_first_account_works_from_the_day_given(url):
    main(["database", "create", "--database", url, "--today", "2020-04-01"])
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(select(Staff.active_from)) == date(2020, 4, 1)
        assert connection.scalar(select(StaffRole.valid_from)) == date(2020, 4, 1)
    engine.dispose()


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


def test_a_database_of_an_earlier_version_is_brought_up_and_says_so(database_url, engine, capsys):
    with UnitOfWork(engine)() as session:
        session.add(DatabaseInfo(kind=DatabaseKind.TRAINING, created_at=CLOCK.now()))
    downgrade(database_url, "0001")
    assert main(["database", "upgrade", "--database", database_url, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"before": "0001", "after": head()}
    assert current(engine) == head()
    assert main(["database", "upgrade", "--database", database_url]) == 0
    assert f"すでにこのプログラムの版（{head()}）" in capsys.readouterr().out


def test_a_database_that_is_newer_or_none_of_ours_is_not_upgraded(database_url, engine, capsys):
    upgrade = ["database", "upgrade", "--database", database_url]
    assert main(upgrade) == 1
    assert "福祉事務所がありません" in capsys.readouterr().err
    with engine.begin() as connection:
        connection.execute(
            insert(DatabaseInfo).values(id=1, kind=DatabaseKind.TRAINING, created_at=CLOCK.now())
        )
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert main(upgrade) == 1
    assert "プログラムを更新してください" in capsys.readouterr().err
