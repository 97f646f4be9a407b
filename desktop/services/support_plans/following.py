"""What happens to a plan after it was written: consent, how far its steps are, reviews, its end. Rows are only ever added."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.support_plans_standing import plans_in_force
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.support_plan_files import (
    ConsentInput,
    PlanEndInput,
    PlanReviewInput,
    StepResultInput,
)
from desktop.domain.support_plans import (
    MOST_WORDS,
    ConsentMove,
    NextCourse,
    PlanState,
    StepStatus,
)
from desktop.models.support_plans import (
    SupportPlanConsent,
    SupportPlanEnd,
    SupportPlanEndText,
    SupportPlanGoal,
    SupportPlanGoalResult,
    SupportPlanRecord,
    SupportPlanReview,
    SupportPlanReviewText,
    SupportPlanStep,
    SupportPlanStepResult,
)
from desktop.services.masters.lookup_plans import outcomes

_GOES_ON = frozenset({NextCourse.GO_ON, NextCourse.CHANGE})
_LONG = "文字が多すぎます。短くしてください。"
_ENDED = "この計画は終了しています。"


def note_consent(
    session: Session, given: ConsentInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Note what the person said to a version."""
    plan = session.get(SupportPlanRecord, given.plan_id)
    if plan is None or plan.household_id != given.household_id:
        raise NotPermittedError("この計画は見つかりません。")
    if session.scalar(select(exists().where(SupportPlanEnd.root_id == plan.root_id))):
        raise ConflictError(_ENDED)
    c = SupportPlanConsent
    said = session.scalar(
        select(c.move).where(c.plan_id == plan.id).order_by(c.noted_at.desc(), c.id.desc()).limit(1)
    )
    errors = {}
    if given.said_on > today:
        errors["said_on"] = "同意などの日は今日までの日付にしてください。"
    if given.move is ConsentMove.TAKEN_BACK and said is not ConsentMove.GIVEN:
        errors["move"] = "撤回できるのは、この版に同意しているときだけです。"
    if errors:
        raise ValidationError(**errors)
    session.add(
        SupportPlanConsent(
            id=given.consent_id,
            office_id=plan.office_id,
            household_id=given.household_id,
            plan_id=plan.id,
            move=given.move,
            said_on=given.said_on,
            way=given.way,
            copy_given=given.copy_given,
            noted_by=staff.staff_id,
            noted_at=at,
        )
    )


