"""A small dialog that sends something to somebody's desk: Ctrl+Enter sends, Esc closes, nothing typed is lost when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.jobs.runner import JobRunner
from desktop.views.busy_line import BusyLine
from desktop.views.fields.field import Field
from desktop.views.message_bar import MessageBar
from desktop.views.widgets import named

T = TypeVar("T")


class SendDialog(QDialog):
    """`sent` carries a sentence. `places` says beside which field a refusal stands, the first of them first."""

    sent = Signal(str)

    def __init__(
        self, name: str, title: str, runner: JobRunner, parent: QWidget, *, characters: int
    ) -> None:
        """`characters` is the width in characters of the size in use; `name` begins the names of its buttons."""
        super().__init__(parent)
        self.setObjectName(f"{name}_dialog")
        self.setWindowTitle(title)
        self._runner, self._characters = runner, characters
        self.messages, self.busy = MessageBar(), BusyLine()
        self.send_button = named(QPushButton("担当者に届ける（Ctrl+Enter）"), f"{name}_send")
        self.send_button.setProperty("primary", True)
        self.close_button = named(QPushButton("やめる（Esc）"), f"{name}_close")
        for button in (self.send_button, self.close_button):
            button.setAutoDefault(False)
        self.send_button.clicked.connect(self._send_once)
        self.close_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._send_once)

    def places(self) -> Mapping[str, Field[Any]]:
        """The fields by the names that a refusal uses."""
        raise NotImplementedError

    def send(self) -> None:
        """Read the fields and hand what they say to `run`."""
        raise NotImplementedError

    def begin(self) -> None:
        """Come up again: what was refused last time is said no more."""
        self.messages.clear()
        for field in self.places().values():
            field.clear_error()

    def run(self, call: Callable[[], T], on_sent: Callable[[T], object]) -> None:
        """Send off the UI thread; a second press waits."""
        self.send_button.setEnabled(False)
        self.busy.begin()
        self._runner.run(self, call, on_sent, self._refused, on_end=self._ended)

    def fit(self) -> None:
        """As wide as the size in use asks, and as high as what is shown then is."""
        width = self.fontMetrics().horizontalAdvance("国") * self._characters
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedSize(width, max(layout.totalHeightForWidth(width), 1))

    def buttons(self) -> QHBoxLayout:
        """The row of its buttons."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.send_button)
        return row

    def _send_once(self) -> None:
        if self.send_button.isEnabled():
            self.send()

    def _refused(self, error: UserError) -> None:
        places = self.places()
        wrong = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in places if name in wrong]
        for name in placed:
            places[name].show_error(wrong[name])
        if placed:
            places[placed[0]].setFocus()
        else:
            self.messages.show_error(error)
        self.fit()

    def _ended(self) -> None:
        self.busy.end()
        self.send_button.setEnabled(True)
