"""Several processes that make teams at the same time, so that a large office takes all of the machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from desktop.database.loading import Packed, pack
from desktop.services.training.plan import OfficePlan, Wish
from desktop.services.training.team_maker import TeamMaker, TeamResult

#: Below this a second process would spend longer starting than working.
LEAST_HOUSEHOLDS = 1_500
_MOST_WORKERS = 8
_POLL_SECONDS = 0.2

#: The numbers of a team's households, and the sketches of bodies that may not come again.
Task = tuple[Sequence[int], Set[int]]


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
        self._wish, self._for_server, self._count = wish, for_server, workers
        self._while_waiting = while_waiting
        self._workers: list[tuple[SpawnProcess, Connection]] = []

    def packed(self, teams: Sequence[Sequence[int]]) -> Iterator[PackedTeam]:
        """The teams; besides the one handed out each worker has one at hand, so that memory stays flat.

        A team that wrote what one before it wrote is made again, and then knows what to avoid. Raises RuntimeError
        where a worker ended by itself (what it wrote to stderr tells why).
        """
        written = set[int]()
        try:
            self._start(teams[: self._count])
            for number, team in enumerate(teams):
                _, worker = self._workers[number % len(self._workers)]
                made = self._next(worker)
                if not written.isdisjoint(made.result.sketches):
                    worker.send((team, frozenset(written)))
                    made = self._next(worker)
                written |= made.result.sketches
                following = number + len(self._workers)
                if following < len(teams):
                    worker.send((teams[following], frozenset()))
                yield made
        finally:
            self._end()

    def _start(self, first: Sequence[Sequence[int]]) -> None:
        context = get_context("spawn")
        for team in first:
            ours, theirs = context.Pipe()
            worker = context.Process(
                target=work,
                args=(theirs, self._wish),
                kwargs={"for_server": self._for_server},
                daemon=True,
            )
            worker.start()
            # The worker's end is now the worker's alone: it closes when the worker ends, however that is.
            theirs.close()
            self._workers.append((worker, ours))
            ours.send((team, frozenset()))

    def _next(self, worker: Connection) -> PackedTeam:
        while True:
            self._while_waiting()
            if worker.poll(_POLL_SECONDS):
                try:
                    made: PackedTeam = worker.recv()
                except EOFError:
                    raise RuntimeError("a worker process ended by itself") from None
                return made

    def _end(self) -> None:
        for worker, connection in self._workers:
            connection.close()
            worker.terminate()
            worker.join()
            worker.close()
        self._workers.clear()


def _end_with_parent() -> None:
    """A worker whose parent was killed ends at once; otherwise it would first finish its team."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def work(tasks: Connection, wish: Wish, *, for_server: bool) -> None:
    """What a worker does until its parent closes the connection or is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # An interruption is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    plan = OfficePlan(wish)
    try:
        while True:
            task: Task = tasks.recv()
            tasks.send(_made(plan, task, for_server=for_server))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _made(plan: OfficePlan, task: Task, *, for_server: bool) -> PackedTeam:
    numbers, elsewhere = task
    rows: list[Packed] = []
    maker = TeamMaker(
        plan,
        lambda name, found: rows.append(pack(name, found, for_server=for_server)),
        elsewhere,
    )
    return PackedTeam(maker.make(numbers, lambda _done: None), rows)


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
