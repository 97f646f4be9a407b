"""A PostgreSQL as an office runs it: durable, TLS with a certificate of the municipality's CA, SCRAM."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.support.postgres import PostgresCluster, find_programs, give_to_account

#: What the tests' hurried cluster leaves out, put back.
DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
"""


class RealServer(PostgresCluster):
    """A cluster whose settings and doors a test may replace, as the person who sets up would."""

    def prepare(self, settings: str) -> None:
        """Settings to start with, after the tests' usual ones."""
        self._settings += settings

    @property
    def data(self) -> Path:
        """The folder of the cluster."""
        return self._data

    def put(self, name: str, text: str) -> None:
        """Write a file into the cluster's folder, readable by the server alone."""
        path = self.data / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        give_to_account(path)

    def add_settings(self, text: str) -> None:
        """Append settings; the last line of a name wins."""
        path = self.data / "postgresql.conf"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def restart(self) -> None:
        """Let new settings count."""
        done = self._ctl("restart", "-w", "-m", "fast", "-l", str(self._folder / "server.log"))
        assert done.returncode == 0, done.stdout + done.stderr

    def stop(self) -> None:
        """End the server."""
        self._ctl("stop", "-m", "immediate")


@contextmanager
def durable(folder: Path) -> Iterator[tuple[RealServer, str]]:
    """A durable server in a folder of its own, and its administrator's address."""
    server = RealServer(folder, find_programs())
    server.prepare(DURABLE)
    try:
        yield server, server.start()
    finally:
        server.stop()


@contextmanager
def emptied(address: str) -> Iterator[str]:
    """The address of a fresh empty database's name; dropped at the end."""
    name = f"t_{secrets.token_hex(4)}"
    try:
        yield name
    finally:
        with as_administrator(address) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def as_administrator(
    address: str, database: str = "postgres"
) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that sets up."""
    url = make_url(address.format(database=database))
    return psycopg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    )
