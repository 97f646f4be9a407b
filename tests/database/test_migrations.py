"""The schema goes up and down, and says the same as the tables' classes."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from desktop.database import migrate
from desktop.models import Base


def test_the_schema_is_what_the_models_say(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_leaves_nothing_and_up_brings_everything_back(database_url: str, engine: Engine):
    migrate.downgrade(database_url, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate.upgrade(database_url)
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    assert migrate.current(engine) == migrate.head()


def test_upgrading_twice_changes_nothing(database_url: str, engine: Engine):
    before = migrate.current(engine)
    migrate.upgrade(database_url)
    assert migrate.current(engine) == before
