"""What the screen 申告 and the section of a file ask of the use cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desktop.domain.declarations import (
    Board,
    BoardOwner,
    DeclarationsOfFile,
    Due,
    DutyInput,
    MissingInput,
    ReceiptInput,
)

if TYPE_CHECKING:
    from desktop.services.declarations import TakenIn


class Declarations(Protocol):
    """Boards, receipts, reasons and cycles (`services/declarations`)."""

    def owners(self) -> tuple[BoardOwner, ...]:
        """Whose boards may be looked at, the own one first."""

    def board(self, district_ids: Collection[UUID], first: date) -> Board:
        """The year from a month on."""

    def receive(self, given: ReceiptInput, *, asks_first: bool = False) -> TakenIn:
        """Take a declaration in, or be offered papers that lie there already."""

    def strike(self, receipt_id: UUID, reason: str) -> None:
        """Strike a wrong link."""

    def explain(self, given: MissingInput) -> None:
        """Note why one has not come."""

    def set_duty(self, given: DutyInput) -> None:
        """Say how often a person declares."""


class DeclarationsOfFiles(Protocol):
    """Reads the declarations of an opened file."""

    def of_household(self, household_id: UUID) -> DeclarationsOfFile:
        """Every due declaration with its words, and the cycles given."""


class ChoosesLetters(Protocol):
    """Is told what the letters of the next print run ask for."""

    def choose(self, letters: Sequence[Sequence[Due]]) -> tuple[UUID, ...]:
        """An id for each letter."""


class ChoosesTable(Protocol):
    """Is told which register the next print run draws."""

    def choose(self, asked: tuple[BoardOwner, date], /) -> tuple[UUID, ...]:
        """The id of the one register."""
