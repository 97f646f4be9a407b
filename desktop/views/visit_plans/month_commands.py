"""What the buttons of the month do: every act is one call of a service, then the month is read anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.errors import ConflictError, UserError
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_proposals import MoveTrial
from desktop.domain.visit_plan_views import MonthPlan, PlanHead
from desktop.domain.visit_plans import PLAN_MOVES, Deviation, PlanMove, PlannedVisit, VisitKind
from desktop.domain.working_time import HalfDay
from desktop.jobs.runner import Job
from desktop.viewmodels.visit_plans_acts import (
    Target,
    change_of,
    deviation_of,
    move_of,
    visit_by_hand,
)
from desktop.viewmodels.visit_plans_month_acts import last_day
from desktop.viewmodels.visit_plans_words import trial_words
from desktop.views.dialogs import Dialogs
from desktop.views.visit_plans.month_panel import MonthPanel
from desktop.views.visit_plans.ports import VisitPlans

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_SAID = {
    PlanMove.SUBMIT: "月間訪問計画を提出しました。",
    PlanMove.WITHDRAW: "月間訪問計画を引き戻しました。",
    PlanMove.RETURN: "月間訪問計画を差し戻しました。",
    PlanMove.APPROVE: "月間訪問計画を承認しました。",
}
_AFTER = "この計画は承認されています。計画は変えず、変更として理由とともに残します。"
_WEEK = timedelta(days=7)


class MonthCommands:
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
        self._screen, self._panel, self._plans = screen, panel, plans
        self._dialogs, self._reload, self._changed = dialogs, reload, changed
        self._trial: Job[MoveTrial] | None = None
        self._about: PlannedVisit | None = None
        self._deviates: Callable[[str, str], object] = lambda *_: None
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
        strips = panel.strips
        strips.note.given.connect(self.note)
        strips.back.given.connect(lambda words: self.move(PlanMove.RETURN, words))
        strips.deviation.given.connect(self.deviate)
        strips.add.given.connect(self.add)

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

    def lock(self) -> None:
        """Fix the visit at hand, or free it."""
        head, visit = self._head(), self._panel.visit()
        if head is None or visit is None:
            return
        locked = not visit.is_locked
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
            self._about = visit
            form = self._panel.strips.note
            self._panel.strips.show_form(form)
            form.ask("備考は世帯のファイルを開いたときだけ読めます。", visit.note)

    def note(self, words: str) -> None:
        """Write it."""
        head, visit = self._head(), self._about
        if head is not None and visit is not None:
            self._act(
                lambda: self._plans.note_visit(
                    head.plan_id, head.version, visit.visit_id, words, save_id=new_id()
                ),
                "備考を保存しました。",
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

    def deviate(self, reason: str, words: str) -> None:
        """Note the change that was asked about, with its reason."""
        self._deviates(reason, words)

    def move(self, move: PlanMove, words: str = "") -> None:
        """Submit, withdraw, return or approve what is shown."""
        head = self._head()
        if head is not None and (words or not PLAN_MOVES[move].needs_words):
            given = move_of(head, move, words)
            self._act(lambda: self._plans.move(given), _SAID[move])

    def _press_move(self, move: PlanMove) -> None:
        if move is PlanMove.RETURN:
            form = self._panel.strips.back
            self._panel.strips.show_form(form)
            form.ask("何を直すかを、作った人に分かるように書いてください。")
        else:
            self.move(move)

    def _ask_deviation(
        self, change: Deviation, household_id: UUID, visit: PlannedVisit | None, to: Target
    ) -> None:
        def deviate(reason: str, words: str) -> None:
            plan = self._panel.plan  # as it is shown now: somebody may have changed it meanwhile
            if plan is None:
                return
            given = deviation_of(
                plan, change, household_id, visit, reason=reason, words=words, to=to
            )
            self._act(lambda: self._plans.deviate(given), "変更を記録しました。")

        self._deviates = deviate
        form = self._panel.strips.deviation
        self._panel.strips.show_form(form)
        form.ask(_AFTER, self._panel.labels.deviations)

    def _head(self) -> PlanHead | None:
        return self._panel.plan.head if self._panel.plan is not None else None

    def _visit(self, visit_id: UUID) -> PlannedVisit | None:
        plan: MonthPlan | None = self._panel.plan
        lines = plan.lines if plan is not None else ()
        return next((v for v in (x.visit for x in lines) if v and v.visit_id == visit_id), None)

    def _act(self, act: Callable[[], PlanHead | int], said: str) -> None:
        self._screen.run(act, lambda _: self._done(said), self._refused)

    def _done(self, said: str) -> None:
        self._screen.messages.clear()
        self._panel.leave()
        self._screen.announced.emit(said)
        if (head := self._head()) is not None:
            self._changed(head.plan_id)
        self._reload()

    def _trial_refused(self, error: UserError) -> None:
        self._panel.end_trial()
        self._refused(error)

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there. Where somebody was faster the month is read anew; what was typed stays."""
        self._screen.messages.clear()
        form = self._panel.strips.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self._screen.messages.show_error(sentence)
        if form is None or isinstance(error, ConflictError):
            self._reload()
