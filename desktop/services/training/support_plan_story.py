"""Individual support plans of the training office: in force with step results, one whose review is overdue (E22), one that nobody made (E23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.approvals import ApprovalState, Move, Shown, StepKind, StepState
from desktop.domain.canonical import digest
from desktop.domain.dates import months_later
from desktop.domain.roles import Role
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plan_files import (
    ConsentInput,
    GoalReview,
    PlanReviewInput,
    StepResultInput,
)
from desktop.domain.support_plans import (
    PLANNED_GROUPS,
    SUBJECT,
    USUAL_MONTHS,
    ConsentMove,
    ConsentWay,
    Doer,
    GoalResult,
    NextCourse,
    PlanGoal,
    PlanInput,
    PlanState,
    PlanStep,
    SelfReliance,
    StepStatus,
    plan_content,
)
from desktop.models.approvals import Approval, ApprovalMove, ApprovalStep
from desktop.models.support_plans import SupportPlanRecord
from desktop.services.masters import lookup
from desktop.services.support_groups.standing import present_groups
from desktop.services.support_plans.following import note_consent, note_review, note_step
from desktop.services.support_plans.writing import store
from desktop.services.training.support_cast import Supported, Telling, instant

_DAY = timedelta(days=1)
_SAVED, _AGREED, _SENT, _APPROVED, _NOTED = (16, 10), (16, 15), (16, 20), (17, 5), (17, 10)


def tell_plans(telling: Telling, told: Mapping[str, Any]) -> Mapping[str, Sequence[UUID]]:
    """Write the plans and return the steps' stems by rule; who has a planned group and no plan is planted."""
    steps: dict[str, Sequence[UUID]] = {}
    for rule, plan in told.items():
        if rule in telling.cast:
            steps[rule] = _tell(telling, telling.cast[rule], plan)
    _plant_without(telling, steps)
    return steps


def _plant_without(telling: Telling, planned: Mapping[str, Sequence[UUID]]) -> None:
    limits = lookup.thresholds(telling.session, telling.office_id, telling.today)
    homes = [who.household_id for who in telling.cast.values()]
    groups = present_groups(telling.session, homes, telling.today)
    for rule, who in telling.cast.items():
        if rule not in planned and groups.get(who.person_id) in PLANNED_GROUPS:
            is_near = (telling.today - who.since).days <= limits.e23_days
            telling.plant("E23", who, who.since, "支援する区分で計画がない", is_near=is_near)


def _tell(telling: Telling, who: Supported, told: Mapping[str, Any]) -> Sequence[UUID]:
    """A plan made, agreed to and approved on one day; what became of its steps; its review, held or overdue."""
    day = telling.day(told["days"])
    given = _input(telling, who, told, day)
    author = telling.signed_in(who.caseworker_id)
    record = store(telling.session, given, author, instant(day, *_SAVED), day)
    _as_of_then(telling, record, given, who)
    consent = ConsentInput(
        consent_id=telling.new_id(),
        plan_id=given.plan_id,
        household_id=who.household_id,
        move=ConsentMove.GIVEN,
        said_on=day,
        way=ConsentWay.SIGNED,
        copy_given=True,
    )
    note_consent(telling.session, consent, author, instant(day, *_AGREED), day)
    _approve(telling, record, who, day)
    for step, line in zip(given.steps, told["steps"], strict=True):
        if "status" in line:
            _note_step(telling, who, step, line)
    if "review" in told:
        _review(telling, who, given, told["review"])
    else:
        telling.plant("E22", who, given.review_on, "個別支援計画の見直しの日を過ぎた")
    return [step.stem_id for step in given.steps]


def _input(telling: Telling, who: Supported, told: Mapping[str, Any], day: date) -> PlanInput:
    plan_id = telling.new_id()
    goals = tuple(_goals(telling, told["goals"], day))
    steps = tuple(_steps(telling, told["steps"], goals, day))
    return PlanInput(
        plan_id=plan_id,
        root_id=plan_id,
        household_id=who.household_id,
        person_id=who.person_id,
        shown_version=0,
        starts_on=day,
        ends_on=months_later(day, USUAL_MONTHS) - _DAY,
        review_on=telling.day(told["review_days"]),
        supporter_id=telling.supporter_id,
        programmes=tuple(told["programmes"]),
        wish=told["wish"],
        picture=told["picture"],
        long_goal=told["long_goal"],
        goals=goals,
        steps=steps,
    )


