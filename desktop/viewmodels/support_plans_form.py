"""The form of a support plan: what it begins with, what it becomes when it is saved, and the help beside each field (SMART)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_plan_files import PlannedPerson
from desktop.domain.support_plans import (
    USUAL_MONTHS,
    PlanGoal,
    PlanInput,
    PlanState,
    PlanStep,
    SelfReliance,
)

#: A goal that nobody can check, and one that everybody can (6.1).
GOAL_HELP = {
    SelfReliance.ECONOMIC: "× 求職活動をがんばる　○ 6月中にハローワークで求職登録し、週1回相談する",
    SelfReliance.SOCIAL: "× 人と関わる　○ 7月から、火曜日の居場所に月2回行く。行けない日は電話する",
    SelfReliance.DAILY: "× 通院する　○ 7〜9月、A病院に月2回、予約日に受診する。行けない日は当日電話する",
}
#: What each field of a goal asks, one help a field.
FIELD_HELP = {
    "measure": "あとから同じように確かめられるもの（例：相談票、予約票、家計のメモ）",
    "baseline": "今どうか（例：登録なし、月0回）",
    "target": "どうなったら達成か（例：週1回、月2回）",
    "why": "本人の力や使える支えから、できると考える理由",
}
RIGHTS = "同意は撤回できます。計画に参加しないことだけで保護が止まることはありません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """A step as it stands in the form: its goal by number (from 1), and whether it stood in no version yet."""

    step: PlanStep
    goal: int = 1
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """What the form holds: the version that it will become, without goals and steps, and these beside it."""

    given: PlanInput
    goals: tuple[PlanGoal, ...]
    steps: tuple[StepDraft, ...]


def begin_draft(person: PlannedPerson, household_id: UUID, today: date) -> PlanDraft:
    """A new plan, or the next version of the one that is being written or is in force."""
    before = person.in_hand or person.in_force
    plan_id = new_id()
    if before is None:
        given = PlanInput(
            plan_id=plan_id,
            root_id=plan_id,
            household_id=household_id,
            person_id=person.person_id,
            shown_version=0,
            starts_on=today,
            ends_on=months_later(today, USUAL_MONTHS) - timedelta(days=1),
            review_on=months_later(today, USUAL_MONTHS // 2),
        )
        return PlanDraft(given=given, goals=(blank_goal(),), steps=())
    numbers = {goal.goal_id: n for n, goal in enumerate(before.given.goals, start=1)}
    newest = max(p.version for p in person.plans if p.given.root_id == before.given.root_id)
    given = replace(before.given, plan_id=plan_id, shown_version=newest, goals=(), steps=())
    if before.state is PlanState.APPROVED and given.review_on < today <= given.ends_on:
        given = replace(given, review_on=min(months_later(today, 3), given.ends_on))
    return PlanDraft(
        given=given,
        goals=before.given.goals,
        steps=tuple(
            StepDraft(step=step, goal=numbers[step.goal_id]) for step in before.given.steps
        ),
    )


def finish_draft(
    given: PlanInput, goals: Sequence[PlanGoal], steps: Sequence[StepDraft]
) -> PlanInput:
    """The version to be saved: new rows, each step with its stem. Raises ValidationError where a step names no goal."""
    if any(not 1 <= draft.goal <= len(goals) for draft in steps):
        raise ValidationError(
            steps="取組の「目標」の番号に合う短期目標がありません。番号を選び直してください。"
        )
    new_goals = [replace(goal, goal_id=new_id()) for goal in goals]
    return replace(
        given,
        goals=tuple(new_goals),
        steps=tuple(_step(draft, new_goals[draft.goal - 1].goal_id) for draft in steps),
    )


def blank_goal() -> PlanGoal:
    """A goal with nothing in it."""
    return PlanGoal(goal_id=new_id())


def blank_step() -> StepDraft:
    """A step with nothing in it."""
    stem = new_id()
    step = PlanStep(step_id=stem, stem_id=stem, goal_id=new_id())
    return StepDraft(step=step, is_new=True)


def _step(draft: StepDraft, goal_id: UUID) -> PlanStep:
    """A row of its own; a step that stood in a version before keeps its stem."""
    step_id = new_id()
    stem_id = step_id if draft.is_new else draft.step.stem_id
    return replace(draft.step, step_id=step_id, stem_id=stem_id, goal_id=goal_id)
