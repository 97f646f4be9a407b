from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Engine

from desktop.database import building
from desktop.database.engine import make_engine
from desktop.services import training
from desktop.services.training import TrainingReport
from tests.support.databases import FreshDatabases

TODAY = date(2024, 10, 1)


@dataclass(frozen=True)
class Made:
    """A training office on SQLite, made once for the tests that only read."""

    url: str
    engine: Engine
    report: TrainingReport
    planted: Path


def make(url: str, **changes: Any) -> TrainingReport:
    values: dict[str, Any] = {"households": 30, "seed": 7, "today": TODAY}
    return training.create(url, **values | changes)


@pytest.fixture(scope="package", autouse=True)
def migrated_once(fresh_databases: FreshDatabases) -> Iterator[None]:
    """New files begin as a copy of the run's migrated one; `tests/cli` makes training offices from nothing."""
    with patch.object(building, "migrate", fresh_databases):
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("training")
    url = f"sqlite:///{folder / 'office.sqlite'}"
    planted = folder / "planted.json"
    report = make(url, households=60, planted=planted)
    engine = make_engine(url)
    yield Made(url, engine, report, planted)
    engine.dispose()
