"""Schema versions: bring a database up, compare, and take it down again in tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from desktop.database import holders, search_here
from desktop.database.engine import is_postgresql, make_engine
from desktop.database.security import install as lock

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head", *, renew: bool = False) -> None:
    """Bring the database at `url` to a revision. An empty database gets all tables.

    On PostgreSQL the newest revision comes with its lock (roles, policies, audit), in the same transaction;
    that needs an administrator. `renew` makes the lock anew even where it is this program's. Raises
    UnavailableError, and changes nothing, where somebody keeps a table busy.
    """
    _run(
        url,
        lambda config: command.upgrade(config, revision),
        is_newest=revision == "head",
        renew=renew,
    )


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to a revision ("base" removes every table). On PostgreSQL without its lock."""
    _run(url, lambda config: command.downgrade(config, revision), is_newest=False)


def head() -> str:
    """The revision this program needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(engine: Engine) -> str | None:
    """The revision the database has, None when it has no tables of ours."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_earlier(revision: str | None) -> bool:
    """Whether this program knows the way from a revision up to its own."""
    scripts = ScriptDirectory.from_config(_config())
    known = {script.revision for script in scripts.walk_revisions()}
    return revision in known - {scripts.get_current_head()}


def is_for_this_program(engine: Engine) -> bool:
    """Whether tables, and on PostgreSQL the lock too, are those of this program, as a member of staff may ask."""
    if current(engine) != head():
        return False
    if not is_postgresql(engine):
        return True
    with engine.connect() as connection:
        if connection.scalar(text("SELECT to_regprocedure('app.lock_mark()')")) is None:
            return False
        return bool(connection.scalar(text("SELECT app.lock_mark()")) == lock.mark())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _run(url: str, work: Callable[[Config], None], *, is_newest: bool, renew: bool = False) -> None:
    engine = make_engine(url, patience=holders.PATIENCE)
    try:
        with holders.told_who_holds(engine), engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            locked = is_postgresql(engine)
            before = MigrationContext.configure(connection).get_current_revision()
            moves = not (is_newest and before == head())
            if locked and (renew or moves):
                lock.take_away(connection)
            if not locked and moves:
                search_here.take_away(connection)
            work(config)
            if locked and is_newest:
                lock.install(connection)
            if not locked and is_newest and moves:
                search_here.prepare(connection)
    finally:
        engine.dispose()
