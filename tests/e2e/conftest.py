"""One documented server for all tests of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import FreshDatabases
from tests.support.real_office import Real, set_up
from tests.support.real_server import durable


@pytest.fixture(scope="session")
def real(fresh_databases: FreshDatabases) -> Iterator[Real]:
    with fresh_databases.own_folder() as folder, durable(folder) as (server, address):
        yield set_up(server, folder, address.format(database="postgres"))
