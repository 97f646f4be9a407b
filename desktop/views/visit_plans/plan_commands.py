"""What the buttons of the year and of the month have in common: each act is one call of a service, then the plan is read anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desktop.domain.errors import ConflictError, UserError
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_proposals import MoveTrial
from desktop.domain.visit_plan_views import MonthPlan, PlanHead, YearPlan
from desktop.domain.visit_plans import PLAN_MOVES, Deviation, PlanMove, PlannedVisit
from desktop.jobs.runner import Job
from desktop.viewmodels.visit_plans_acts import Target, deviation_of, move_of
from desktop.views.dialogs import Dialogs
from desktop.views.visit_plans.ports import PlanLabels, VisitPlans
from desktop.views.visit_plans.strips import PlanStrips

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView

_AFTER = "この計画は承認されています。計画は変えず、変更として理由とともに残します。"


class PlanPanel(Protocol):
    """What the acts need of the panel that shows the plan."""

    labels: PlanLabels

    @property
    def plan(self) -> YearPlan | MonthPlan | None:
        """What is shown."""

    @property
    def strips(self) -> PlanStrips:
        """The forms beneath it."""

    def visit(self) -> PlannedVisit | None:
        """The visit at hand."""

    def leave(self) -> None:
        """Close the strip and go back to the table."""


class PlanCommands:
    """`reload` reads the plan anew, `changed` tells other screens of it, `said` is what each move is announced with."""

    def __init__(
        self,
        screen: ScreenView,
        shown: PlanPanel,
        plans: VisitPlans,
        *,
        dialogs: Dialogs,
        said: Mapping[PlanMove, str],
        reload: Callable[[], object],
        changed: Callable[[UUID], object],
    ) -> None:
        self._screen, self._shown, self._plans = screen, shown, plans
        self._dialogs, self._said = dialogs, said
        self._reload, self._changed = reload, changed
        self._trial: Job[MoveTrial] | None = None
        self._about: PlannedVisit | None = None
        self._deviates: Callable[[str, str], object] = lambda *_: None
        shown.strips.note.given.connect(self.note)
        shown.strips.back.given.connect(lambda words: self.move(PlanMove.RETURN, words))
        shown.strips.deviation.given.connect(self.deviate)

    def lock(self) -> None:
        """Fix the visit at hand, or free it."""
        head, visit = self._head(), self._shown.visit()
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
        self._about = self._shown.visit()
        if self._about is not None:
            form = self._shown.strips.note
            self._shown.strips.show_form(form)
            form.ask("備考は世帯のファイルを開いたときだけ読めます。", self._about.note)

    def note(self, words: str) -> None:
        """Write it to the visit that was asked about."""
        head, visit = self._head(), self._about
        if head is not None and visit is not None:
            self._act(
                lambda: self._plans.note_visit(
                    head.plan_id, head.version, visit.visit_id, words, save_id=new_id()
                ),
                "備考を保存しました。",
            )

    def ask_return(self) -> None:
        """Ask for the words of a return."""
        form = self._shown.strips.back
        self._shown.strips.show_form(form)
        form.ask("何を直すかを、作った人に分かるように書いてください。")

    def move(self, move: PlanMove, words: str = "") -> None:
        """Submit, withdraw, return or approve what is shown."""
        head = self._head()
        if head is not None and (words or not PLAN_MOVES[move].needs_words):
            given = move_of(head, move, words)
            self._act(lambda: self._plans.move(given), self._said[move])

    def deviate(self, reason: str, words: str) -> None:
        """Note the change that was asked about, with its reason."""
        self._deviates(reason, words)

    def _ask_deviation(
        self, change: Deviation, household_id: UUID, visit: PlannedVisit | None, to: Target
    ) -> None:
        def deviate(reason: str, words: str) -> None:
            plan = self._shown.plan  # as it is shown now: somebody may have changed it meanwhile
            if plan is None:
                return
            given = deviation_of(
                plan, change, household_id, visit, reason=reason, words=words, to=to
            )
            self._act(lambda: self._plans.deviate(given), "変更を記録しました。")

        self._deviates = deviate
        form = self._shown.strips.deviation
        self._shown.strips.show_form(form)
        form.ask(_AFTER, self._shown.labels.deviations)

    def _head(self) -> PlanHead | None:
        return self._shown.plan.head if self._shown.plan is not None else None

    def _act(self, act: Callable[[], PlanHead | int | None], said: str) -> None:
        self._screen.run(act, lambda _: self._done(said), self._refused)

    def _done(self, said: str) -> None:
        self._screen.messages.clear()
        self._shown.leave()
        self._screen.announced.emit(said)
        if (head := self._head()) is not None:
            self._changed(head.plan_id)
        self._reload()

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there. Where somebody was faster the plan is read anew; what was typed stays."""
        self._screen.messages.clear()
        form = self._shown.strips.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self._screen.messages.show_error(sentence)
        if form is None or isinstance(error, ConflictError):
            self._reload()
