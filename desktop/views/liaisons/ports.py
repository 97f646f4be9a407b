"""What the section 関係先 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.liaisons import FileLiaisons, LiaisonInput


class LiaisonsOfFiles(Protocol):
    """Liaisons of an opened file (`services/liaisons`)."""

    def of_household(self, household_id: UUID) -> FileLiaisons:
        """Whom the office may ring about a household, and whom not."""

    def keep(self, given: LiaisonInput) -> None:
        """Keep somebody new, or a further version of somebody known."""
