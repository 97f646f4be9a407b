"""What every test may ask for: a fresh migrated database of either kind, and Qt without a screen."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

# Before anything imports Qt: no display, and a locale in which Qt does not complain.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if not {"LANG", "LC_ALL", "LC_CTYPE"} & os.environ.keys():
    os.environ["LANG"] = "C.UTF-8"

from desktop.database.engine import make_engine
from tests.support.databases import FreshDatabases
from tests.support.leftovers import Windows
from tests.support.postgres import PostgresNotFoundError
from tests.support.statements import share_compiled_statements
from tests.support.watchdog import Watchdog

FOLDER = pytest.StashKey[Path]()
WATCHDOG = pytest.StashKey[Watchdog]()
PASSED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the whole run; the process that made it also has it cleared away.

    What tests write lies in it too, unless `--basetemp` says where it shall stay to be looked at.
    """
    share_compiled_statements()
    given = getattr(config, "workerinput", None)
    if given:
        config.stash[FOLDER] = Path(given["databases"])
    else:
        config.stash[FOLDER] = FreshDatabases.make_folder()
        config.option.basetemp = config.option.basetemp or config.stash[FOLDER] / "files"
        config.stash[WATCHDOG] = Watchdog(config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if WATCHDOG in config.stash:
        config.stash[WATCHDOG].finish()


def pytest_collection_finish() -> None:
    """What was imported and collected stays till the end: no collection of garbage walks it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput["databases"] = str(node.config.stash[FOLDER])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call):
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture(scope="session")
def fresh_databases(request: pytest.FixtureRequest) -> Iterator[FreshDatabases]:
    """The giver of databases in this process."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    databases = FreshDatabases(request.config.stash[FOLDER], worker)
    yield databases
    databases.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, fresh_databases: FreshDatabases) -> Iterator[str]:
    """Address of a fresh migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        with fresh_databases.own_folder() as folder, fresh_databases.sqlite(folder) as url:
            yield url
        return
    try:
        with fresh_databases.postgresql() as url:
            yield url
    except PostgresNotFoundError as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the fresh database. At the end its pool must be idle."""
    engine = make_engine(database_url)
    yield engine
    lent = engine.pool.status()
    busy = getattr(engine.pool, "checkedout", int)()
    engine.dispose()
    assert busy == 0, f"connections were not given back: {lent}"


@pytest.fixture(autouse=True)
def no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a passed test no window may be left over."""
    windows = Windows()
    yield
    left = windows.left()
    assert not left or not request.node.stash.get(PASSED, False), f"windows left: {left}"
