"""The only door from the screens to anything slow: database, files, PDF, keyring."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.incident import describe
from desktop.override import override

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Lane(Enum):
    """Where a call waits its turn: one thread for the database, so that a reload always follows the save before it."""

    DB = 1
    SLOW = 2


class Job(Generic[T]):
    """One call under way. It lives on the UI thread; cancelling drops its answer."""

    def __init__(
        self,
        owner: QObject,
        call: Callable[[], T],
        on_success: Callable[[T], object],
        on_failure: Callable[[UserError], object] | None,
        on_end: Callable[[], object] | None = None,
    ) -> None:
        self.call = call
        self.is_cancelled = False
        self._owner = owner
        self._on_success = on_success
        self._on_failure = on_failure
        self._on_end = on_end

    @property
    def is_wanted(self) -> bool:
        """Whether anybody still waits for the answer: not cancelled, and the screen is still there."""
        return not self.is_cancelled and shiboken6.isValid(self._owner)

    def cancel(self) -> None:
        """Drop the answer; a call that has not begun does not run at all."""
        self.is_cancelled = True

    def succeed(self, answer: T) -> None:
        """Hand the answer to the screen."""
        self._on_success(answer)

    def fail(self, error: UserError) -> bool:
        """Hand the refusal to the screen; False when it has no use for it."""
        if self._on_failure is None:
            return False
        self._on_failure(error)
        return True

    def end(self) -> None:
        """Tell the screen that nothing more will come, however the call went."""
        if self._on_end is not None and shiboken6.isValid(self._owner):
            self._on_end()


class JobRunner(QObject):
    """Runs calls off the UI thread and brings their answers back to it.

    `refused` is emitted for a UserError that nobody took, `crashed` for a bug; the bug is logged before,
    by exception type and frames only. `reachable_changed` says whether the last call found the database.
    """

    refused = Signal(object)
    crashed = Signal(object)
    idle = Signal()
    reachable_changed = Signal(bool)
    _returned = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job[object]] = {}
        self._number = 0
        self._is_reachable = True
        self._pools = {lane: _pool(lane, self) for lane in Lane}
        self._returned.connect(self._deliver, Qt.ConnectionType.AutoConnection)

    def run(
        self,
        owner: QObject,
        call: Callable[[], T],
        on_success: Callable[[T], object],
        on_failure: Callable[[UserError], object] | None = None,
        *,
        lane: Lane = Lane.DB,
        replaces: Job[T] | None = None,
        on_end: Callable[[], object] | None = None,
    ) -> Job[T]:
        """Run `call` on its lane; the answer comes back on the UI thread while `owner` is alive.

        Read widgets into values before the call. `replaces` is an older job that this one supersedes.
        `on_end` is called before the answer, also when the answer is dropped or the call failed.
        """
        if replaces is not None:
            replaces.cancel()
        job = Job(owner, call, on_success, on_failure, on_end)
        self._number += 1
        self._jobs[self._number] = cast("Job[object]", job)
        self._start(lane, _Work(self._number, cast("Job[object]", job), self._returned.emit))
        return job

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._jobs

    def shutdown(self, timeout_ms: int = 3000) -> bool:
        """Drop all answers and wait for the threads; False when a call outlived the time."""
        for job in self._jobs.values():
            job.cancel()
        done = {lane: pool.waitForDone(timeout_ms) for lane, pool in self._pools.items()}
        return all(done.values())

    def _start(self, lane: Lane, work: QRunnable) -> None:
        self._pools[lane].start(work)

    @Slot(int, object, object)
    def _deliver(self, number: int, answer: object, error: Exception | None) -> None:
        job = self._jobs.pop(number)
        job.end()
        if not job.is_cancelled:
            self._note_reachable(is_reachable=not isinstance(error, UnavailableError))
        try:
            if error is not None and not isinstance(error, UserError):
                logger.error("job failed: %s", describe(error))
                self.crashed.emit(error)
            elif job.is_wanted and error is None:
                job.succeed(answer)
            elif job.is_wanted and isinstance(error, UserError) and not job.fail(error):
                self.refused.emit(error)
        finally:
            if not self._jobs:
                self.idle.emit()

    def _note_reachable(self, *, is_reachable: bool) -> None:
        if is_reachable is not self._is_reachable:
            self._is_reachable = is_reachable
            self.reachable_changed.emit(is_reachable)


class _Work(QRunnable):
    """The part that runs on the pool's thread. It knows the runner's bound signal and no screen."""

    def __init__(
        self, number: int, job: Job[object], give_back: Callable[[int, object, object], None]
    ) -> None:
        super().__init__()
        self._number = number
        self._job = job
        self._give_back = give_back

    @override
    def run(self) -> None:
        """Make the call unless it was cancelled while it waited."""
        answer: object = None
        caught: Exception | None = None
        if not self._job.is_cancelled:
            try:
                answer = self._job.call()
            except Exception as error:  # noqa: BLE001 - one of the two places: the screen decides what to say
                caught = error
        self._give_back(self._number, answer, caught)


def _pool(lane: Lane, parent: QObject) -> QThreadPool:
    pool = QThreadPool(parent)
    pool.setMaxThreadCount(lane.value)
    pool.setExpiryTimeout(-1)
    return pool
