"""What the screen 開示 and the section of a file ask of the use cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from desktop.domain.disclosures import (
    DisclosureMove,
    DisclosurePerson,
    DisclosureRow,
    DisclosureSheet,
    RequestInput,
)
from desktop.domain.disclosures_marks import MarkInput


class Disclosures(Protocol):
    """Requests, marks and moves (`services/disclosures`)."""

    def requests(self) -> tuple[DisclosureRow, ...]:
        """Every request the person sees."""

    def sheet(self, disclosure_id: UUID) -> DisclosureSheet:
        """A request with its entries, marks and moves."""

    def mark(self, given: Sequence[MarkInput]) -> DisclosureSheet:
        """Decide about parts, all or none."""

    def lift(self, disclosure_id: UUID, mark_ids: Sequence[UUID]) -> DisclosureSheet:
        """Take decisions back."""

    def move(
        self, disclosure_id: UUID, move: DisclosureMove, shown_hash: str, reason: str = ""
    ) -> DisclosureSheet:
        """Move a request on."""


class DisclosuresOfFiles(Protocol):
    """Requests about one household, and taking one in."""

    def of_household(self, household_id: UUID) -> tuple[DisclosureRow, ...]:
        """The requests about the household."""

    def people(self, household_id: UUID) -> tuple[DisclosurePerson, ...]:
        """Whose information can be asked for."""

    def take(self, given: RequestInput) -> DisclosureRow:
        """Take a request in."""
