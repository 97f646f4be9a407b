"""What the buttons of the yearly plan do: every act is one call of a service, then the plan is read anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.errors import ConflictError, UserError
from desktop.domain.ids import new_id
from desktop.domain.need_points import PointsInput
from desktop.domain.visit_plan_proposals import MoveTrial
from desktop.domain.visit_plan_views import PlanHead, YearPlan
from desktop.domain.visit_plans import (
    PLAN_MOVES,
    UNDER_FLOOR,
    Deviation,
    PlanException,
    PlanMove,
    PlannedVisit,
    VisitKind,
)
from desktop.jobs.runner import Job
from desktop.viewmodels.visit_plans_acts import (
    Target,
    change_of,
    deviation_of,
    move_of,
    visit_by_hand,
)
from desktop.viewmodels.visit_plans_words import trial_words
from desktop.views.dialogs import Dialogs
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
_AFTER = "この計画は承認されています。計画は変えず、変更として理由とともに残します。"
_POINTS = "この訪問だけの加減です。順番に効き、訪問を減らすことはありません。世帯には残らず、印刷もされません。"
_WEEK = timedelta(days=7)


class YearCommands:
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
        self._screen, self._panel, self._plans = screen, panel, plans
        self._dialogs, self._reload, self._changed = dialogs, reload, changed
        self._trial: Job[MoveTrial] | None = None
        self._deviates: Callable[[str, str], object] = lambda *_: None
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
        strips.note.given.connect(self.note)
        strips.back.given.connect(lambda words: self.move(PlanMove.RETURN, words))
        strips.exception.given.connect(self.set_exception)
        strips.deviation.given.connect(self.deviate)
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
            self._ask_deviation(plan, Deviation.MOVED, visit, month=trial.month)

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

    def lock(self) -> None:
        """Fix the visit at hand, or free it."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is None or visit is None:
            return
        head, locked = plan.head, not visit.is_locked
        self._act(
            lambda: self._plans.lock_visit(
                head.plan_id, head.version, visit.visit_id, save_id=new_id(), is_locked=locked
            ),
            "訪問を固定しました。" if locked else "固定を解きました。",
        )

    def ask_note(self) -> None:
        """Ask for the note of the visit at hand."""
        visit = self._panel.visit()
        if visit is not None:
            form = self._panel.strips.note
            self._panel.strips.show_form(form)
            form.ask("備考は世帯のファイルを開いたときだけ読めます。", visit.note)

    def note(self, words: str) -> None:
        """Write it."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is not None and visit is not None:
            head = plan.head
            self._act(
                lambda: self._plans.note_visit(
                    head.plan_id, head.version, visit.visit_id, words, save_id=new_id()
                ),
                "備考を保存しました。",
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
            self._ask_deviation(
                plan, Deviation.ADDED, None, month=month, kind=kind, minutes=minutes
            )

    def cancel(self) -> None:
        """Take the visit out of the draft; after the approval it is cancelled with its reason."""
        plan, visit = self._panel.plan, self._panel.visit()
        if plan is None or visit is None:
            return
        if not plan.may_edit:
            self._ask_deviation(plan, Deviation.CANCELLED, visit)
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

    def ask_return(self) -> None:
        """Ask for the words of a return."""
        form = self._panel.strips.back
        self._panel.strips.show_form(form)
        form.ask("何を直すかを、作った人に分かるように書いてください。")

    def move(self, move: PlanMove, words: str = "") -> None:
        """Submit, withdraw, return or approve what is shown."""
        plan = self._panel.plan
        if plan is not None and (words or not PLAN_MOVES[move].needs_words):
            given = move_of(plan.head, move, words)
            self._act(lambda: self._plans.move(given), _SAID[move])

    def deviate(self, reason: str, words: str) -> None:
        """Note the change that was asked about, with its reason."""
        self._deviates(reason, words)

    def _ask_deviation(
        self,
        plan: YearPlan,
        change: Deviation,
        visit: PlannedVisit | None,
        *,
        month: date | None = None,
        kind: VisitKind = VisitKind.EXTRA,
        minutes: int = 0,
    ) -> None:
        household = self._panel.household()
        if household is None:
            return

        def deviate(reason: str, words: str) -> None:
            now = (
                self._panel.plan or plan
            )  # as it is shown now: somebody may have changed it meanwhile
            given = deviation_of(
                *(now, change, household.household_id, visit),
                reason=reason,
                words=words,
                to=Target(month=month, kind=kind, minutes=minutes),
            )
            self._act(lambda: self._plans.deviate(given), "変更を記録しました。")

        self._deviates = deviate
        form = self._panel.strips.deviation
        self._panel.strips.show_form(form)
        form.ask(_AFTER, self._panel.labels.deviations)

    def _act(self, act: Callable[[], PlanHead | int | None], said: str) -> None:
        self._screen.run(act, lambda _: self._done(said), self._refused)

    def _done(self, said: str) -> None:
        self._screen.messages.clear()
        self._panel.leave()
        self._screen.announced.emit(said)
        if self._panel.plan is not None:
            self._changed(self._panel.plan.head.plan_id)
        self._reload()

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there. Where somebody was faster the plan is read anew; what was typed stays."""
        self._screen.messages.clear()
        form = self._panel.strips.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self._screen.messages.show_error(sentence)
        if form is None or isinstance(error, ConflictError):
            self._reload()
