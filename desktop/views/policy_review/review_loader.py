"""Fetches reviews, the next one ahead of time, so that it is there when the one before it is handed in."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.domain.policy_review import DuePolicy
from desktop.jobs.runner import Job, JobRunner
from desktop.views.policy_review.ports import ReviewPorts, ReviewTask, load_review


class ReviewLoader(QObject):
    """`ready` carries the ReviewTask last wanted, `refused` the UserError instead of it."""

    ready = Signal(object)
    refused = Signal(object)

    def __init__(
        self, ports: ReviewPorts, staff_id: UUID, runner: JobRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ports = ports
        self._staff_id = staff_id
        self._runner = runner
        self._wanted: DuePolicy | None = None
        self._ahead: ReviewTask | None = None
        self._ahead_line: DuePolicy | None = None
        self._pending: Job[ReviewTask] | None = None

    def want(self, line: DuePolicy) -> None:
        """Fetch a review, or take the one fetched ahead if its line is still as it was then."""
        self._wanted = line
        ahead = self._ahead
        if ahead is not None and ahead.line == line:
            self.forget()
            self.ready.emit(ahead)
            return
        self._pending = self._runner.run(
            self,
            lambda: load_review(self._ports, line, self._staff_id),
            self._arrived,
            self.refused.emit,
            replaces=self._pending,
        )

    def fetch_ahead(self, line: DuePolicy | None) -> None:
        """Fetch the one that will be wanted next; a refusal is told when it is really wanted."""
        if line is None or line in {self._wanted, self._ahead_line}:
            return
        self._ahead, self._ahead_line = None, line
        self._runner.run(
            self,
            lambda: load_review(self._ports, line, self._staff_id),
            self._keep,
            self._give_up,
        )

    def forget(self) -> None:
        """What was fetched ahead may be out of date."""
        self._ahead = self._ahead_line = None

    def _arrived(self, task: ReviewTask) -> None:
        if task.line == self._wanted:
            self.ready.emit(task)

    def _keep(self, task: ReviewTask) -> None:
        if task.line == self._ahead_line:
            self._ahead = task

    def _give_up(self, _: UserError) -> None:
        self.forget()
