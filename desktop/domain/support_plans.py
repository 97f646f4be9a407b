"""Individual support plans (個別支援計画): what somebody wants, up to three goals, and steps that say who does what by when.

For work, social life and daily life alike (employment-support 6.1). A row is one version and is never changed: who writes on makes the
next version, and the newest approved one of a plan that has not ended is in force. One plan a person is. A plan decides nothing about
assistance: that somebody does not take part, or a step is missed, changes no amount and no support group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.support_groups import SupportGroup

#: The kind of a plan under approval.
SUBJECT = "support_plan"
#: Most characters of one text, as the database has it; goals and steps of one plan; months that a plan may last.
MOST_WORDS, MOST_GOALS, MOST_STEPS, MOST_MONTHS = 10_000, 3, 30, 24
#: How long a plan lasts where nobody says otherwise (6.1).
USUAL_MONTHS = 6


class PlanState(StrEnum):
    """Where a version stands. A returned or withdrawn one stays; what is written on is the next version."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


class SelfReliance(StrEnum):
    """Which of the three kinds of self-reliance (自立) a goal or a programme is for."""

    ECONOMIC = "economic"
    SOCIAL = "social"
    DAILY = "daily"


class Doer(StrEnum):
    """Who does a step."""

    PERSON = "person"
    CASEWORKER = "caseworker"
    SUPPORTER = "supporter"
    HELLO_WORK = "hello_work"
    MEDICAL = "medical"
    COUNCIL = "council"
    SCHOOL = "school"
    FAMILY = "family"
    OTHER = "other"


class StepStatus(StrEnum):
    """How far a step is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    PARTLY = "partly"
    STOPPED = "stopped"


class ConsentMove(StrEnum):
    """What somebody said to a plan; consent can be taken back at any time."""

    GIVEN = "given"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class ConsentWay(StrEnum):
    """How somebody said it."""

    SIGNED = "signed"
    ORAL = "oral"
    BY_POST = "by_post"


class GoalResult(StrEnum):
    """How a goal stood when the plan was reviewed."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    DROPPED = "dropped"


class NextCourse(StrEnum):
    """What follows a review."""

    GO_ON = "go_on"
    CHANGE = "change"
    END = "end"
    OTHER_PROGRAMME = "other_programme"