def note_step(
    session: Session, given: StepResultInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Note how far a step of the version in force is."""
    s = SupportPlanStep
    in_force = {plan.id for plan in plans_in_force(session, [given.household_id]).values()}
    step = select(s.id).where(s.stem_id == given.stem_id, s.plan_id.in_(in_force))
    if session.scalar(step.limit(1)) is None:
        raise NotPermittedError("取組の状況を記録できるのは、有効な計画の取組についてだけです。")
    errors = {}
    if given.done_on is not None and given.done_on > today:
        errors["done_on"] = "実施した日は今日までの日付にしてください。"
    if given.status in {StepStatus.DONE, StepStatus.PARTLY} and given.done_on is None:
        errors["done_on"] = "達成・一部達成には、実施した日を入力してください。"
    if len(given.note) > MOST_WORDS:
        errors["note"] = _LONG
    if errors:
        raise ValidationError(**errors)
    session.add(
        SupportPlanStepResult(
            id=given.result_id,
            office_id=staff.office_id,
            household_id=given.household_id,
            stem_id=given.stem_id,
            status=given.status,
            done_on=given.done_on,
            note=given.note,
            noted_by=staff.staff_id,
            noted_at=at,
        )
    )


def note_review(
    session: Session, given: PlanReviewInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Note a review with the result of each goal. It changes nothing by itself: a change is the next version."""
    plan = _in_force(session, given.household_id, given.root_id, "見直しを記録")
    errors = _review_errors(session, given, plan.id, today)
    if errors:
        raise ValidationError(**errors)
    owner = {"office_id": plan.office_id, "household_id": given.household_id}
    session.add(
        SupportPlanReview(
            id=given.review_id,
            root_id=given.root_id,
            held_on=given.held_on,
            next_course=given.next_course,
            next_review_on=given.next_review_on,
            noted_by=staff.staff_id,
            noted_at=at,
            **owner,
        )
    )
    session.flush()
    words = {"attendees": given.attendees, "note": given.note}
    session.add(SupportPlanReviewText(review_id=given.review_id, **words, **owner))
    session.add_all(
        SupportPlanGoalResult(
            review_id=given.review_id,
            goal_id=goal.goal_id,
            result=goal.result,
            words=goal.words,
            **owner,
        )
        for goal in given.goals
    )


def end_plan(
    session: Session, given: PlanEndInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """End a plan. Nothing else ends with it: group, assistance and participations stay as they are."""
    plan = _in_force(session, given.household_id, given.root_id, "終了")
    p = SupportPlanRecord
    waits = exists().where(p.root_id == given.root_id, p.state == PlanState.SUBMITTED)
    if session.scalar(select(waits)):
        raise ConflictError(
            "この計画の変更が決裁待ちです。決裁が終わってから終了するか、引き戻してください。"
        )
    errors = _end_errors(given, today)
    if given.outcome not in outcomes(session, plan.office_id, today):
        errors["outcome"] = "この結果はいまの設定値にありません。一覧から選んでください。"
    if errors:
        raise ValidationError(**errors)
    owner = {"office_id": plan.office_id, "household_id": given.household_id}
    session.add(
        SupportPlanEnd(
            root_id=given.root_id,
            ended_on=given.ended_on,
            outcome=given.outcome,
            follow_until=given.follow_until,
            ended_by=staff.staff_id,
            noted_at=at,
            **owner,
        )
    )
    session.flush()
    words = {"summary": given.summary, "comment": given.comment}
    session.add(SupportPlanEndText(root_id=given.root_id, **words, **owner))


def _in_force(session: Session, household_id: UUID, root_id: UUID, act: str) -> SupportPlanRecord:
    plans = plans_in_force(session, [household_id]).values()
    plan = next((each for each in plans if each.root_id == root_id), None)
    if plan is None:
        raise NotPermittedError(f"{act}できるのは、有効な計画だけです。")
    return plan


def _review_errors(
    session: Session, given: PlanReviewInput, plan_id: UUID, today: date
) -> dict[str, str]:
    errors = {}
    if given.held_on > today:
        errors["held_on"] = "見直した日は今日までの日付にしてください。"
    next_on = given.next_review_on
    fits = (given.next_course in _GOES_ON) == (next_on is not None)
    if not fits or (next_on is not None and next_on <= today):
        errors["next_review_on"] = (
            "続けるときは、次の見直しの日を明日以降で入力してください。終えるときは空にします。"
        )
    if not given.attendees:
        errors["attendees"] = "出席した人を入力してください。"
    goals = set(
        session.scalars(select(SupportPlanGoal.id).where(SupportPlanGoal.plan_id == plan_id))
    )
    if any(goal.goal_id not in goals for goal in given.goals):
        errors["results"] = "有効な計画の目標について答えてください。"
    if max(map(len, (given.attendees, given.note, *(g.words for g in given.goals)))) > MOST_WORDS:
        errors["note"] = _LONG
    return errors


def _end_errors(given: PlanEndInput, today: date) -> dict[str, str]:
    errors = {}
    if given.ended_on > today:
        errors["ended_on"] = "終了した日は今日までの日付にしてください。"
    if given.follow_until is not None and given.follow_until < given.ended_on:
        errors["follow_until"] = "終了した日からあとの日付にしてください。"
    if not given.summary:
        errors["summary"] = "どうなったかを入力してください。"
    if max(len(given.summary), len(given.comment)) > MOST_WORDS:
        errors["summary"] = _LONG
    return errors
