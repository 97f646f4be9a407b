"""Filling the tables of a new database: packed rows arrive as they were, and every key is there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from desktop.database.bulk import Row
from desktop.database.loading import Packed, filling, is_server, pack, write_packed, write_rows
from desktop.domain.ids import new_id
from desktop.models import Base
from desktop.models.office import Office, Staff

OFFICE, STAFF = (Base.metadata.tables[model.__tablename__] for model in (Office, Staff))
COLUMNS = ("id", "code", "name")
STAFF_COLUMNS = ("id", "office_id", "login", "name", "kana", "active_from", "active_to", "version")
TEXTS = (
    "改行\nタブ\t終わり", "\\N", "\\", "末尾\\", "\r\n", "", "𠮷野家", "NULL", "\x1f\x02", "　", "é\u0301", "a\\tb",
)  # fmt: skip


def office_rows(*texts: str) -> list[Row]:
    return [(new_id().hex, f"{number}", text) for number, text in enumerate(texts)]


def staff_row(office_id: str, login: str = "x") -> Row:
    return (new_id().hex, office_id, login, "架空", "カクウ", "2024-01-01", None, 1)


def divided(number: int) -> None:
    raise ZeroDivisionError(number)


def keys(engine: Engine) -> list[Any]:
    """Everything that `filling` takes away, of all tables: keys by the columns and the names that errors show."""
    found = inspect(engine)
    return [
        (
            name,
            found.get_pk_constraint(name),
            sorted(found.get_unique_constraints(name), key=str),
            sorted(found.get_foreign_keys(name), key=str),
            sorted((_spelled(index) for index in found.get_indexes(name)), key=str),
        )
        for name in sorted(Base.metadata.tables)
    ]


def _spelled(index: Any) -> dict[str, Any]:
    """The condition of an index by its words: as an object it equals nothing else."""
    options = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


@pytest.fixture
def packed(database_url: str) -> Callable[[str, list[Row]], Packed]:
    return lambda table, rows: pack(table, rows, for_server=is_server(database_url))


def test_packed_texts_come_back_as_they_were(engine: Engine, packed) -> None:
    rows = office_rows(*TEXTS)
    with engine.begin() as connection, filling(connection, [OFFICE]):
        assert write_packed(connection, OFFICE, COLUMNS, packed("office", rows)) == len(TEXTS)
    with engine.connect() as connection:
        found = {row.code: row.name for row in connection.execute(select(OFFICE))}
    assert found == {str(code): text for code, text in enumerate(TEXTS)}


def test_rows_and_packed_rows_are_stored_alike(engine: Engine, packed) -> None:
    office = new_id().hex
    with engine.begin() as connection, filling(connection, [OFFICE, STAFF]):
        write_rows(connection, OFFICE, COLUMNS, [(office, "1", "架空")])
        write_rows(connection, STAFF, STAFF_COLUMNS, [staff_row(office, "a")])
        write_packed(connection, STAFF, STAFF_COLUMNS, packed("staff", [staff_row(office, "b")]))
    with engine.connect() as connection:
        columns = [column for column in STAFF.c if column.name not in {"id", "login"}]
        one, other = connection.execute(select(*columns).order_by(STAFF.c.login)).all()
    assert one == other
    assert one.active_to is None


def test_no_rows_are_no_rows(engine: Engine, packed) -> None:
    with engine.begin() as connection, filling(connection, [OFFICE]):
        assert write_packed(connection, OFFICE, COLUMNS, packed("office", [])) == 0


def test_all_keys_and_indexes_are_back_after_the_block(engine: Engine) -> None:
    before = keys(engine)
    with engine.begin() as connection, filling(connection, [OFFICE, STAFF]):
        write_rows(connection, OFFICE, COLUMNS, office_rows("架空"))
    assert keys(engine) == before


def test_what_breaks_a_reference_does_not_get_in(engine: Engine) -> None:
    with (
        pytest.raises(IntegrityError),
        engine.begin() as connection,
        filling(connection, [OFFICE, STAFF]),
    ):
        write_rows(connection, STAFF, STAFF_COLUMNS, [staff_row(new_id().hex)])


@pytest.mark.parametrize("same", ["id", "code"])
def test_what_comes_twice_does_not_get_in(engine: Engine, same: str) -> None:
    one, two = (list(row) for row in office_rows("一", "二"))
    two[COLUMNS.index(same)] = one[COLUMNS.index(same)]
    with (
        pytest.raises(IntegrityError),
        engine.begin() as connection,
        filling(connection, [OFFICE]),
    ):
        write_rows(connection, OFFICE, COLUMNS, [one, two])


def test_a_failure_leaves_keys_and_rows_as_they_were(engine: Engine) -> None:
    office, before = new_id(), keys(engine)
    with engine.begin() as connection:
        connection.execute(insert(OFFICE).values(id=office, code="1", name="架空"))
    with (
        pytest.raises(ZeroDivisionError),
        engine.begin() as connection,
        filling(connection, [STAFF]),
    ):
        divided(write_rows(connection, STAFF, STAFF_COLUMNS, [staff_row(office.hex)]))
    assert keys(engine) == before
    with engine.connect() as connection:
        assert connection.execute(select(STAFF.c.id)).all() == []
        assert connection.scalar(select(OFFICE.c.id)) == office
