"""What the section 手続 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.procedures import FileProcedures, ProcedureInput


class ProceduresOfFiles(Protocol):
    """Procedures of an opened file (`services/procedures`)."""

    def of_household(self, household_id: UUID) -> FileProcedures:
        """The procedures, and what can be chosen."""

    def keep(self, given: ProcedureInput) -> None:
        """Keep a procedure, what comes next of one, or that one was wrong."""