def _goals(telling: Telling, told: Sequence[Mapping[str, Any]], day: date) -> Iterator[PlanGoal]:
    for line in told:
        yield PlanGoal(
            goal_id=telling.new_id(),
            reliance=SelfReliance(line["reliance"]),
            what=line["what"],
            measure=line["measure"],
            baseline=line["baseline"],
            target=line["target"],
            due_on=day + timedelta(days=line["due"]),
            why=line["why"],
            is_agreed=True,
        )


def _steps(
    telling: Telling, told: Sequence[Mapping[str, Any]], goals: Sequence[PlanGoal], day: date
) -> Iterator[PlanStep]:
    for line in told:
        step_id = telling.new_id()
        yield PlanStep(
            step_id=step_id,
            stem_id=step_id,
            goal_id=goals[line.get("goal", 0)].goal_id,
            action=line["action"],
            doer=Doer(line["doer"]),
            due_on=day + timedelta(days=line["due"]),
            how_often=line.get("how_often", ""),
            cost_item=line.get("cost_item", ""),
        )


def _as_of_then(
    telling: Telling, record: SupportPlanRecord, given: PlanInput, who: Supported
) -> None:
    """The plan shows the assessment of that day; the newest of today was made later."""
    group = SupportGroup(record.group) if record.group else None
    record.assessment_id = who.assessment_id
    record.content_hash = digest(plan_content(given, who.assessment_id, group))
    telling.session.flush()


def _approve(telling: Telling, record: SupportPlanRecord, who: Supported, day: date) -> None:
    """Handed in by the caseworker and approved by the supervisor."""
    sent, decided, owner = instant(day, *_SENT), instant(day, *_APPROVED), telling.owner(who)
    approval_id = telling.new_id()
    telling.add(
        Approval(
            id=approval_id,
            subject_kind=SUBJECT,
            subject_id=record.id,
            round=1,
            root_version=record.version,
            content_hash=record.content_hash,
            state=ApprovalState.APPROVED,
            position=None,
            author_id=who.caseworker_id,
            submitted_by=who.caseworker_id,
            submitted_at=sent,
            decided_at=decided,
            **owner,
        ),
        ApprovalStep(
            approval_id=approval_id,
            number=1,
            position=Role.SUPERVISOR,
            kind=StepKind.APPROVE,
            state=StepState.APPROVED,
            decided_by=who.supervisor_id,
            decided_at=decided,
            shown=Shown.READ,
            **owner,
        ),
        *(
            ApprovalMove(
                id=telling.new_id(),
                approval_id=approval_id,
                move=move,
                by_id=by,
                at=at,
                root_version=record.version,
                content_hash=record.content_hash,
                step=step,
                **owner,
            )
            for move, by, at, step in (
                (Move.SUBMIT, who.caseworker_id, sent, None),
                (Move.APPROVE, who.supervisor_id, decided, 1),
            )
        ),
    )
    record.state = PlanState.APPROVED
    record.approved_by, record.approved_at = who.supervisor_id, decided
    telling.session.flush()


def _note_step(telling: Telling, who: Supported, step: PlanStep, line: Mapping[str, Any]) -> None:
    day, status = telling.day(line["noted"]), StepStatus(line["status"])
    given = StepResultInput(
        result_id=telling.new_id(),
        stem_id=step.stem_id,
        household_id=who.household_id,
        status=status,
        done_on=day if status in {StepStatus.DONE, StepStatus.PARTLY} else None,
        note=line.get("note", ""),
    )
    note_step(
        telling.session, given, telling.signed_in(who.caseworker_id), instant(day, *_NOTED), day
    )


def _review(telling: Telling, who: Supported, plan: PlanInput, told: Mapping[str, Any]) -> None:
    day = telling.day(told["days"])
    given = PlanReviewInput(
        review_id=telling.new_id(),
        root_id=plan.root_id,
        household_id=who.household_id,
        held_on=day,
        next_course=NextCourse.GO_ON,
        next_review_on=telling.today + timedelta(days=told["next"]),
        attendees=told["attendees"],
        note=told["note"],
        goals=tuple(
            GoalReview(goal_id=goal.goal_id, result=GoalResult(result), words=words)
            for goal, (result, words) in zip(plan.goals, told["results"], strict=True)
        ),
    )
    note_review(
        telling.session, given, telling.signed_in(who.caseworker_id), instant(day, *_NOTED), day
    )
