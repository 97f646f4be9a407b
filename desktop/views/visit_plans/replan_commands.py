"""Re-planning from the month: the caseworker says what happened, looks at what would move, and takes it over or leaves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_views import MonthLine, PlanHead
from desktop.domain.visit_replans import LostHalves, NobodyMet, PlanEvent, Replan, UrgentVisit
from desktop.domain.working_time import AwayInput, HalfDay
from desktop.jobs.runner import Job, Lane
from desktop.viewmodels.visit_plans_month_acts import Lost, open_visit, went_at
from desktop.viewmodels.visit_plans_month_review import who_of
from desktop.views.visit_plans.month_panel import MonthPanel
from desktop.views.visit_plans.ports import PlanPorts
from desktop.views.visit_plans.replan_panel import ReplanPanel

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_ABSENT = "{who}：だれにも会えなかった訪問の代わりを、できれば別の時間帯に探します。"
_URGENT = "急に訪問が要る世帯の訪問を、期限までの半日に探します。"
_LOST = "訪問に出られない半日の訪問を、ほかの半日へ移します。登録済みの休みや当番に合わせるときも、その日を入れてください。"
_DONE = "計画を組み直しました。動いた訪問は変更として残っています。"


class ReplanCommands:
    """`show` brings a page to the front; `reload` reads the month anew, `changed` tells other screens of the plan."""

    def __init__(
        self,
        screen: ScreenView,
        panel: MonthPanel,
        page: ReplanPanel,
        ports: PlanPorts,
        *,
        today: Callable[[], date],
        show: Callable[[MonthPanel | ReplanPanel], object],
        reload: Callable[[], object],
        changed: Callable[[UUID], object],
    ) -> None:
        self._screen, self._panel, self._page, self._ports = screen, panel, page, ports
        self._today, self._show, self._reload, self._changed = today, show, reload, changed
        self._asking: Job[Replan] | None = None
        self._absent: UUID | None = None
        acts: dict[str, Callable[[], object]] = {
            "replan_absent": self.ask_absent,
            "replan_urgent": self.ask_urgent,
            "replan_lost": self.ask_lost,
        }
        panel.acted.connect(lambda name: acts.get(name, lambda: None)())
        panel.strips.absent.given.connect(self.absent)
        panel.strips.urgent.given.connect(self.urgent)
        panel.strips.lost.given.connect(self.lost)
        page.taken.connect(self.take)
        page.left.connect(self.leave)

    def ask_absent(self) -> None:
        """Ask when nobody was met; what the record says is filled in."""
        line, plan = self._panel.line(), self._panel.plan
        visit = open_visit(line)
        if line is None or plan is None or visit is None:
            return
        self._absent = visit.visit_id
        self._panel.strips.show_form(self._panel.strips.absent)
        heading = _ABSENT.format(who=who_of(plan, line.household_id))
        self._panel.strips.absent.ask(heading, went_at(line, self._today()))

    def absent(self, at: HalfDay) -> None:
        """Look for the next visit after an absence."""
        if self._absent is not None:
            self._ask(NobodyMet(visit_id=self._absent, on=at.day, half=at.half))

    def ask_urgent(self) -> None:
        """Ask which household must be visited by when."""
        plan, line = self._panel.plan, self._panel.line()
        if plan is not None:
            self._panel.strips.show_form(self._panel.strips.urgent)
            at_hand = line.household_id if isinstance(line, MonthLine) else None
            self._panel.strips.urgent.ask(_URGENT, plan.names, at_hand)

    def urgent(self, household_id: UUID, until: date, minutes: int) -> None:
        """Look for a half-day until then."""
        self._ask(UrgentVisit(household_id=household_id, until=until, minutes=minutes))

    def ask_lost(self) -> None:
        """Ask in which half-days the caseworker cannot go."""
        self._panel.strips.show_form(self._panel.strips.lost)
        self._panel.strips.lost.ask(_LOST, self._today())

    def lost(self, given: Lost) -> None:
        """Look where the visits of these half-days go."""
        head = self._head()
        if head is None:
            return
        away = AwayInput(
            away_id=new_id(),
            staff_id=head.caseworker_id,
            kind=given.kind,
            first_on=given.first_on,
            last_on=given.last_on,
            half=given.half,
        )
        self._ask(LostHalves(halves=given.halves, away=away))

    def take(self, proposal: Replan) -> None:
        """Store what was looked at; lost half-days are entered into the working time as well."""
        plans = self._ports.plans
        self._screen.run(
            lambda: plans.take_over(proposal), lambda _: self._taken(proposal), self._not_taken
        )

    def leave(self) -> None:
        """Give the proposal up: nothing was changed."""
        self._show(self._panel)
        self._panel.leave()

    def _ask(self, event: PlanEvent) -> None:
        head = self._head()
        if head is None:
            return
        self._screen.messages.clear()
        self._asking = self._screen.run(
            lambda: self._ports.plans.replan(head.plan_id, event),
            self._look,
            self._refused,
            lane=Lane.SLOW,
            replaces=self._asking,
        )

    def _look(self, proposal: Replan) -> None:
        self._panel.strips.show_none()
        names = self._panel.plan.names if self._panel.plan is not None else {}
        self._show(self._page)
        self._page.show_proposal(proposal, names)

    def _taken(self, proposal: Replan) -> None:
        self._screen.messages.clear()
        if proposal.broken_promises:
            count = len(proposal.broken_promises)
            self._screen.messages.show_warning(
                f"予告した訪問が{count}件動きました。世帯に知らせてください。"
            )
        self._show(self._panel)
        self._panel.leave()
        self._screen.announced.emit(_DONE)
        self._changed(proposal.plan_id)
        self._reload()

    def _not_taken(self, error: UserError) -> None:
        """Somebody was faster: the month as it is now, and the sentence; the proposal was for another one."""
        self._screen.messages.show_error(error)
        self._show(self._panel)
        self._reload()

    def _refused(self, error: UserError) -> None:
        form = self._panel.strips.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self._screen.messages.show_error(sentence)

    def _head(self) -> PlanHead | None:
        return self._panel.plan.head if self._panel.plan is not None else None
