"""One use case is one unit of work is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from desktop.database.failures import told_plainly


class UnitOfWork:
    """Hands out a session for one use case: `with unit_of_work() as session:` commits at the end.

    Failures of the database come out as UserError kinds. No session and no mapped object may leave the block.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        """A session in a transaction: committed at the end, rolled back on any error."""
        with told_plainly(), self._sessions.begin() as session:
            yield session
