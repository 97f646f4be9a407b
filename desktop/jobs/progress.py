"""How far long work has come, and whether it should stop."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal


class Progress(QObject):
    """Made on the UI thread, handed into a long call: the call reports through it and asks whether to stop.

    `reported(done, total, what)`: `total` 0 means that the amount is not known. Reports are thinned out to
    whole percents, so that a call may report every row.
    """

    reported = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._last = (-1, "")

    def report(self, done: int, total: int, what: str = "") -> None:
        """Say how much is done; callable from the worker's thread."""
        step = (done * 100 // total if total else done, what)
        if step != self._last:
            self._last = step
            self.reported.emit(done, total, what)

    def cancel(self) -> None:
        """Ask the call to stop at the next place where that is safe."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether somebody asked to stop; the call reads it."""
        return self._stop.is_set()
