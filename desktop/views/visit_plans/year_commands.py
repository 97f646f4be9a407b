"""What the buttons of the yearly plan do: every act is one call of a service, then the plan is read anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.need_points import PointsInput
from desktop.domain.visit_plan_proposals import MoveTrial
from desktop.domain.visit_plans import (
    UNDER_FLOOR,
    Deviation,
    PlanException,
    PlanMove,
    PlannedVisit,
    VisitKind,
)
from desktop.viewmodels.visit_plans_acts import (
    Target,
    change_of,
    visit_by_hand,
)
from desktop.viewmodels.visit_plans_words import trial_words
from desktop.views.dialogs import Dialogs
from desktop.views.visit_plans.plan_commands import PlanCommands
from desktop.views.visit_plans.ports import VisitPlans
from desktop.views.visit_plans.year_panel import YearPanel

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_SAID = {
    PlanMove.SUBMIT: "訪問計画を提出しました。",
    PlanMove.WITHDRAW: "訪問計画を引き戻しました。",
    PlanMove.RETURN: "訪問計画を差し戻しました。",
    PlanMove.APPROVE: "訪問計画を承認しました。",
}
_POINTS = "この訪問だけの加減です。順番に効き、訪問を減らすことはありません。世帯には残らず、印刷もされません。"
_WEEK = timedelta(days=7)


class YearCommands(PlanCommands):
    """Acts on what the panel shows; `reload` reads the plan anew, `changed` tells other screens of it."""

    def __init__(
        self,
        screen: ScreenView,
        panel: YearPanel,
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
            "ask_next_week": self.ask_next_week,
            "lock_visit": self.lock,
            "note_visit": self.ask_note,
            "give_points": self.ask_points,
            "add_visit": self.ask_add,
            "cancel_visit": self.cancel,
            "except_household": self.ask_exception,
            "next_visit": panel.next_visit,
            "submit_plan": self.submit,
            "withdraw_plan": lambda: self.move(PlanMove.WITHDRAW),
            "approve_plan": lambda: self.move(PlanMove.APPROVE),
            "return_plan": self.ask_return,
        }
        panel.acted.connect(lambda name: acts.get(name, lambda: None)())
        panel.trial_requested.connect(self.try_move)
        panel.trial_taken.connect(self.take)
        strips = panel.strips
        strips.exception.given.connect(self.set_exception)
        strips.add.given.connect(self.add)
        strips.points.given.connect(self.give_points)

    def try_move(self, visit: PlannedVisit, month: date) -> None:
        """Ask what a move takes; an older question is dropped."""
        plan = self._panel.plan
        if plan is not None:
            plan_id = plan.head.plan_id
            self._trial = self._screen.run(
                lambda: self._plans.try_move(plan_id, visit.visit_id, month),
                self._panel.show_trial,
                self._refused,
                replaces=self._trial,
            )

    def take(self, trial: MoveTrial) -> None:
        """Move the visit; after the approval the reason is asked for first."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is None or visit is None:
            return
        if plan.may_edit:
            head = plan.head
            self._act(
                lambda: self._plans.move_visit(head.plan_id, head.version, trial, save_id=new_id()),
                "訪問を移し、その月に固定しました。",
            )
        else:
            to = Target(month=trial.month)
            self._ask_deviation(Deviation.MOVED, visit.household_id, visit, to)

    def ask_next_week(self) -> None:
        """翌週ではだめか: the answer stands beside the visit."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is None or visit is None or visit.day is None:
            return
        day, plan_id = visit.day + _WEEK, plan.head.plan_id
        month = day.replace(day=1)
        if month not in plan.months:
            self._panel.side.next_week.say("翌週は、この計画の期間の外です。")
            return

        def show(trial: MoveTrial) -> None:
            words = trial.words or trial_words(trial, {})
            self._panel.side.next_week.say(f"翌週では：{words}")
            self._panel.tabs.setCurrentWidget(self._panel.side)

        self._trial = self._screen.run(
            lambda: self._plans.try_move(plan_id, visit.visit_id, month, day),
            show,
            self._refused,
            replaces=self._trial,
        )

    def ask_points(self) -> None:
        """Ask for need points of the visit at hand."""
        if self._panel.visit() is not None:
            form = self._panel.strips.points
            self._panel.strips.show_form(form)
            form.ask(_POINTS)

    def give_points(self, points: int, reason: str) -> None:
        """Store them; the next proposal orders by them."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is not None and visit is not None:
            given = PointsInput(
                point_id=new_id(),
                plan_id=plan.head.plan_id,
                visit_id=visit.visit_id,
                points=points,
                reason=reason,
            )
            self._act(lambda: self._plans.give_points(given), "必要度の加減を保存しました。")

    def ask_add(self) -> None:
        """Ask for a visit more in the month at hand."""
        plan = self._panel.plan
        if plan is not None:
            form = self._panel.strips.add
            self._panel.strips.show_form(form)
            kind = VisitKind.PLANNED if plan.may_edit else VisitKind.EXTRA
            form.ask("選んだ世帯の選んだ月に訪問を追加します。", kind)

    def add(self, kind: VisitKind, minutes: int) -> None:
        """Put it into the draft; after the approval the reason is asked for."""
        plan, household = self._panel.plan, self._panel.household()
        column = self._panel.table.currentIndex().column()
        if plan is None or household is None:
            return
        month = plan.months[column]
        if plan.may_edit:
            visit = visit_by_hand(household.household_id, month, kind, minutes)
            change = change_of(plan.head, visits=(visit,))
            self._act(lambda: self._plans.save(change), "訪問を追加しました。")
        else:
            to = Target(month=month, kind=kind, minutes=minutes)
            self._ask_deviation(Deviation.ADDED, household.household_id, None, to)

    def cancel(self) -> None:
        """Take the visit out of the draft; after the approval it is cancelled with its reason."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is None or visit is None:
            return
        if not plan.may_edit:
            self._ask_deviation(Deviation.CANCELLED, visit.household_id, visit, Target())
            return
        change = change_of(plan.head, removed=(visit.visit_id,))
        self._dialogs.confirm(
            self._screen,
            "この訪問を計画から外します。計画案を作り直すと、必要な訪問はまた入ります。",
            "外す",
            lambda: self._act(lambda: self._plans.save(change), "訪問を計画から外しました。"),
        )

    def ask_exception(self) -> None:
        """Ask why the household is visited less often than the law asks."""
        household = self._panel.household()
        if household is not None:
            form = self._panel.strips.exception
            self._panel.strips.show_form(form)
            said = f"{household.case_number}　法定 年{household.required}回に対し計画 {household.planned}回です。"
            form.ask(
                said, self._panel.labels.exceptions, household.exception, household.exception_words
            )

    def set_exception(self, reason: str, words: str) -> None:
        """Store it."""
        plan, household = self._panel.plan, self._panel.household()
        if plan is not None and household is not None:
            made = PlanException(household_id=household.household_id, reason=reason, words=words)
            change = change_of(plan.head, exceptions=(made,))
            self._act(lambda: self._plans.save(change), "例外の理由を保存しました。")

    def submit(self) -> None:
        """Hand the plan in; households under the floor without an exception are shown instead."""
        plan = self._panel.plan
        if plan is not None and plan.short:
            at = self._panel.model.index_of(plan.short[0].household_id)
            self._panel.table.setCurrentIndex(at)
            self._screen.messages.show_error(f"{UNDER_FLOOR}（{len(plan.short)}世帯）")
            return
        self.move(PlanMove.SUBMIT)
