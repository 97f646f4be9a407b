"""What the section 指導・指示 asks of the use cases."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from desktop.domain.conferences import MatterInput
from desktop.domain.guidance_forms import CaseInput, GuidanceOfFile, StepInput


class GuidanceOfFiles(Protocol):
    """Guidance of an opened file (`services/guidance`)."""

    def of_household(self, household_id: UUID) -> GuidanceOfFile:
        """Cases, people, and what steps may name."""

    def open_case(self, given: CaseInput) -> None:
        """Begin a case."""

    def record(self, given: StepInput) -> None:
        """Record one step."""


class Agendas(Protocol):
    """Conferences that take matters (`services/conferences`)."""

    def add_matters(self, given: Collection[MatterInput]) -> None:
        """Put cases on the agenda."""
