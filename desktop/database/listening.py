"""Hears that other desks changed something (LISTEN): a word without content, after which the reader asks for himself.

What a message says is never used: whoever forges one brings about a reload and nothing else. SQLite has nobody else.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine, event

from desktop.database.engine import is_postgresql
from desktop.database.failures import told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import UnavailableError

_LOST = "ほかの机の変更を受け取れません。接続が戻ると自動で受け取ります。"
#: So many messages are taken at once, and so long is waited for the first one (seconds).
_MOST, _PATIENCE = 1_000, 0.02


class Listener:
    """A connection of its own that listens to some channels, until it is closed or the engine is let go (signing out).

    Every call belongs on a job's thread, but for `close`.
    """

    def __init__(self, work: UnitOfWork, *channels: str) -> None:
        self._engine, self._channels = work.engine, channels
        self._driver: Any = None
        self._busy = Lock()
        self._is_closed = False
        event.listen(self._engine, "engine_disposed", self._disposed)

    def has_news(self) -> bool:
        """Whether something was said since the last call; also after a connection was lost and made anew."""
        return bool(self.news())

    def news(self) -> frozenset[str]:
        """The channels on which something was said since the last call; all of them after a connection was lost and made anew.

        Raises UnavailableError where the server does not answer; the next call tries again.
        """
        if not is_postgresql(self._engine):
            return frozenset()
        with self._busy:
            if self._is_closed:
                return frozenset()
            was_deaf = self._driver is None
            try:
                with told_plainly():
                    heard = self._heard()
                    return frozenset(self._channels) if was_deaf else heard
            except psycopg.Error:
                self._let_go()
                raise UnavailableError(_LOST) from None

    def close(self) -> None:
        """Stop for good."""
        with self._busy:
            if not self._is_closed:
                event.remove(self._engine, "engine_disposed", self._disposed)
            self._is_closed = True
            self._let_go()

    def _disposed(self, _engine: Engine) -> None:
        with self._busy:
            self._let_go()

    def _heard(self) -> frozenset[str]:
        found = self._connected().notifies(timeout=_PATIENCE, stop_after=_MOST)
        return frozenset(said.channel for said in found)

    def _connected(self) -> Any:  # noqa: ANN401 - the driver's connection
        if self._driver is None:
            taken = self._engine.raw_connection()
            driver: Any = taken.driver_connection
            self._driver = driver
            taken.detach()  # it does not come back to the pool, whose one place is for work
            driver.rollback()
            driver.autocommit = True
            for channel in self._channels:
                driver.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        return self._driver

    def _let_go(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()
