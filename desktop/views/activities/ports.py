"""What the section 支援活動 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.activities import ActivityInput, FileActivities


class ActivitiesOfFiles(Protocol):
    """Acts of support of an opened file (`services/activities`)."""

    def of_household(self, household_id: UUID) -> FileActivities:
        """Everything there is, and what can be chosen."""

    def add(self, given: ActivityInput) -> None:
        """Keep an act."""
