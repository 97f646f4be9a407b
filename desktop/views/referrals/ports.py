"""What the section 支援要請 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.referrals import FileReferrals, ReferralInput, ReferralStepInput


class ReferralsOfFiles(Protocol):
    """Requests to Hello Work of an opened file (`services/referrals`)."""

    def of_household(self, household_id: UUID) -> FileReferrals:
        """The requests and what came back."""

    def ask(self, given: ReferralInput) -> None:
        """Keep a request."""

    def note_step(self, given: ReferralStepInput) -> None:
        """Keep what came back."""
