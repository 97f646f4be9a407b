"""What the section and the screen 移管 ask of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.transfers import (
    TransferInput,
    TransferLine,
    TransferMoveInput,
    TransfersOfFile,
)


class TransfersOfFiles(Protocol):
    """Reads and moves the transfers of an opened file (`services/transfers`)."""

    def of_household(self, household_id: UUID) -> TransfersOfFile:
        """Every transfer with its words, the newest first, and what a new one may choose from."""

    def save(self, given: TransferInput) -> int:
        """Draft a transfer or change it."""

    def move(self, household_id: UUID, given: TransferMoveInput) -> int:
        """Approve, return, send, acknowledge or withdraw."""

    def confirm(self, transfer_id: UUID, version: int) -> int:
        """Address and envelope of a shielded household were compared."""


class TransferLists(Protocol):
    """Reads the office's list."""

    def lines(self, *, with_ended: bool = False) -> tuple[TransferLine, ...]:
        """What is under way, the most urgent first; or everything."""
