"""Fetches review cards, the next one ahead of time, so that it is there when it is wanted."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.approvals import QueueRow
from desktop.domain.errors import UserError
from desktop.domain.review import ReviewCard
from desktop.jobs.runner import Job, JobRunner
from desktop.views.approvals.ports import Reviews


class CardLoader(QObject):
    """`ready` carries the ReviewCard that was last wanted, `refused` the UserError instead of it."""

    ready = Signal(object)
    refused = Signal(object)

    def __init__(self, reviews: Reviews, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._runner = runner
        self._wanted: UUID | None = None
        self._ahead: ReviewCard | None = None
        self._ahead_id: UUID | None = None
        self._pending: Job[ReviewCard] | None = None

    def want(self, row: QueueRow) -> None:
        """Fetch a card, or take the one fetched ahead if the row is still as it was then."""
        self._wanted = row.approval_id
        ahead = self._ahead
        if ahead is not None and _is_of(ahead, row):
            self._ahead = self._ahead_id = None
            self.ready.emit(ahead)
            return
        self._pending = self._runner.run(
            self,
            lambda: self._reviews.card(row.approval_id),
            self._arrived,
            self.refused.emit,
            replaces=self._pending,
        )

    def want_nothing(self) -> None:
        """Drop what is under way."""
        self._wanted = None
        if self._pending is not None:
            self._pending.cancel()

    def fetch_ahead(self, row: QueueRow | None) -> None:
        """Fetch the card that will probably be wanted next; a refusal is told when it is really wanted."""
        if row is None or row.approval_id in {self._wanted, self._ahead_id}:
            return
        self._ahead, self._ahead_id = None, row.approval_id
        self._runner.run(
            self, lambda: self._reviews.card(row.approval_id), self._keep, self._forget
        )

    def forget(self) -> None:
        """What was fetched ahead may be out of date."""
        self._ahead = self._ahead_id = None

    def _arrived(self, card: ReviewCard) -> None:
        if card.row.approval_id == self._wanted:
            self.ready.emit(card)

    def _keep(self, card: ReviewCard) -> None:
        if card.row.approval_id == self._ahead_id:
            self._ahead = card

    def _forget(self, _: UserError) -> None:
        self.forget()


def _is_of(card: ReviewCard, row: QueueRow) -> bool:
    return (
        card.row.approval_id == row.approval_id
        and card.row.content_hash == row.content_hash
        and card.row.state == row.state
    )
