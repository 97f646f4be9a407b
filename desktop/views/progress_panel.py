"""Long work under way: how far it has come, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.jobs.progress import Progress
from desktop.override import override
from desktop.views.widgets import named


class ProgressPanel(QWidget):
    """A card in the middle of the screen. Esc or the button asks the call to stop: `stopped`."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self.what = named(QLabel(), "progress_what")
        self.what.setWordWrap(True)
        self.bar = named(QProgressBar(), "progress_bar")
        self.stop_button = named(QPushButton("中止（Esc）"), "stop_work")
        self.stop_button.clicked.connect(self._stop)
        self._title = ""
        self._build()

    def watch(self, title: str) -> Progress:
        """Begin anew and return what the call reports through."""
        progress = Progress(self)
        progress.reported.connect(self._show)
        self._progress = progress
        self._title = title
        self.what.setText(title)
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self.stop_button.setText("中止（Esc）")
        self.stop_button.setFocus()
        return progress

    def _show(self, done: int, total: int, what: str) -> None:
        # A bar counts in 32 bits; files are longer than that.
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(min(done, total) * 1000 // total if total else 0)
        self.what.setText(f"{self._title}　{what}".rstrip("　"))

    def _stop(self) -> None:
        if self._progress is not None and self.stop_button.isEnabled():
            self._progress.cancel()
            self.stop_button.setEnabled(False)
            self.stop_button.setText("中止しています…")
            self.stopped.emit()

    def _build(self) -> None:
        card = named(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(10)
        inside.addWidget(self.what)
        inside.addWidget(self.bar)
        inside.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card)
        layout.addStretch(2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        else:
            super().keyPressEvent(event)
