"""`banso-admin places import`: look, take in, and nothing at all where one line is bad."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.models.office import Office
from desktop.services.places.loading import imports
from tests.support.visits import LINES, town_file

DAY = ("--today", "2024-10-01")


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """A training office."""
    url = f"sqlite:///{tmp_path_factory.mktemp('practice') / 'office.sqlite'}"
    main(["training", "create", "--database", url, "--households", "30", *DAY])
    return url


def take_in(url, path, *more, login="admin"):
    return main(["places", "import", str(path), "--database", url, "--as", login, *DAY, *more])


def files(url):
    engine = make_engine(url)
    with UnitOfWork(engine)() as session:
        office_id = session.scalars(select(Office.id)).one()
        found = [each.file_name for each in imports(session, office_id)]
    engine.dispose()
    return found


def test_a_dry_run_stores_nothing_and_the_import_everything(practice, capsys, tmp_path):
    path = town_file(tmp_path)
    assert take_in(practice, path, "--dry-run", "--json") == 0
    looked = json.loads(capsys.readouterr().out)
    assert (looked["points"], looked["stored"], looked["cities"]) == (3, False, {"見本県架空市": 3})
    assert path.name not in files(practice)
    assert take_in(practice, path) == 0
    assert "取り込みました。" in capsys.readouterr().out
    assert files(practice)[0] == path.name


def test_one_bad_line_and_nothing_is_stored(practice, capsys, tmp_path):
    before = files(practice)
    assert take_in(practice, town_file(tmp_path, *LINES, "98,見本県")) == 1
    assert "5行目" in capsys.readouterr().out
    assert files(practice) == before


def test_only_an_administrator(practice, capsys, tmp_path):
    assert take_in(practice, town_file(tmp_path), login="kiroku") == 1
    assert "職務では認められていません" in capsys.readouterr().err
