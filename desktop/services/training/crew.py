"""Several processes that make teams at the same time, so that a large office takes all of the machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context, parent_process

from desktop.database.loading import Packed, pack
from desktop.services.training.plan import OfficePlan, Wish
from desktop.services.training.team_maker import TeamMaker, TeamResult

#: Below this a second process would spend longer starting than working.
LEAST_HOUSEHOLDS = 1_500
_MOST_WORKERS = 8
_POLL_SECONDS = 0.2


@dataclass(slots=True)
class PackedTeam:
    """A team's rows, ready to be written, and its counts."""

    result: TeamResult
    rows: list[Packed] = field(default_factory=list)


def workers_for(households: int) -> int:
    """How many processes are worth starting: 1 means that this one does it all."""
    return min(_processors(), _MOST_WORKERS) if households >= LEAST_HOUSEHOLDS else 1


class Crew:
    """Worker processes, and the teams that they make in their order."""

    def __init__(
        self, wish: Wish, *, for_server: bool, workers: int, while_waiting: Callable[[], object]
    ) -> None:
        """`while_waiting` is called several times a second and may raise, which ends everything."""
        self._wish, self._for_server, self._workers = wish, for_server, workers
        self._while_waiting = while_waiting
        self._pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin_worker)

    def packed(self, teams: Sequence[Sequence[int]]) -> Iterator[PackedTeam]:
        """The teams; besides the one handed out each worker has one at hand, so that memory stays flat.

        A team that wrote what one before it wrote is made again, and then knows what to avoid.
        """
        remaining = iter(teams)
        pending = deque[tuple[Sequence[int], Future[PackedTeam]]]()
        written = set[int]()
        try:
            while True:
                while len(pending) <= self._workers and (team := next(remaining, None)) is not None:
                    pending.append((team, self._submit(team)))
                if not pending:
                    return
                team, future = pending.popleft()
                made = self._result(future)
                if not written.isdisjoint(made.result.sketches):
                    made = self._result(self._submit(team, frozenset(written)))
                written |= made.result.sketches
                yield made
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _submit(self, team: Sequence[int], elsewhere: Set[int] = frozenset()) -> Future[PackedTeam]:
        return self._pool.submit(_make, self._wish, team, elsewhere, for_server=self._for_server)

    def _result(self, future: Future[PackedTeam]) -> PackedTeam:
        while True:
            self._while_waiting()
            try:
                return future.result(timeout=_POLL_SECONDS)
            except TimeoutError:
                if future.done():
                    raise


def _make(wish: Wish, team: Sequence[int], elsewhere: Set[int], *, for_server: bool) -> PackedTeam:
    """Runs in a worker."""
    rows: list[Packed] = []
    maker = TeamMaker(
        _plan(wish),
        lambda name, found: rows.append(pack(name, found, for_server=for_server)),
        elsewhere,
    )
    return PackedTeam(maker.make(team, lambda _done: None), rows)


@cache
def _plan(wish: Wish) -> OfficePlan:
    """Each worker plans once."""
    return OfficePlan(wish)


def _begin_worker() -> None:
    """An interruption is the parent's to answer, and a worker whose parent was killed would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.join,), daemon=True).start()


def _end_with(wait_for_parent: Callable[[], object]) -> None:
    wait_for_parent()
    os._exit(1)


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
