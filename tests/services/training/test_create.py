"""The training office: the same on every run and on both databases, complete or not there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, select, text

from desktop.database.engine import make_engine
from desktop.domain.errors import UserError
from desktop.models import Base
from desktop.models.office import Office
from desktop.services import training
from tests.services.training.conftest import make


def fingerprint(url: str) -> str:
    """A hash of every row of every table, read through the models so that both databases spell alike."""
    engine = make_engine(url)
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            digest.update(table.name.encode())
            for row in sorted(map(spelt, connection.execute(select(*table.columns)))):
                digest.update(row.encode())
    engine.dispose()
    return digest.hexdigest()


def spelt(row: Sequence[object]) -> str:
    """JSON comes back with its keys in any order."""
    return repr([json.dumps(v, sort_keys=True) if isinstance(v, dict) else v for v in row])


def orphans(connection: Connection) -> list[object]:
    return list(connection.execute(text("PRAGMA foreign_key_check")))


def test_same_arguments_give_the_same_rows_on_both_databases(
    database_url: str, tmp_path: Path
) -> None:
    make(database_url)
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    make(other)
    assert fingerprint(database_url) == fingerprint(other)


def test_another_seed_gives_another_office(tmp_path: Path) -> None:
    one, other = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("one", "other"))
    make(one, seed=1)
    make(other, seed=2)
    assert fingerprint(one) != fingerprint(other)


def test_a_used_database_is_refused(database_url: str) -> None:
    make(database_url)
    before = fingerprint(database_url)
    with pytest.raises(UserError, match="すでに福祉事務所があります"):
        make(database_url, seed=8)
    assert fingerprint(database_url) == before


def test_a_run_that_is_stopped_leaves_no_office(database_url: str) -> None:
    with pytest.raises(UserError, match="中止"):
        make(database_url, cancelled=lambda: True)
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(select(Office.id)) is None
    engine.dispose()
    make(database_url)


def test_a_run_that_fails_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite"

    def fail(_done: int, _total: int, _what: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make(f"sqlite:///{path}", progress=fail)
    assert list(tmp_path.iterdir()) == []


def test_something_else_than_a_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("これはデータベースではありません。" * 50, encoding="utf-8")
    with pytest.raises(UserError):
        make(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("これは")


@pytest.mark.parametrize("households", [0, training.LEAST - 1, training.MOST + 1])
def test_the_size_has_limits(tmp_path: Path, households: int) -> None:
    with pytest.raises(UserError, match="世帯数"):
        make(f"sqlite:///{tmp_path / 'x.sqlite'}", households=households)


def test_memory_cannot_hold_an_office() -> None:
    with pytest.raises(UserError, match="ファイルの場所"):
        make("sqlite://")


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make(f"sqlite:///{tmp_path / 'x.sqlite'}", progress=lambda d, t, _what: told.append((d, t)))
    assert told[0] == (0, 30)
    assert told[-1] == (30, 30)
    assert told == sorted(told)


def test_every_reference_of_an_sqlite_office_holds(office) -> None:
    with office.engine.connect() as connection:
        assert orphans(connection) == []


def test_indexes_are_there_again(office) -> None:
    wanted = {index.name for table in Base.metadata.tables.values() for index in table.indexes}
    with office.engine.connect() as connection:
        found = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'index'")))
    assert wanted <= found


def test_nothing_is_left_beside_the_file(office) -> None:
    plain = create_engine(office.url)
    names = {path.name for path in office.planted.parent.iterdir()}
    plain.dispose()
    assert not {name for name in names if "building" in name}
