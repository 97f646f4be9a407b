"""Help for tests with widgets: runners that answer when the test wants."""

from __future__ import annotations

from PySide6.QtCore import QRunnable
from typing_extensions import override

from desktop.jobs.runner import JobRunner, Lane


class InlineRunner(JobRunner):
    """Runs every call where it is asked for, so that a test needs no waiting."""

    @override
    def _start(self, lane: Lane, work: QRunnable) -> None:
        work.run()


class HeldRunner(JobRunner):
    """Keeps calls until the test lets them go, in whatever order it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[QRunnable] = []

    @override
    def _start(self, lane: Lane, work: QRunnable) -> None:
        self.held.append(work)

    def release(self, index: int = 0) -> None:
        """Run one held call."""
        self.held.pop(index).run()
