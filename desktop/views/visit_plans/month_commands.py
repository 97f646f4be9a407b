"""What the buttons of the month do: every act is one call of a service, then the month is read anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_proposals import MoveTrial
from desktop.domain.visit_plan_views import MonthPlan
from desktop.domain.visit_plans import Deviation, PlanMove, PlannedVisit, VisitKind
from desktop.domain.working_time import HalfDay
from desktop.viewmodels.visit_plans_acts import (
    Target,
    change_of,
    visit_by_hand,
)
from desktop.viewmodels.visit_plans_month_acts import last_day
from desktop.viewmodels.visit_plans_words import trial_words
from desktop.views.dialogs import Dialogs
from desktop.views.visit_plans.month_panel import MonthPanel
from desktop.views.visit_plans.plan_commands import PlanCommands
from desktop.views.visit_plans.ports import VisitPlans

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_SAID = {
    PlanMove.SUBMIT: "月間訪問計画を提出しました。",
    PlanMove.WITHDRAW: "月間訪問計画を引き戻しました。",
    PlanMove.RETURN: "月間訪問計画を差し戻しました。",
    PlanMove.APPROVE: "月間訪問計画を承認しました。",
}
_WEEK = timedelta(days=7)


class MonthCommands(PlanCommands):
    """Acts on what the panel shows; `reload` reads the month anew, `changed` tells other screens of the plan."""

    def __init__(
        self,
        screen: ScreenView,
        panel: MonthPanel,
        plans: VisitPlans,
        *,
        dialogs: Dialogs,
        reload: Callable[[], object],
        changed: Callable[[UUID], object],
    ) -> None:
        super().__init__(
            screen,
            panel,
            plans,
            dialogs=dialogs,
            said=_SAID,
            reload=reload,
            changed=changed,
        )
        self._panel = panel
        acts: dict[str, Callable[[], object]] = {
            "month_next_week": self.ask_next_week,
            "lock_month_visit": self.lock,
            "note_month_visit": self.ask_note,
            "add_month_visit": self.ask_add,
            "cancel_month_visit": self.cancel,
        }
        panel.acted.connect(lambda name: acts.get(name, lambda: None)())
        panel.moved.connect(self._press_move)
        panel.trial_requested.connect(self.try_move)
        panel.trial_taken.connect(self.take)
        panel.strips.add.given.connect(self.add)

    def try_move(self, visit: PlannedVisit, at: HalfDay) -> None:
        """Ask what a move takes; an older question is dropped."""
        head = self._head()
        if head is None:
            return
        month = at.day.replace(day=1)
        self._trial = self._screen.run(
            lambda: self._plans.try_move(head.plan_id, visit.visit_id, month, at.day, at.half),
            self._panel.show_trial,
            self._trial_refused,
            replaces=self._trial,
        )

    def take(self, trial: MoveTrial) -> None:
        """Move the visit; after the approval the reason is asked for first."""
        plan, head, visit = self._panel.plan, self._head(), self._visit(trial.visit_id)
        if plan is None or head is None or visit is None:
            return
        if plan.may_edit:
            self._act(
                lambda: self._plans.move_visit(head.plan_id, head.version, trial, save_id=new_id()),
                "訪問を移し、その半日に固定しました。",
            )
            return
        to = Target(month=trial.month, day=trial.day, half=trial.half)
        self._ask_deviation(Deviation.MOVED, visit.household_id, visit, to)

    def ask_next_week(self) -> None:
        """翌週ではだめか: the answer stands beside the visit."""
        plan, head, visit = self._panel.plan, self._head(), self._panel.visit()
        if plan is None or head is None or visit is None or visit.day is None:
            return
        day = visit.day + _WEEK
        if day > last_day(plan):
            self._panel.side.next_week.say("翌週は、この月の外です。")
            return

        def show(trial: MoveTrial) -> None:
            self._panel.side.next_week.say(f"翌週では：{trial.words or trial_words(trial, {})}")
            self._panel.tabs.setCurrentWidget(self._panel.side)

        self._trial = self._screen.run(
            lambda: self._plans.try_move(head.plan_id, visit.visit_id, day.replace(day=1), day),
            show,
            self._refused,
            replaces=self._trial,
        )

    def ask_add(self) -> None:
        """Ask for a visit more: whose, when, how long."""
        plan, line = self._panel.plan, self._panel.line()
        if plan is not None:
            form = self._panel.strips.add
            self._panel.strips.show_form(form)
            kind = VisitKind.PLANNED if plan.may_edit else VisitKind.EXTRA
            at_hand = line.household_id if line is not None else None
            form.ask("この月の半日に訪問を追加します。", plan.names, at_hand, kind)

    def add(self, household_id: UUID, at: HalfDay, kind: VisitKind, minutes: int) -> None:
        """Put it into the draft; after the approval the reason is asked for."""
        plan, head = self._panel.plan, self._head()
        if plan is None or head is None:
            return
        month = at.day.replace(day=1)
        if plan.may_edit:
            visit = visit_by_hand(household_id, month, kind, minutes, at=at)
            change = change_of(head, visits=(visit,))
            self._act(lambda: self._plans.save(change), "訪問を追加しました。")
            return
        to = Target(month=month, day=at.day, half=at.half, kind=kind, minutes=minutes)
        self._ask_deviation(Deviation.ADDED, household_id, None, to)

    def cancel(self) -> None:
        """Take the visit out of the draft; after the approval it is cancelled with its reason."""
        plan, head, visit = self._panel.plan, self._head(), self._panel.visit()
        if plan is None or head is None or visit is None:
            return
        if not plan.may_edit:
            self._ask_deviation(Deviation.CANCELLED, visit.household_id, visit, Target())
            return
        change = change_of(head, removed=(visit.visit_id,))
        self._dialogs.confirm(
            self._screen,
            "この訪問を月間計画から外します。年間計画の訪問はそのまま残り、要点に「入れていない訪問」として出ます。",
            "外す",
            lambda: self._act(lambda: self._plans.save(change), "訪問を計画から外しました。"),
        )

    def _press_move(self, move: PlanMove) -> None:
        if move is PlanMove.RETURN:
            self.ask_return()
        else:
            self.move(move)

    def _visit(self, visit_id: UUID) -> PlannedVisit | None:
        plan: MonthPlan | None = self._panel.plan
        lines = plan.lines if plan is not None else ()
        return next((v for v in (x.visit for x in lines) if v and v.visit_id == visit_id), None)

    def _trial_refused(self, error: UserError) -> None:
        self._panel.end_trial()
        self._refused(error)
