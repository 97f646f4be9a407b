"""What the section 就労・定着 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.employment_spells import CheckInput, EndInput, FileSpells, SpellInput


class SpellsOfFiles(Protocol):
    """Starts of work of an opened file (`services/employment_spells`)."""

    def of_household(self, household_id: UUID) -> FileSpells:
        """The starts, with checks and ends."""

    def begin(self, given: SpellInput) -> None:
        """Keep a start."""

    def answer(self, given: CheckInput) -> None:
        """Keep whether somebody still works."""

    def end(self, given: EndInput) -> None:
        """Keep an end."""
