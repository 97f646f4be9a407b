"""The tab 月間計画: loads a district's month, proposes its days in the slow lane, and moves its plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.errors import UserError
from desktop.domain.office import DistrictRow
from desktop.domain.visit_plan_proposals import PlanProposal, VisitReason
from desktop.domain.visit_plan_views import MonthPlan
from desktop.domain.visit_plans import PLAN_MOVES, PlanKind, PlanMove
from desktop.jobs.runner import Job, Lane
from desktop.viewmodels.visit_plans_acts import move_of
from desktop.viewmodels.visit_plans_month import carry_items
from desktop.views.look import Look
from desktop.views.progress_panel import ProgressPanel
from desktop.views.requests import CARRY_OUTS_SCREEN, ScreenRequest
from desktop.views.visit_plans.month_panel import MonthPanel
from desktop.views.visit_plans.ports import PlanLabels, PlanPorts

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_MAKING = "月の計画案を作っています。"
_SAID = {
    PlanMove.SUBMIT: "月間訪問計画を提出しました。",
    PlanMove.WITHDRAW: "月間訪問計画を引き戻しました。",
    PlanMove.RETURN: "月間訪問計画を差し戻しました。",
    PlanMove.APPROVE: "月間訪問計画を承認しました。",
}
Shown = tuple[MonthPlan, Mapping[UUID, VisitReason]]


class MonthPage(QStackedWidget):
    """`opened` carries the household's id. The screen says which district and month to show."""

    opened = Signal(object)

    def __init__(self, screen: ScreenView, ports: PlanPorts, look: Look) -> None:
        super().__init__()
        self._screen, self._ports = screen, ports
        self._at: tuple[DistrictRow, date, PlanLabels, bool] | None = None
        self._loading: Job[Shown] | None = None
        self._proposing: Job[PlanProposal] | None = None
        self.panel, self.progress = MonthPanel(look), ProgressPanel()
        for page in (self.panel, self.progress):
            self.addWidget(page)
        self.panel.propose_requested.connect(self._propose)
        self.panel.moved.connect(self._move)
        self.panel.carry_requested.connect(
            lambda lines: screen.screen_requested.emit(
                ScreenRequest(key=CARRY_OUTS_SCREEN, carry=carry_items(lines))
            )
        )
        self.panel.opened.connect(lambda line: self.opened.emit(line.household_id))

    def load(
        self, district: DistrictRow, month: date, labels: PlanLabels, *, may_plan: bool
    ) -> None:
        """Read a district's month."""
        self._at = (district, month, labels, may_plan)
        plans = self._ports.plans

        def load() -> Shown:
            plan = plans.month(district.district_id, month)
            if plan.head is None:
                return plan, {}
            return plan, plans.reasons(plan.head.plan_id)

        self._loading = self._screen.run(load, self._show, replaces=self._loading)

    def focus_first(self) -> None:
        """Begin with what is at the front."""
        if self.currentWidget() is self.panel:
            self.panel.focus_first()
        else:
            self.progress.stop_button.setFocus()

    def _show(self, shown: Shown) -> None:
        if self._at is not None:
            plan, reasons = shown
            *_, labels, may_plan = self._at
            self.panel.show_plan(plan, reasons, labels, may_plan=may_plan)
            self._back()

    def _back(self) -> None:
        self.setCurrentWidget(self.panel)
        if self.isVisible():
            self.panel.focus_first()

    def _again(self) -> None:
        if self._at is not None:
            district, month, labels, may_plan = self._at
            self.load(district, month, labels, may_plan=may_plan)

    def _propose(self) -> None:
        if self._at is None:
            return
        district, month, *_ = self._at
        self._screen.messages.clear()
        progress = self.progress.watch(_MAKING)
        self.setCurrentWidget(self.progress)
        self.progress.stop_button.setFocus()
        self._proposing = self._screen.run(
            lambda: self._ports.planning.propose(
                *(district.district_id, PlanKind.MONTH, month), progress.report, progress.cancelled
            ),
            self._save,
            self._refused,
            lane=Lane.SLOW,
            replaces=self._proposing,
        )

    def _save(self, proposal: PlanProposal) -> None:
        said = f"月の計画案（{proposal.planned}回）を下書きに保存しました。"
        self._screen.run(
            lambda: self._ports.plans.save(proposal.change),
            lambda _: self._done(said),
            self._refused,
        )

    def _move(self, move: PlanMove, words: str) -> None:
        head = self.panel.plan.head if self.panel.plan else None
        if head is not None and (words or not PLAN_MOVES[move].needs_words):
            given = move_of(head, move, words)
            self._screen.run(
                lambda: self._ports.plans.move(given),
                lambda _: self._done(_SAID[move]),
                self._refused,
            )

    def _done(self, said: str) -> None:
        self._screen.messages.clear()
        self._screen.announced.emit(said)
        self._again()

    def _refused(self, error: UserError) -> None:
        self._screen.messages.show_error(error)
        self._again()
