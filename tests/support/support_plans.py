"""Support plans and participations for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from desktop.domain.ids import new_id
from desktop.domain.participation_consents import PartConsentInput
from desktop.domain.participations import ParticipationInput
from desktop.domain.support_plan_files import ConsentInput, PlanEndInput, PlanReviewInput
from desktop.domain.support_plans import (
    ConsentMove,
    ConsentWay,
    Doer,
    NextCourse,
    PlanGoal,
    PlanInput,
    PlanStep,
    SelfReliance,
)
from tests.support.assessments import Somebody
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import TODAY
from tests.support.grades import decided


def in_days(days: int):
    return TODAY + timedelta(days=days)


def plan(office: SmallOffice | Somebody, **changes: Any) -> PlanInput:
    """A plan that may be handed in as it is: one goal, two steps, half a year."""
    plan_id, goal_id = new_id(), new_id()
    steps = (
        ("ハローワークで求職登録をする", Doer.PERSON, 14),
        ("登録に同行する", Doer.CASEWORKER, 14),
    )
    values: dict[str, Any] = {
        "plan_id": plan_id,
        "root_id": plan_id,
        "household_id": office.household_id,
        "person_id": office.person_id,
        "shown_version": 0,
        "starts_on": TODAY,
        "ends_on": in_days(180),
        "review_on": in_days(90),
        "programmes": ("employment",),
        "wish": "「もう一度、人の役に立つ仕事がしたい」",
        "picture": "朝起きて、昼に働く暮らし",
        "long_goal": "週20時間の仕事を続ける",
        "goals": (
            PlanGoal(
                goal_id=goal_id,
                reliance=SelfReliance.ECONOMIC,
                what="求職登録をして、週1回相談する",
                measure="相談票",
                baseline="登録なし",
                target="週1回",
                due_on=in_days(30),
                why="自転車で行ける",
                is_agreed=True,
            ),
        ),
        "steps": tuple(
            PlanStep(
                step_id=step_id,
                stem_id=step_id,
                goal_id=goal_id,
                action=action,
                doer=doer,
                due_on=in_days(days),
            )
            for action, doer, days in steps
            for step_id in (new_id(),)
        ),
    }
    return PlanInput(**(values | changes))


def next_version(given: PlanInput, version: int, **changes: Any) -> PlanInput:
    """The same plan written on from a version: new rows, the steps with their stems."""
    goals = {goal.goal_id: new_id() for goal in given.goals}
    return replace(
        given,
        plan_id=new_id(),
        shown_version=version,
        goals=tuple(replace(goal, goal_id=goals[goal.goal_id]) for goal in given.goals),
        steps=tuple(
            replace(step, step_id=new_id(), goal_id=goals[step.goal_id]) for step in given.steps
        ),
        **changes,
    )


def consent(
    given: PlanInput, move: ConsentMove = ConsentMove.GIVEN, **changes: Any
) -> ConsentInput:
    """What the person said today, signed."""
    values: dict[str, Any] = {
        "consent_id": new_id(),
        "plan_id": given.plan_id,
        "household_id": given.household_id,
        "move": move,
        "said_on": TODAY,
        "way": ConsentWay.SIGNED,
        "copy_given": True,
    }
    return ConsentInput(**(values | changes))


def review(given: PlanInput, **changes: Any) -> PlanReviewInput:
    """A review of today after which the plan goes on."""
    values: dict[str, Any] = {
        "review_id": new_id(),
        "root_id": given.root_id,
        "household_id": given.household_id,
        "held_on": TODAY,
        "next_course": NextCourse.GO_ON,
        "next_review_on": in_days(120),
        "attendees": "本人、地区担当員、就労支援員",
    }
    return PlanReviewInput(**(values | changes))


def ending(given: PlanInput, **changes: Any) -> PlanEndInput:
    """The plan ends today with a job."""
    values: dict[str, Any] = {
        "root_id": given.root_id,
        "household_id": given.household_id,
        "ended_on": TODAY,
        "outcome": "O02",
        "summary": "パートの仕事が決まった。",
        "follow_until": in_days(180),
    }
    return PlanEndInput(**(values | changes))


def participation(office: SmallOffice | Somebody, **changes: Any) -> ParticipationInput:
    """Somebody begins to take part today, with consent."""
    values: dict[str, Any] = {
        "participation_id": new_id(),
        "household_id": office.household_id,
        "person_id": office.person_id,
        "programme": "employment",
        "starts_on": TODAY,
        "consent_on": TODAY,
        "consent_way": ConsentWay.SIGNED,
    }
    return ParticipationInput(**(values | changes))


def approved(caseworker: Desk, supervisor: Desk, given: PlanInput) -> PlanInput:
    """The plan saved, handed in, read and approved."""
    caseworker.support_plans.save(given)
    caseworker.support_plans.submit(given.plan_id, given.household_id)
    decided(supervisor)
    return given


def part_consent(
    given: ParticipationInput, move: ConsentMove = ConsentMove.GIVEN, **changes: Any
) -> PartConsentInput:
    """What the person says today, by word of mouth, to taking part."""
    values: dict[str, Any] = {
        "consent_id": new_id(),
        "household_id": given.household_id,
        "participation_id": given.participation_id,
        "move": move,
        "said_on": TODAY,
        "way": ConsentWay.ORAL,
    }
    return PartConsentInput(**(values | changes))
