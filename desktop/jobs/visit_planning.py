"""A plan proposed in the slow lane: it says how far it has come and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.visit_plan_proposals import PlanProposal
from desktop.domain.visit_plans import PlanKind

STOPPED = "計画案の作成を中止しました。訪問計画は何も変わっていません。"
#: Takes what is done of how much; False stops the planner.
Report = Callable[[int, int], bool]


class Proposes(Protocol):
    """Makes proposals (`services/visit_plans`)."""

    def propose(
        self,
        district_id: UUID,
        kind: PlanKind,
        first_on: date,
        *,
        iterations: int | None = None,
        report: Report | None = None,
    ) -> PlanProposal:
        """A plan to be looked at; nothing is stored."""


@dataclass(frozen=True, slots=True)
class VisitPlanning:
    """Proposals with progress. A stopped one is given up, however good it was: nobody saw it whole."""

    plans: Proposes

    def propose(
        self,
        district_id: UUID,
        kind: PlanKind,
        first_on: date,
        progress: Callable[[int, int, str], object],
        cancelled: Callable[[], bool],
    ) -> PlanProposal:
        """Propose a plan. Raises UserError where somebody stopped it."""

        def report(done: int, total: int) -> bool:
            progress(done, total, "")
            return not cancelled()

        proposal = self.plans.propose(district_id, kind, first_on, report=report)
        if cancelled():
            raise UserError(STOPPED)
        return proposal
