"""What every screen has: a title, one line of help, a message bar, a busy line and a word for emptiness."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.jobs.runner import Job, JobRunner, Lane
from desktop.views.busy_line import BusyLine
from desktop.views.message_bar import MessageBar
from desktop.views.requests import HouseholdAtHand
from desktop.views.widgets import muted_label, named

T = TypeVar("T")


class ScreenView(QWidget):
    """Base of a screen. Contents go into `body`, what stays when there is none into `top`, buttons into `buttons`; override `reload` and `has_unsaved`.

    `file_requested` carries a FileRequest, `screen_requested` a ScreenRequest, `announced` a sentence for the status bar (what was done);
    `help_requested` asks for the help of where one is.
    """

    file_requested = Signal(object)
    screen_requested = Signal(object)
    announced = Signal(str)
    help_requested = Signal()

    def __init__(
        self, runner: JobRunner, *, title: str, help_line: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.runner = runner
        self.title = title
        self.messages = MessageBar()
        self.buttons = QHBoxLayout()
        self.outer = QVBoxLayout(self)
        self.top = QVBoxLayout()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self._screen_busy = BusyLine()
        self._screen_empty = named(QLabel(), "empty_sentence")
        self._screen_pages = QStackedWidget()
        self._screen_loaded = False
        self._build(help_line)

    def activate(self) -> None:
        """The screen comes to the front: load it the first time, and set the focus."""
        if not self._screen_loaded:
            self._screen_loaded = True
            self.reload()
        self.focus_first()

    def reload(self) -> None:
        """Ask for the contents again; what is shown stays until the answer comes."""

    def reload_shown(self) -> None:
        """Ask again if the contents were asked for before."""
        if self._screen_loaded:
            self.reload()

    def reload_later(self) -> None:
        """Ask for the contents again when the screen comes to the front next."""
        self._screen_loaded = False

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""

    def has_unsaved(self) -> bool:
        """Whether something typed here would be lost."""
        return False

    def stores_unsaved(self) -> bool:
        """Whether `store_unsaved` can store what was typed here; else it can only be given up."""
        return False

    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store what was typed, then call back; where it is refused the screen says why."""

    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household this screen has before it; None for a screen about something else."""
        return None

    def show_empty(self, sentence: str) -> None:
        """Show what to do next instead of an empty body."""
        self._screen_empty.setText(sentence)
        self._screen_pages.setCurrentIndex(1)

    def empty_sentence(self) -> str:
        """What is said instead of a body; "" while there is one."""
        return self._screen_empty.text() if self._screen_pages.currentIndex() == 1 else ""

    def show_body(self) -> None:
        """Show the body again."""
        self._screen_pages.setCurrentIndex(0)

    def run(
        self,
        call: Callable[[], T],
        on_success: Callable[[T], object],
        on_failure: Callable[[UserError], object] | None = None,
        *,
        lane: Lane = Lane.DB,
        replaces: Job[T] | None = None,
    ) -> Job[T]:
        """Run a call off the UI thread under the busy line; a refusal goes to the message bar unless taken."""
        self._screen_busy.begin()
        return self.runner.run(
            self,
            call,
            on_success,
            on_failure or self.messages.show_error,
            lane=lane,
            replaces=replaces,
            on_end=self._screen_busy.end,
        )

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is awaited."""
        return self._screen_busy.is_waiting

    def _build(self, help_line: str) -> None:
        content = QWidget()
        content.setLayout(self.body)
        self._screen_empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._screen_empty.setWordWrap(True)
        self._screen_pages.addWidget(content)
        self._screen_pages.addWidget(self._screen_empty)
        layout = self.outer
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        if self.title:
            layout.addLayout(self._header(help_line))
        layout.addWidget(self.messages)
        layout.addLayout(self.top)
        layout.addWidget(self._screen_busy)
        layout.addWidget(self._screen_pages, 1)

    def _header(self, help_line: str) -> QHBoxLayout:
        title = named(QLabel(self.title), "screen_title")
        explanation = named(muted_label(help_line), "screen_help")
        explanation.setWordWrap(True)
        header = QHBoxLayout()
        header.setSpacing(16)
        header.addWidget(title)
        header.addWidget(explanation, 1, Qt.AlignmentFlag.AlignBottom)
        header.addLayout(self.buttons)
        return header
