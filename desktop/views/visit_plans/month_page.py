"""The tab 月間計画: loads a district's month, proposes its days in the slow lane, shows what would move before anything does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import DistrictRow
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_proposals import PlanProposal, VisitReason
from desktop.domain.visit_plan_views import MonthPlan, PlanHead
from desktop.domain.visit_plans import PlanKind
from desktop.jobs.runner import Job, Lane
from desktop.viewmodels.visit_plans_month import as_approved_month, carry_items, of_the_day
from desktop.viewmodels.visit_plans_month_acts import is_approved
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.progress_panel import ProgressPanel
from desktop.views.requests import CARRY_OUTS_SCREEN, ScreenRequest
from desktop.views.visit_plans.message_commands import MessageCommands
from desktop.views.visit_plans.month_commands import MonthCommands
from desktop.views.visit_plans.month_panel import MonthPanel
from desktop.views.visit_plans.ports import PlanLabels, PlanPorts
from desktop.views.visit_plans.proposal_panel import ProposalPanel
from desktop.views.visit_plans.replan_commands import ReplanCommands
from desktop.views.visit_plans.replan_panel import ReplanPanel

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_MAKING = "月の計画案を作っています。"
#: The month, why its visits lie where they lie, and whether files of short messages are offered.
Shown = tuple[MonthPlan, Mapping[UUID, VisitReason], bool]


class MonthPage(QStackedWidget):
    """`opened` carries the household's id, `loaded` says that another month is shown, `calls_requested` carries district and month of a call list. The screen says which district and month."""

    opened = Signal(object)
    loaded = Signal()
    calls_requested = Signal(object)

    def __init__(
        self,
        screen: ScreenView,
        ports: PlanPorts,
        look: Look,
        *,
        clock: Clock,
        dialogs: Dialogs,
        changed: Callable[[UUID], object],
        may_print: bool,
    ) -> None:
        super().__init__()
        self._screen, self._ports, self._changed = screen, ports, changed
        self._at: tuple[DistrictRow, date, PlanLabels, bool] | None = None
        self._as_approved = False
        self._wanted: UUID | None = None
        self._loading: Job[Shown] | None = None
        self._proposing: Job[PlanProposal] | None = None
        self.panel, self.progress = MonthPanel(look, clock.today), ProgressPanel()
        self.panel.may_print = may_print
        self.proposal, self.replan = ProposalPanel(look), ReplanPanel(look)
        for page in (self.panel, self.progress, self.proposal, self.replan):
            self.addWidget(page)
        self.commands = MonthCommands(
            screen,
            self.panel,
            ports.plans,
            dialogs=dialogs,
            reload=self._again,
            changed=changed,
        )
        self.replanning = ReplanCommands(
            screen,
            self.panel,
            self.replan,
            ports,
            today=clock.today,
            show=self._show_page,
            reload=self._again,
            changed=changed,
        )
        self.messaging = MessageCommands(
            screen, self.panel, ports.messages, today=clock.today, dialogs=dialogs
        )
        self.panel.acted.connect(self._act)
        self.panel.opened.connect(lambda line: self.opened.emit(line.household_id))
        self.proposal.taken.connect(self._save)
        self.proposal.left.connect(self._back)

    @property
    def is_approved(self) -> bool:
        """Whether the month shown has an approved plan of its own."""
        return self.panel.plan is not None and is_approved(self.panel.plan)

    def load(
        self,
        district: DistrictRow,
        month: date,
        labels: PlanLabels,
        *,
        may_plan: bool,
        as_approved: bool = False,
    ) -> None:
        """Read a district's month; `as_approved` leaves later changes and results out."""
        if self._at is not None and (
            self._at[0].district_id,
            self._at[1],
        ) != (district.district_id, month):
            self.setCurrentWidget(self.panel)  # a proposal is of one month alone
        self._at, self._as_approved = (district, month, labels, may_plan), as_approved
        plans, messages, may_print = self._ports.plans, self._ports.messages, self.panel.may_print

        def load() -> Shown:
            plan = plans.month(district.district_id, month)
            has_gateway = may_print and messages.is_offered()
            if plan.head is None:
                return plan, {}, has_gateway
            return plan, plans.reasons(plan.head.plan_id), has_gateway

        self._loading = self._screen.run(load, self._show, replaces=self._loading)

    def go_to(self, household_id: UUID) -> None:
        """Put the keyboard on a household's visit as soon as the month is there; an absence asks for the next visit at once."""
        self._wanted = household_id

    def has_unsaved(self) -> bool:
        """Whether a strip is open, or a proposal is not decided about."""
        return self.currentWidget() in {self.proposal, self.replan} or self.panel.has_unsaved()

    def focus_first(self) -> None:
        """Begin with what is at the front."""
        page = self.currentWidget()
        if page is self.panel:
            self.panel.focus_first()
        elif page is self.replan:
            self.replan.focus_first()
        elif page is self.proposal:
            self.proposal.take_button.setFocus()
        else:
            self.progress.stop_button.setFocus()

    def _show(self, shown: Shown) -> None:
        if self._at is None:
            return
        plan, reasons, self.panel.has_gateway = shown
        *_, labels, may_plan = self._at
        only = self._as_approved and is_approved(plan)
        self.panel.show_plan(
            as_approved_month(plan) if only else plan, reasons, labels, may_plan=may_plan
        )
        if self.currentWidget() not in {self.proposal, self.replan}:
            self._back()
        self.loaded.emit()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None or not self.panel.go_to(wanted):
            return
        line = self.panel.line()
        is_absent = line is not None and line.outcome.mark is VisitMark.ABSENT
        if is_absent and self.panel.acts().may_say_absent:
            self.replanning.ask_absent()

    def _show_page(self, page: QWidget) -> None:
        self.setCurrentWidget(page)

    def _back(self) -> None:
        self.setCurrentWidget(self.panel)
        if self.isVisible():
            self.panel.focus_first()

    def _again(self) -> None:
        if self._at is not None:
            district, month, labels, may_plan = self._at
            self.load(district, month, labels, may_plan=may_plan, as_approved=self._as_approved)

    def _act(self, name: str) -> None:
        if name == "propose_month":
            self._propose()
        elif name == "call_list" and self._at is not None:
            self.calls_requested.emit((self._at[0].district_id, self._at[1]))
        elif name == "message_file" and self._at is not None:
            self.messaging.ask(self._at[0], self._at[1])
        elif name == "carry_day" and self.panel.plan is not None:
            lines = of_the_day(self.panel.plan.lines, self.panel.line())
            request = ScreenRequest(key=CARRY_OUTS_SCREEN, carry=carry_items(lines))
            self._screen.screen_requested.emit(request)

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
            self._proposed,
            self._refused,
            lane=Lane.SLOW,
            replaces=self._proposing,
        )

    def _proposed(self, proposal: PlanProposal) -> None:
        """A first plan is a draft at once; one that would move visits is looked at first."""
        if proposal.change.version == 0:
            self._save(proposal)
            return
        names = self.panel.plan.names if self.panel.plan is not None else {}
        self.setCurrentWidget(self.proposal)
        self.proposal.show_proposal(
            proposal,
            {
                key: f"{name.case_number}　{name.head_name or SHIELDED_NAME}"
                for key, name in names.items()
            },
        )

    def _save(self, proposal: PlanProposal) -> None:
        said = f"月の計画案（{proposal.planned}回）を下書きに保存しました。"

        def saved(head: PlanHead) -> None:
            self._screen.messages.clear()
            if proposal.broken:
                self._screen.messages.show_warning("▲ " + "".join(proposal.broken))
            self._screen.announced.emit(said)
            self._back()
            self._changed(head.plan_id)
            self._again()

        self._screen.run(lambda: self._ports.plans.save(proposal.change), saved, self._refused)

    def _refused(self, error: UserError) -> None:
        self._screen.messages.show_error(error)
        self._back()
        self._again()
