"""One office for a module of attacks, and raw connections of its people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.database.engine import make_engine
from tests.database.security.place import Place, make_place
from tests.support.databases import FreshDatabases
from tests.support.postgres import PostgresNotFoundError


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
