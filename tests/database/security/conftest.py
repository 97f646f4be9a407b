"""For the self-check a server of its own with the real clock; for the attacks one office a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop.database import migrate
from desktop.database.engine import make_engine
from desktop.database.security import picture
from tests.database.security.place import Connection, Place, make_place, open_file
from tests.support.assessments import further_people
from tests.support.databases import FreshDatabases
from tests.support.guidance import Walk
from tests.support.postgres import PostgresNotFoundError
from tests.support.real_server import as_administrator, durable


@pytest.fixture(scope="session")
def own_server(fresh_databases: FreshDatabases) -> Iterator[str]:
    """The administrator's address of a durable server."""
    with fresh_databases.own_folder() as folder, durable(folder) as (_, address):
        yield address


@pytest.fixture(scope="session")
def checked_template(own_server: str) -> str:
    """Name of a migrated database, clock untouched."""
    with as_administrator(own_server) as admin:
        admin.execute("CREATE DATABASE checked")
    migrate.upgrade(own_server.format(database="checked"))
    return "checked"


@pytest.fixture(scope="session")
def fresh_picture(own_server: str, checked_template: str) -> frozenset[picture.Fact]:
    """What the check compares with."""
    engine = make_engine(own_server.format(database=checked_template))
    with engine.begin() as connection:
        taken = picture.take(connection)
    engine.dispose()
    return taken


@pytest.fixture
def checked(
    own_server: str, checked_template: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Address of a copy that a test may break."""
    with as_administrator(own_server) as admin:
        admin.execute(
            f"CREATE DATABASE broken TEMPLATE {checked_template} STRATEGY file_copy".encode()
        )
        admin.execute(b"REVOKE ALL ON DATABASE broken FROM PUBLIC")
        admin.execute(b"GRANT CONNECT ON DATABASE broken TO banso_staff")
        admin.execute(b"GRANT TEMPORARY ON DATABASE broken TO banso_function")
        try:
            yield own_server.format(database="broken")
        finally:
            admin.execute(b"DROP DATABASE broken WITH (FORCE)")


@pytest.fixture(scope="module")
def place(fresh_databases: FreshDatabases) -> Iterator[Place]:
    """An office with its people on PostgreSQL; a module's tests share it and add their own rows."""
    try:
        with fresh_databases.postgresql() as url:
            engine = make_engine(url)
            made = make_place(engine)
            yield made
            made.close()
            engine.dispose()
    except PostgresNotFoundError as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def writer(place: Place) -> Iterator[Connection]:
    """The caseworker at psql, with the household's file open."""
    with place.connect(place.office.caseworker) as by:
        open_file(by, place.office.household_id)
        yield by


@pytest.fixture
def walk(place: Place) -> Iterator[Walk]:
    """A case of guidance of a household of its own."""
    (somebody,) = further_people(place.office, 1)
    office = replace(place.office, household_id=somebody.household_id, person_id=somebody.person_id)
    made = Walk(office=office)
    yield made
    made.leave()
    place.hang_up()
