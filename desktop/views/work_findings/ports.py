"""What the section 稼働能力の活用 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.work_findings import FindingDecisionInput, FindingInput, FindingsOfFile


class FindingsOfFiles(Protocol):
    """Legal findings of an opened file (`services/work_findings`)."""

    def of_household(self, household_id: UUID) -> FindingsOfFile:
        """People and findings."""

    def put_forward(self, given: FindingInput) -> None:
        """Store a finding for somebody else to decide."""

    def decide(self, given: FindingDecisionInput) -> None:
        """Decide a finding."""
