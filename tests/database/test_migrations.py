"""The schema goes up and down, and says the same as the tables' classes."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select

from desktop.database import migrate
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.master_tables import Master
from desktop.models import Base
from desktop.models.masters import MasterValue
from desktop.models.records import EntryRecord
from desktop.services.masters.lookup import in_force
from desktop.services.masters.seed import seed
from desktop.services.masters.shipped import shipped_rows
from tests.support.factories import (
    CLOCK,
    TODAY,
    make_entry,
    make_household,
    make_office,
    make_staff,
)


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


def test_entries_stored_before_are_measured_for_set_phrases(database_url: str, engine: Engine):
    with UnitOfWork(engine)() as session:
        author, household = make_staff(session), make_household(session)
        texts = {
            make_entry(session, household, author, text=text).id: text
            for text in (
                "訪問。変わりなし。",
                "腰痛のため通院を増やした。",
                "主と面接。特に問題なし。",
            )
        }
    migrate.downgrade(database_url, "0001")
    assert "body_is_set_phrase" not in {c["name"] for c in inspect(engine).get_columns("entry")}
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        rows = session.execute(select(EntryRecord.id, EntryRecord.body_is_set_phrase))
        measured = {texts[entry_id]: is_set_phrase for entry_id, is_set_phrase in rows}
    assert measured == {
        "訪問。変わりなし。": True,
        "腰痛のため通院を増やした。": False,
        "主と面接。特に問題なし。": True,
    }


@pytest.mark.parametrize(
    ("table", "before"),
    [
        (Master.PAPER_KINDS, "0008"),
        (Master.OTHER_PROGRAMMES, "0010"),
        (Master.READINGS, "0010"),
    ],
)
def test_offices_that_were_there_get_the_rows_of_a_new_table(
    database_url: str, engine: Engine, table: Master, before: str
):
    with UnitOfWork(engine)() as session:
        offices = {make_office(session).id, make_office(session).id}
        seed(session, next(iter(offices)), CLOCK.now())
    migrate.downgrade(database_url, before)
    migrate.upgrade(database_url)
    shipped = [(row.key, row.value, row.source, row.valid_from) for row in shipped_rows(table)]
    with UnitOfWork(engine)() as session:
        for office_id in offices:
            found = session.scalars(
                select(MasterValue)
                .where(MasterValue.office_id == office_id, MasterValue.table_name == table)
                .order_by(MasterValue.id)
            )
            rows = [(row.key, row.value, row.source, row.valid_from) for row in found]
            assert rows == shipped
            assert list(in_force(session, office_id, table, TODAY)) == [row[0] for row in shipped]


def test_upgrading_twice_changes_nothing(database_url: str, engine: Engine):
    before = migrate.current(engine)
    migrate.upgrade(database_url)
    assert migrate.current(engine) == before
