"""What a test begins with, made once in a process and then put there as a file: for SQLite alone.

On PostgreSQL people are roles of the whole server: there everybody is made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

T = TypeVar("T")


@dataclass(slots=True)
class KeptFile(Generic[T]):
    """Files as they were before and after `make`, with what it gave; they stand for it where a file is as it was before."""

    make: Callable[[Engine], T]
    _kept: dict[bytes, tuple[bytes, T]] = field(default_factory=dict)

    def give(self, engine: Engine) -> T:
        """What `make` gives; its rows are in the database."""
        path = _closed(engine)
        if path is None:
            return self.make(engine)
        before = path.read_bytes()
        if before in self._kept:
            after, made = self._kept[before]
            path.write_bytes(after)
            return made
        made = self.make(engine)
        if _closed(engine) and len(self._kept) < 2:
            self._kept[before] = (path.read_bytes(), made)
        return made


def _closed(engine: Engine) -> Path | None:
    """The file, with all that was written in it; None on a server, and where somebody has it open."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    assert isinstance(engine.pool, QueuePool)
    if engine.pool.checkedout():
        return None
    engine.dispose()
    path = Path(engine.url.database)
    # The journal goes with its last reader.
    return None if path.with_name(f"{path.name}-wal").exists() else path
