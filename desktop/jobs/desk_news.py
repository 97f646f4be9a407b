"""Asks every few seconds whether another desk did something with papers, plans of visits, to-dos or judgement on support, and tells the open screens."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer

from desktop.domain.desk_news import GROUPS, PAPERS, PLANS, TODOS
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner

#: Short enough that nobody asks a colleague whether a paper has come, long enough that nobody notices.
SECONDS = 4


class DeskNews(QObject):
    """Runs while its owner lives. A server that does not answer is somebody else's to tell."""

    def __init__(
        self,
        news: Callable[[], Collection[str]],
        runner: JobRunner,
        changes: ChangeBus,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._news, self._runner, self._changes = news, runner, changes
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.ask)

    def begin(self) -> None:
        """Listen from now on."""
        self._timer.start()

    def ask(self) -> None:
        """Ask once, unless the last answer is still awaited."""
        if not self._is_asking:
            self._is_asking = True
            self._runner.run(self, self._news, self._told, self._not_told)

    def _told(self, channels: Collection[str]) -> None:
        """Which plan or household it is nobody was told: screens that are clean look for themselves."""
        self._is_asking = False
        if PAPERS in channels:
            self._changes.paper_changed.emit(self)
        if PLANS in channels:
            self._changes.plan_changed.emit(None, self)
        if TODOS in channels:
            self._changes.todo_changed.emit(self)
        if GROUPS in channels:
            self._changes.group_changed.emit(None, self)

    def _not_told(self, _: object) -> None:
        self._is_asking = False
