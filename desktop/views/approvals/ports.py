"""What the review pane asks of the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from desktop.domain.approvals import ApprovalState, Decision, QueueRow
from desktop.domain.review import ReviewCard


class Reviews(Protocol):
    """The signed-in person's review work (`services/approvals`)."""

    def queue(self) -> tuple[QueueRow, ...]:
        """What waits, oldest first."""

    def card(self, approval_id: UUID) -> ReviewCard:
        """Everything to read beside one row."""

    def decide(self, decision: Decision) -> ApprovalState:
        """Make one move on what was displayed."""

    def approve_listed(self, decisions: Sequence[Decision]) -> tuple[tuple[UUID, str], ...]:
        """Approve several rows at once; the refused ones with the sentence why."""
