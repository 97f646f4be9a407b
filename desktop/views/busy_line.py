"""A thin line that moves while something is awaited."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

_PATIENCE_MS = 300


class BusyLine(QProgressBar):
    """Appears only when the wait is long enough to be felt, and always keeps its place: nothing flickers or jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busy_line")
        self.setTextVisible(False)
        self.setFixedHeight(3)
        self._waits = 0
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._move)
        self._rest()

    @property
    def is_waiting(self) -> bool:
        """Whether something is awaited, seen or not yet seen."""
        return self._waits > 0

    def begin(self) -> None:
        """One more thing is awaited."""
        self._waits += 1
        if not self._patience.isActive():
            self._patience.start()

    def end(self) -> None:
        """One thing has come."""
        self._waits = max(0, self._waits - 1)
        if not self._waits:
            self._patience.stop()
            self._rest()

    def _move(self) -> None:
        self.setRange(0, 0)

    def _rest(self) -> None:
        self.setRange(0, 1)
        self.setValue(0)
