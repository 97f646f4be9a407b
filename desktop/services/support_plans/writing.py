"""Storing a version of a plan. The database judges the same again; rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from desktop.database.support_plans_standing import plans_in_force
from desktop.domain.canonical import digest
from desktop.domain.dates import months_later
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import (
    MOST_GOALS,
    MOST_MONTHS,
    MOST_STEPS,
    MOST_WORDS,
    PlanInput,
    PlanState,
    plan_content,
)
from desktop.models.assessments import AssessmentRecord
from desktop.models.households import Household, Member
from desktop.models.support_plans import (
    SupportPlanEnd,
    SupportPlanGoal,
    SupportPlanProgramme,
    SupportPlanRecord,
    SupportPlanStep,
    SupportPlanText,
)
from desktop.services.masters.lookup_plans import programmes
from desktop.services.periods import holds_on
from desktop.services.support_groups.standing import present_groups

STALE = "表示していた版のあとに更新があります。最新の内容を確認してください。"
HAS_PLAN = "この人には有効な個別支援計画があります。変更するか、終了してから作ってください。"
_WAITS = "この計画は決裁待ちです。決裁が終わってから変えるか、引き戻してください。"
_ENDED = "この計画は終了しています。新しい計画を作ってください。"
_TOO_LONG = "文字が多すぎます。短くしてください。"


def store(
    session: Session, given: PlanInput, staff: SignedInStaff, at: datetime, today: date
) -> SupportPlanRecord:
    """Store a version as a draft. Raises ValidationError per field, ConflictError where somebody wrote on meanwhile."""
    _refuse(session, given, staff, today)
    assessment_id, group = made_of(session, given.household_id, given.person_id, today)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    record = SupportPlanRecord(
        id=given.plan_id,
        person_id=given.person_id,
        root_id=given.root_id,
        version=given.shown_version + 1,
        state=PlanState.DRAFT,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        review_on=given.review_on,
        supporter_id=given.supporter_id,
        assessment_id=assessment_id,
        group=group,
        author_id=staff.staff_id,
        saved_at=at,
        content_hash=digest(plan_content(given, assessment_id, group)),
        **owner,
    )
    session.add(record)
    session.flush()
    _store_parts(session, given, owner)
    return record


def made_of(
    session: Session, household_id: UUID, person_id: UUID, today: date
) -> tuple[UUID | None, SupportGroup | None]:
    """The newest assessment and the decided group of a person. Too little known (GX) is no group."""
    a = AssessmentRecord
    assessment_id = session.scalar(
        select(a.id)
        .where(a.person_id == person_id, a.household_id == household_id)
        .order_by(a.made_on.desc(), a.saved_at.desc(), a.id.desc())
        .limit(1)
    )
    group = present_groups(session, [household_id], today).get(person_id)
    return assessment_id, None if group is SupportGroup.NOT_KNOWN else group


def _store_parts(session: Session, given: PlanInput, owner: dict[str, UUID]) -> None:
    plan_id = given.plan_id
    session.add(
        SupportPlanText(
            plan_id=plan_id,
            wish=given.wish,
            picture=given.picture,
            long_goal=given.long_goal,
            **owner,
        )
    )
    session.add_all(
        SupportPlanProgramme(plan_id=plan_id, programme=code, **owner) for code in given.programmes
    )
    session.add_all(
        SupportPlanGoal(
            id=goal.goal_id,
            plan_id=plan_id,
            number=number,
            reliance=goal.reliance,
            what=goal.what,
            measure=goal.measure,
            baseline=goal.baseline,
            target=goal.target,
            due_on=goal.due_on,
            why=goal.why,
            is_agreed=goal.is_agreed,
            **owner,
        )
        for number, goal in enumerate(given.goals, start=1)
    )
    session.flush()
    for number, step in enumerate(given.steps, start=1):
        session.add(
            SupportPlanStep(
                id=step.step_id,
                plan_id=plan_id,
                goal_id=step.goal_id,
                stem_id=step.stem_id,
                number=number,
                action=step.action,
                doer=step.doer,
                due_on=step.due_on,
                how_often=step.how_often,
                cost_item=step.cost_item,
                **owner,
            )
        )
    session.flush()


def _refuse(session: Session, given: PlanInput, staff: SignedInStaff, today: date) -> None:
    state = session.scalar(
        select(Household.state).where(
            Household.id == given.household_id, Household.office_id == staff.office_id
        )
    )
    if state is None:
        raise NotPermittedError("この世帯は見つからないか、担当する世帯ではありません。")
    if state is HouseholdState.CLOSED:
        raise NotPermittedError("廃止した世帯の個別支援計画は作れません。")
    errors = dict(_errors(session, given, staff, today))
    if errors:
        raise ValidationError(**errors)
    in_force = plans_in_force(session, [given.household_id]).get(given.person_id)
    if in_force is not None and in_force.root_id != given.root_id:
        raise ConflictError(HAS_PLAN)
    _refuse_other_version(session, given)


def _refuse_other_version(session: Session, given: PlanInput) -> None:
    p = SupportPlanRecord
    of_plan = (p.root_id == given.root_id, p.household_id == given.household_id)
    last = session.scalar(select(func.max(p.version)).where(*of_plan)) or 0
    is_first = given.plan_id == given.root_id
    if last != given.shown_version or is_first != (given.shown_version == 0):
        raise ConflictError(STALE)
    if session.scalar(select(exists().where(*of_plan, p.person_id != given.person_id))):
        raise NotPermittedError("もとの計画が見つからないか、この人のものではありません。")
    if session.scalar(select(exists().where(SupportPlanEnd.root_id == given.root_id))):
        raise ConflictError(_ENDED)
    if session.scalar(select(exists().where(*of_plan, p.state == PlanState.SUBMITTED))):
        raise ConflictError(_WAITS)


def _errors(
    session: Session, given: PlanInput, staff: SignedInStaff, today: date
) -> Iterator[tuple[str, str]]:
    is_member = exists().where(
        Member.household_id == given.household_id,
        Member.person_id == given.person_id,
        holds_on(Member, today),
    )
    if not session.scalar(select(is_member)):
        yield "person_id", "いまこの世帯にいる人を選んでください。"
    if given.ends_on < given.starts_on:
        yield "ends_on", "終わりの日は、始まりの日からあとにしてください。"
    elif given.ends_on >= months_later(given.starts_on, MOST_MONTHS):
        yield "ends_on", f"期間は{MOST_MONTHS}か月までにしてください。"
    elif not given.starts_on <= given.review_on <= given.ends_on:
        yield "review_on", "見直しの日は、期間の中の日にしてください。"
    known = programmes(session, staff.office_id, today)
    if any(code not in known for code in given.programmes):
        yield "programmes", "この事業はいまの設定値にありません。一覧から選んでください。"
    if len(given.goals) > MOST_GOALS:
        yield "goals", f"短期目標は{MOST_GOALS}つまでにしてください。"
    if len(given.steps) > MOST_STEPS:
        yield "steps", f"取組は{MOST_STEPS}までにしてください。"
    goals = {goal.goal_id for goal in given.goals}
    if any(step.goal_id not in goals for step in given.steps):
        yield "steps", "取組は、この計画の目標に付けてください。"
    yield from _too_long(given)


def _too_long(given: PlanInput) -> Iterator[tuple[str, str]]:
    for name, text in (
        ("wish", given.wish),
        ("picture", given.picture),
        ("long_goal", given.long_goal),
    ):
        if len(text) > MOST_WORDS:
            yield name, _TOO_LONG
    for goal in given.goals:
        words = (goal.what, goal.measure, goal.baseline, goal.target, goal.why)
        if sum(map(len, words)) > MOST_WORDS:
            yield "goals", _TOO_LONG
    for step in given.steps:
        if len(step.action) + len(step.how_often) + len(step.cost_item) > MOST_WORDS:
            yield "steps", _TOO_LONG
