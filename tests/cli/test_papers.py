"""`banso-admin papers import`: look, take in, again, and the list of the rest."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.roles import Role
from desktop.models.office import Staff, StaffRole

DAY = ("--today", "2024-10-01")
UNFIT = {"faulty": 1, "no_file": 1, "no_household": 1, "refused_file": 1, "unknown_form": 1}


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """A training office, its exported applications, and the login of its records staff."""
    folder = tmp_path_factory.mktemp("practice")
    url = f"sqlite:///{folder / 'office.sqlite'}"
    main(["training", "create", "--database", url, "--households", "30", *DAY])
    out = folder / "export"
    assert (
        main(["training", "export-applications", "--database", url, "--out", str(out), *DAY]) == 0
    )
    engine = make_engine(url)
    with UnitOfWork(engine)() as session:
        login = session.scalar(
            select(Staff.login)
            .join(StaffRole, StaffRole.staff_id == Staff.id)
            .where(StaffRole.role == Role.RECORDS_STAFF)
            .order_by(Staff.login)
            .limit(1)
        )
    engine.dispose()
    return url, out, str(login)


def take_in(practice, *more):
    url, out, login = practice
    path = out / "電子申請.json"
    given = ("--database", url, "--mapping", "training_json", "--as", login, *DAY)
    return main(["papers", "import", str(path), *given, *more])


def test_a_dry_run_then_the_import_then_nothing_more(practice, capsys, tmp_path):
    assert take_in(practice, "--dry-run", "--json") == 1
    looked = json.loads(capsys.readouterr().out)
    assert looked["dry_run"]
    assert looked["counts"] == {"new": 8, **UNFIT}
    assert take_in(practice, "--left", str(tmp_path / "left.csv")) == 1
    told = capsys.readouterr()
    assert "申請：13件（世帯が不明 1、" in told.out
    assert "取り込みました 8" in told.out
    assert "R-9003" in told.out
    assert "R-9003" in (tmp_path / "left.csv").read_text(encoding="utf-8-sig")
    assert take_in(practice, "--json") == 1
    assert json.loads(capsys.readouterr().out)["counts"] == {"taken": 8, **UNFIT}


def test_somebody_has_to_act(practice, capsys):
    url, out, _ = practice
    path = str(out / "電子申請.csv")
    given = ["papers", "import", path, "--database", url, "--mapping", "training_csv"]
    assert main(given) == 1
    assert "--as" in capsys.readouterr().err
    assert main([*given, "--as", "nobody"]) == 1
    assert capsys.readouterr().err.endswith("。\n")