PLAN_STATE: Mapping[PlanState, str] = {
    PlanState.DRAFT: "下書き",
    PlanState.SUBMITTED: "決裁待ち",
    PlanState.RETURNED: "差戻し",
    PlanState.WITHDRAWN: "引戻し",
    PlanState.APPROVED: "決裁済",
}
SELF_RELIANCE: Mapping[SelfReliance, str] = {
    SelfReliance.ECONOMIC: "経済的自立",
    SelfReliance.SOCIAL: "社会生活自立",
    SelfReliance.DAILY: "日常生活自立",
}
DOER: Mapping[Doer, str] = {
    Doer.PERSON: "本人",
    Doer.CASEWORKER: "地区担当員",
    Doer.SUPPORTER: "就労支援員",
    Doer.HELLO_WORK: "ハローワーク",
    Doer.MEDICAL: "医療機関",
    Doer.COUNCIL: "社会福祉協議会",
    Doer.SCHOOL: "訓練校",
    Doer.FAMILY: "家族",
    Doer.OTHER: "その他",
}
STEP_STATUS: Mapping[StepStatus, str] = {
    StepStatus.OPEN: "未着手",
    StepStatus.UNDER_WAY: "実施中",
    StepStatus.DONE: "達成",
    StepStatus.PARTLY: "一部達成",
    StepStatus.STOPPED: "中止",
}
CONSENT_MOVE: Mapping[ConsentMove, str] = {
    ConsentMove.GIVEN: "同意した",
    ConsentMove.DECLINED: "同意しない",
    ConsentMove.TAKEN_BACK: "同意を撤回した",
}
CONSENT_WAY: Mapping[ConsentWay, str] = {
    ConsentWay.SIGNED: "署名（同意書）",
    ConsentWay.ORAL: "口頭",
    ConsentWay.BY_POST: "郵送",
}
GOAL_RESULT: Mapping[GoalResult, str] = {
    GoalResult.REACHED: "達成",
    GoalResult.PARTLY: "一部達成",
    GoalResult.NOT_YET: "まだ",
    GoalResult.DROPPED: "取りやめ",
}
NEXT_COURSE: Mapping[NextCourse, str] = {
    NextCourse.GO_ON: "継続",
    NextCourse.CHANGE: "計画を変更",
    NextCourse.END: "終了",
    NextCourse.OTHER_PROGRAMME: "他の事業へ",
}
#: Groups of which an active plan is expected (rule E02).
PLANNED_GROUPS = frozenset(
    {
        SupportGroup.RECOVERY,
        SupportGroup.REMOVING_BARRIERS,
        SupportGroup.ENCOURAGING,
        SupportGroup.WITH_HELP,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """A short goal: what will be seen, how it is measured, from where to where, by when, why it can be reached."""

    goal_id: UUID
    reliance: SelfReliance = SelfReliance.ECONOMIC
    what: str = field(default="", repr=False)
    measure: str = field(default="", repr=False)
    baseline: str = field(default="", repr=False)
    target: str = field(default="", repr=False)
    due_on: date | None = None
    why: str = field(default="", repr=False)
    is_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """What is done towards a goal. `stem_id` is the same step's id in the version where it first stood: its results hang on that."""

    step_id: UUID
    stem_id: UUID
    goal_id: UUID
    action: str = field(default="", repr=False)
    doer: Doer = Doer.PERSON
    due_on: date | None = None
    how_often: str = field(default="", repr=False)
    cost_item: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """A version as it is saved. `root_id` is the id of the plan's first version, `shown_version` the version that was written on (0: none)."""

    plan_id: UUID
    root_id: UUID
    household_id: UUID
    person_id: UUID
    shown_version: int
    starts_on: date
    ends_on: date
    review_on: date
    supporter_id: UUID | None = None
    programmes: tuple[str, ...] = ()
    wish: str = field(default="", repr=False)
    picture: str = field(default="", repr=False)
    long_goal: str = field(default="", repr=False)
    goals: tuple[PlanGoal, ...] = ()
    steps: tuple[PlanStep, ...] = ()


def plan_content(
    given: PlanInput, assessment_id: UUID | None, group: SupportGroup | None
) -> dict[str, object]:
    """What an approval's hash stands for: everything that the supervisor reads of a version."""
    return {
        "plan": given.plan_id,
        "root": given.root_id,
        "household": given.household_id,
        "person": given.person_id,
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "review_on": given.review_on,
        "supporter": given.supporter_id,
        "assessment": assessment_id,
        "group": None if group is None else group.value,
        "programmes": sorted(given.programmes),
        "wish": given.wish,
        "picture": given.picture,
        "long_goal": given.long_goal,
        "goals": [_goal_content(goal) for goal in given.goals],
        "steps": [_step_content(step) for step in given.steps],
    }


def _goal_content(goal: PlanGoal) -> list[object]:
    agreed = "true" if goal.is_agreed else "false"
    words = (goal.what, goal.measure, goal.baseline, goal.target)
    return [goal.goal_id, goal.reliance.value, *words, goal.due_on, goal.why, agreed]


def _step_content(step: PlanStep) -> list[object]:
    head = (step.step_id, step.stem_id, step.goal_id, step.action, step.doer.value)
    return [*head, step.due_on, step.how_often, step.cost_item]


def unready(goals: Sequence[PlanGoal], steps: Sequence[PlanStep], wish: str) -> dict[str, str]:
    """Field → sentence for what a plan lacks before it can be handed in; a draft may lack it."""
    errors = {}
    if not wish.strip():
        errors["wish"] = "本人の希望を、本人の言葉で書いてください。"
    if not goals:
        errors["goals"] = "短期目標を一つは書いてください。"
    if any(not goal.what.strip() or goal.due_on is None for goal in goals):
        errors["goals"] = "短期目標には、何が見えるようになるかと期限を書いてください。"
    if not steps:
        errors["steps"] = "取組を一つは書いてください。"
    if any(not step.action.strip() or step.due_on is None for step in steps):
        errors["steps"] = "取組には、することと期限を書いてください。"
    return errors
