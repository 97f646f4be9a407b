"""One documented server for all tests of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import find_programs
from tests.support.real_office import Real, set_up
from tests.support.real_server import DURABLE, RealServer


@pytest.fixture(scope="session")
def real() -> Iterator[Real]:
    with tempfile.TemporaryDirectory(prefix="bp-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = RealServer(folder, find_programs())
        server.prepare(DURABLE)
        admin_url = server.start().format(database="postgres")
        try:
            yield set_up(server, folder, admin_url)
        finally:
            server.stop()
