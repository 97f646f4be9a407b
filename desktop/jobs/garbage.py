"""Python's cyclic garbage, collected while nobody waits for an answer.

Python by itself collects whenever enough objects were made: in the middle of opening a file, where it doubled the time now
and then, and in whichever thread makes them, where it could destroy a widget outside the UI thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.jobs.runner import JobRunner

_EVERY_MS = 2_000
WORTH_IT = 5_000
TOO_MANY = 500_000


class IdleGarbage(QObject):
    """Collects on the UI thread from `start` on: when no job is under way, or when very much has piled up."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_idle)

    def start(self) -> None:
        """Switch Python's own collecting off and take it over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back to Python."""
        self._timer.stop()
        gc.enable()

    def collect_if_idle(self) -> bool:
        """Collect if it is worth it and keeps nobody waiting; whether it did."""
        made = gc.get_count()[0]
        is_due = made > WORTH_IT and self._runner.is_idle
        if is_due or made > TOO_MANY:
            gc.collect()
            return True
        return False
