"""What the section 訪問格付 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.visit_grades import GradeInput, GradesOfFile, KeptInput


class GradesOfFiles(Protocol):
    """Visit grades of an opened file (`services/visit_grades`)."""

    def of_household(self, household_id: UUID) -> GradesOfFile:
        """The grades, what asks for a review, and what a proposal is made of."""

    def propose(self, given: GradeInput) -> UUID:
        """Hand a grade to the approvers."""

    def withdraw(self, grade_id: UUID) -> None:
        """Take a proposal back."""

    def keep(self, given: KeptInput) -> None:
        """Record that the grade stays although something happened."""
