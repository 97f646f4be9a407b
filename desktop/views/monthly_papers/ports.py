"""What the screen 毎月の書類 asks of the use cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desktop.domain.declarations import BoardOwner, MissingInput, ReceiptInput
from desktop.domain.monthly_paper_forms import CardWish, FormsAsked
from desktop.domain.monthly_papers import (
    FilePaper,
    PaperGrid,
    PaperMissingInput,
    PaperReceiptInput,
)

if TYPE_CHECKING:
    from desktop.services.declarations import TakenIn


class MonthlyPapers(Protocol):
    """Grids, receipts and reasons (`services/monthly_papers`)."""

    def owners(self) -> tuple[BoardOwner, ...]:
        """Whose grids may be looked at, the own one first."""

    def grid(self, district_ids: Collection[UUID], month: date) -> PaperGrid:
        """The papers about a month."""

    def receive(self, given: PaperReceiptInput, *, asks_first: bool = False) -> TakenIn:
        """Take a paper in, or be offered papers that lie there already."""

    def strike(self, given: PaperReceiptInput) -> None:
        """Take a link back."""

    def explain(self, given: PaperMissingInput) -> None:
        """Note why one has not come."""


class PapersOfFiles(Protocol):
    """Reads the monthly papers of an opened file."""

    def of_household(self, household_id: UUID) -> tuple[FilePaper, ...]:
        """Every paper that was asked for, with the words of its reasons."""


class IncomeDeclarations(Protocol):
    """Income declarations are taken in by their own use cases (`services/declarations`)."""

    def receive(self, given: ReceiptInput, *, asks_first: bool = False) -> TakenIn:
        """Take a declaration in, or be offered papers that lie there already."""

    def strike(self, receipt_id: UUID, reason: str) -> None:
        """Strike a wrong link."""

    def explain(self, given: MissingInput) -> None:
        """Note why one has not come."""


class ChoosesCards(Protocol):
    """Is told what the cards of the next print run ask for."""

    def choose(self, cards: Sequence[Sequence[CardWish]], language: str = "") -> tuple[UUID, ...]:
        """An id for each card; `language` is a code of the office's table, "" the usual words."""


class ChoosesForms(Protocol):
    """Is told which forms the next print run draws."""

    def choose(self, asked: FormsAsked, /) -> tuple[UUID, ...]:
        """The id of the one choice."""
