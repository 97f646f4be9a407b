"""What the section 手続 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.procedure_surveys import TaxSurveys
from desktop.domain.procedures import FileProcedures, ProcedureInput


class ProceduresOfFiles(Protocol):
    """Procedures of an opened file (`services/procedures`)."""

    def of_household(self, household_id: UUID) -> FileProcedures:
        """The procedures, and what can be chosen."""

    def keep(self, given: ProcedureInput) -> None:
        """Keep a procedure, what comes next of one, or that one was wrong."""


class TaxSurveysOfYears(Protocol):
    """The survey of taxed income of the own households (`services/procedures`)."""

    def surveys_of(self, year: int) -> TaxSurveys:
        """The surveys of a year, without their words."""

    def keep(self, given: ProcedureInput) -> None:
        """Keep that one was begun or closed."""
