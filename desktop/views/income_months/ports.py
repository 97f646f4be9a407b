"""What the section 就労収入 and the grid of monthly papers ask of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.income_months import FileIncomes, IncomeInput


class IncomesOfFiles(Protocol):
    """Earned incomes of an opened file (`services/income_months`)."""

    def of_household(self, household_id: UUID) -> FileIncomes:
        """Every row, with those that were put right."""

    def add(self, given: IncomeInput) -> None:
        """Keep an amount, a correction or a taking back."""


class NotesIncome(Protocol):
    """Keeps an amount where its paper came in."""

    def note(self, given: IncomeInput) -> None:
        """Keep the first amount of a month."""
