"""Proposing a year: in the slow lane with its progress, looked at before it replaces a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.visit_plan_proposals import PlanProposal
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlanKind
from desktop.jobs.runner import Job, Lane
from desktop.viewmodels.visit_plans import name_of
from desktop.views.visit_plans.ports import PlanPorts
from desktop.views.visit_plans.year_page import YearPage

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_MAKING = "計画案を作っています。"


class YearProposing:
    """`at` gives district and first day; `reload` reads everything anew after a saving, `load` the plan after a refusal."""

    def __init__(
        self,
        screen: ScreenView,
        page: YearPage,
        ports: PlanPorts,
        *,
        at: Callable[[], tuple[UUID, date] | None],
        load: Callable[[], object],
        saved: Callable[[PlanHead], object],
    ) -> None:
        self._screen, self._page, self._ports = screen, page, ports
        self._at, self._load, self._saved = at, load, saved
        self._proposing: Job[PlanProposal] | None = None
        page.propose_requested.connect(self.propose)
        page.proposal.taken.connect(self.save)
        page.proposal.left.connect(self.give_up)

    def propose(self) -> None:
        """Ask the planner; somebody may stop it."""
        at = self._at()
        if at is None:
            return
        self._screen.messages.clear()
        progress = self._page.progress.watch(_MAKING)
        self._page.setCurrentWidget(self._page.progress)
        self._proposing = self._screen.run(
            lambda: self._ports.planning.propose(
                *(at[0], PlanKind.YEAR, at[1]), progress.report, progress.cancelled
            ),
            self._proposed,
            self._refused,
            lane=Lane.SLOW,
            replaces=self._proposing,
        )

    def save(self, proposal: PlanProposal) -> None:
        """Take the proposal over into the draft."""

        def saved(head: PlanHead) -> None:
            self._screen.announced.emit(f"計画案（{proposal.planned:,}回）を下書きに保存しました。")
            self._saved(head)

        self._screen.run(lambda: self._ports.plans.save(proposal.change), saved, self._refused)

    def give_up(self) -> None:
        """Leave the draft as it is."""
        self._page.show_panel()
        self._page.focus_first()

    def _proposed(self, proposal: PlanProposal) -> None:
        """A first plan is a draft at once; one that would move visits is looked at first."""
        if proposal.change.version == 0:
            self.save(proposal)
            return
        plan = self._page.panel.plan
        households = plan.households if plan is not None else ()
        names = {h.household_id: f"{h.case_number}　{name_of(h)}" for h in households}
        self._page.setCurrentWidget(self._page.proposal)
        self._page.proposal.show_proposal(proposal, names)

    def _refused(self, error: UserError) -> None:
        self._screen.messages.show_error(error)
        self._load()
