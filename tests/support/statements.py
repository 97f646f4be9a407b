"""Statements compiled once for all tests of a process.

Each test has a database and engines of its own, and SQLAlchemy keeps what it compiled by the dialect object of one
engine: without this every test compiles every statement anew, a quarter of the run's work. The dialects of
`make_engine` differ in nothing that the text of a statement depends on, so the kind of database stands for them.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine, event

from desktop.override import override

#: More than the program has, and little enough to hold.
_MOST = 6000


class SharedStatements(MutableMapping[tuple[Any, ...], Any]):
    """Compiled statements by kind of database in the place of the dialect; emptied where it would grow too large."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], Any] = {}

    @override
    def __getitem__(self, key: tuple[Any, ...]) -> Any:
        return self._kept[_by_kind(key)]

    @override
    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[_by_kind(key)] = compiled

    @override
    def __delitem__(self, key: tuple[Any, ...]) -> None:
        del self._kept[_by_kind(key)]

    @override
    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._kept)

    @override
    def __len__(self) -> int:
        return len(self._kept)


def share_compiled_statements() -> None:
    """From now on every connection of this process looks in one place."""
    statements = SharedStatements()

    def look_there(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    event.listen(Engine, "engine_connect", look_there)


def _by_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return (dialect.name, *rest)
