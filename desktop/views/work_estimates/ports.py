"""What the section 試算・給付 asks of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.work_estimates import Estimate
from desktop.domain.work_estimates_cases import CaseInput, DecisionInput, EstimateInput, WorkMoney


class EstimatesOfFiles(Protocol):
    """Estimates and benefit cases of an opened file (`services/work_estimates`)."""

    def of_household(self, household_id: UUID) -> WorkMoney:
        """People and cases."""

    def estimate(self, household_id: UUID, person_id: UUID, given: EstimateInput) -> Estimate:
        """What comes out of it."""

    def apply(self, given: CaseInput) -> None:
        """Keep an application."""

    def record_decision(self, given: DecisionInput) -> None:
        """Record what the benefit system decided."""
