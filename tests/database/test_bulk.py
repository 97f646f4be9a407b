from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import IntegrityError

from desktop.database.bulk import bulk_insert, without_checks
from desktop.domain.ids import new_id
from desktop.domain.office import DatabaseKind
from desktop.models import Base
from desktop.models.masters import MasterValue
from desktop.models.office import DatabaseInfo, Office, Staff

OFFICE, STAFF, MASTER, INFO = (
    Base.metadata.tables[model.__tablename__]
    for model in (Office, Staff, MasterValue, DatabaseInfo)
)
NOW = datetime(2024, 10, 1, 3, 4, 5, 678901, tzinfo=UTC)


def test_typed_values_come_back_as_they_were(engine: Engine) -> None:
    office, row = new_id(), new_id()
    value = {"label": "改行\nタブ\t「\\N」", "codes": ["11", "12"], "number": 3}
    columns = ("id", "office_id", "table_name", "key", "valid_from", "value", "source", "confirmed",
               "is_retired", "is_seed", "entered_by", "entered_at")  # fmt: skip
    given = (
        row,
        office,
        "kinds",
        "k",
        date(2024, 4, 1),
        value,
        "\\N",
        True,
        False,
        False,
        None,
        NOW,
    )
    with engine.begin() as connection:
        bulk_insert(
            connection, INFO, ("id", "kind", "created_at"), [(1, DatabaseKind.TRAINING, NOW)]
        )
        bulk_insert(connection, OFFICE, ("id", "code", "name"), [(office, "1", "架空")])
        assert bulk_insert(connection, MASTER, columns, [given]) == 1
    with engine.connect() as connection:
        stored = connection.execute(select(*(MASTER.c[name] for name in columns))).one()
        assert tuple(stored) == given
        assert connection.execute(select(INFO.c.kind, INFO.c.created_at)).one() == (
            DatabaseKind.TRAINING,
            NOW,
        )


def test_many_rows_are_written_from_a_generator(engine: Engine) -> None:
    rows = ((new_id(), f"{n}", "架空") for n in range(12_345))
    with engine.begin() as connection:
        assert bulk_insert(connection, OFFICE, ("id", "code", "name"), rows) == 12_345


def test_checks_and_indexes_are_back_after_the_block(engine: Engine) -> None:
    before = inspect(engine).get_indexes("staff"), inspect(engine).get_foreign_keys("staff")
    with engine.begin() as connection, without_checks(connection, [OFFICE, STAFF]):
        pass
    assert (
        inspect(engine).get_indexes("staff"),
        inspect(engine).get_foreign_keys("staff"),
    ) == before


def test_what_breaks_a_reference_does_not_get_in(engine: Engine) -> None:
    columns = ("id", "office_id", "login", "name", "kana", "active_from", "version")
    orphan = (new_id(), new_id(), "x", "架空", "カクウ", date(2024, 1, 1), 1)
    with (
        pytest.raises(IntegrityError),
        engine.begin() as connection,
        without_checks(connection, [OFFICE, STAFF]),
    ):
        bulk_insert(connection, STAFF, columns, [orphan])
