"""The rows that hang on a household's plans: goals, steps, consents, results, reviews, ends. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.participations import Outcome
from desktop.domain.support_plan_files import (
    ConsentInput,
    GoalReview,
    PlanEnd,
    PlanEndInput,
    PlanReview,
    PlanReviewInput,
    StepResultInput,
)
from desktop.domain.support_plans import PlanGoal, PlanStep
from desktop.models.office import Staff
from desktop.models.support_plans import (
    SupportPlanConsent,
    SupportPlanEnd,
    SupportPlanEndText,
    SupportPlanGoal,
    SupportPlanGoalResult,
    SupportPlanReview,
    SupportPlanReviewText,
    SupportPlanStep,
    SupportPlanStepResult,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """By plan id: goals, steps, newest consent; by stem: newest result; by root: reviews (newest first) and end."""

    goals: Mapping[UUID, tuple[PlanGoal, ...]]
    steps: Mapping[UUID, tuple[PlanStep, ...]]
    consents: Mapping[UUID, ConsentInput]
    results: Mapping[UUID, StepResultInput]
    reviews: Mapping[UUID, tuple[PlanReview, ...]]
    ends: Mapping[UUID, PlanEnd]


def parts_of(session: Session, household_id: UUID, outcomes: Mapping[str, Outcome]) -> Parts:
    """Everything of one household, a statement each."""
    return Parts(
        goals=_goals(session, household_id),
        steps=_steps(session, household_id),
        consents=_consents(session, household_id),
        results=_results(session, household_id),
        reviews=_reviews(session, household_id),
        ends=_ends(session, household_id, outcomes),
    )


def _goals(session: Session, household_id: UUID) -> dict[UUID, tuple[PlanGoal, ...]]:
    g = SupportPlanGoal
    found: dict[UUID, list[PlanGoal]] = defaultdict(list)
    for row in session.scalars(select(g).where(g.household_id == household_id).order_by(g.number)):
        found[row.plan_id].append(
            PlanGoal(
                goal_id=row.id,
                reliance=row.reliance,
                what=row.what,
                measure=row.measure,
                baseline=row.baseline,
                target=row.target,
                due_on=row.due_on,
                why=row.why,
                is_agreed=row.is_agreed,
            )
        )
    return {plan_id: tuple(each) for plan_id, each in found.items()}


def _steps(session: Session, household_id: UUID) -> dict[UUID, tuple[PlanStep, ...]]:
    s = SupportPlanStep
    found: dict[UUID, list[PlanStep]] = defaultdict(list)
    for row in session.scalars(select(s).where(s.household_id == household_id).order_by(s.number)):
        found[row.plan_id].append(
            PlanStep(
                step_id=row.id,
                stem_id=row.stem_id,
                goal_id=row.goal_id,
                action=row.action,
                doer=row.doer,
                due_on=row.due_on,
                how_often=row.how_often,
                cost_item=row.cost_item,
            )
        )
    return {plan_id: tuple(each) for plan_id, each in found.items()}


def _consents(session: Session, household_id: UUID) -> dict[UUID, ConsentInput]:
    c = SupportPlanConsent
    rows = session.scalars(
        select(c).where(c.household_id == household_id).order_by(c.noted_at, c.id)
    )
    return {
        row.plan_id: ConsentInput(
            consent_id=row.id,
            plan_id=row.plan_id,
            household_id=household_id,
            move=row.move,
            said_on=row.said_on,
            way=row.way,
            copy_given=row.copy_given,
        )
        for row in rows
    }


def _results(session: Session, household_id: UUID) -> dict[UUID, StepResultInput]:
    r = SupportPlanStepResult
    rows = session.scalars(
        select(r).where(r.household_id == household_id).order_by(r.noted_at, r.id)
    )
    return {
        row.stem_id: StepResultInput(
            result_id=row.id,
            stem_id=row.stem_id,
            household_id=household_id,
            status=row.status,
            done_on=row.done_on,
            note=row.note,
        )
        for row in rows
    }


def _reviews(session: Session, household_id: UUID) -> dict[UUID, tuple[PlanReview, ...]]:
    r, t, g = SupportPlanReview, SupportPlanReviewText, SupportPlanGoalResult
    goals: dict[UUID, list[GoalReview]] = defaultdict(list)
    for row in session.scalars(
        select(g)
        .join(SupportPlanGoal, SupportPlanGoal.id == g.goal_id)
        .where(g.household_id == household_id)
        .order_by(SupportPlanGoal.number)
    ):
        goals[row.review_id].append(
            GoalReview(goal_id=row.goal_id, result=row.result, words=row.words)
        )
    rows = session.execute(
        select(r, t, Staff.name)
        .join(t, t.review_id == r.id)
        .join(Staff, Staff.id == r.noted_by)
        .where(r.household_id == household_id)
        .order_by(r.noted_at.desc(), r.id.desc())
    )
    found: dict[UUID, list[PlanReview]] = defaultdict(list)
    for review, text, by in rows:
        given = PlanReviewInput(
            review_id=review.id,
            root_id=review.root_id,
            household_id=household_id,
            held_on=review.held_on,
            next_course=review.next_course,
            next_review_on=review.next_review_on,
            attendees=text.attendees,
            note=text.note,
            goals=tuple(goals[review.id]),
        )
        found[review.root_id].append(PlanReview(given=given, noted_by=by, noted_at=review.noted_at))
    return {root_id: tuple(each) for root_id, each in found.items()}


def _ends(
    session: Session, household_id: UUID, outcomes: Mapping[str, Outcome]
) -> dict[UUID, PlanEnd]:
    e, t = SupportPlanEnd, SupportPlanEndText
    rows = session.execute(
        select(e, t, Staff.name)
        .join(t, t.root_id == e.root_id)
        .join(Staff, Staff.id == e.ended_by)
        .where(e.household_id == household_id)
    )
    return {
        end.root_id: PlanEnd(
            given=PlanEndInput(
                root_id=end.root_id,
                household_id=household_id,
                ended_on=end.ended_on,
                outcome=end.outcome,
                summary=text.summary,
                comment=text.comment,
                follow_until=end.follow_until,
            ),
            outcome_label=outcomes[end.outcome].label if end.outcome in outcomes else end.outcome,
            ended_by=by,
        )
        for end, text, by in rows
    }
