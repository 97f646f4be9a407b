"""The training office supports the people of decided groups: something of every kind is there, and it fits together."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.guidance import Step
from desktop.domain.guidance_gates import missing
from desktop.domain.income_months import Earned
from desktop.domain.raises import RaiseRules, compare
from desktop.domain.support_plans import PLANNED_GROUPS, PlanState
from desktop.models.activities import ActivityRecord
from desktop.models.approvals import Approval
from desktop.models.assessments import AssessmentRecord
from desktop.models.employment_spells import EmploymentCheckRecord, EmploymentSpellRecord
from desktop.models.guidance import GuidanceCaseRecord, GuidanceStepRecord
from desktop.models.income_months import IncomeMonthRecord
from desktop.models.monthly_papers import (
    MonthlyPaperMissing,
    MonthlyPaperReceipt,
    MonthlyPaperReminder,
)
from desktop.models.office import Staff
from desktop.models.papers import PaperBook, PaperRecord
from desktop.models.participations import Participation
from desktop.models.referrals import ReferralRecord, ReferralStepRecord
from desktop.models.support_groups import SupportGroupDecision
from desktop.models.support_plans import (
    SupportPlanConsent,
    SupportPlanRecord,
    SupportPlanReview,
    SupportPlanStep,
    SupportPlanStepResult,
)
from desktop.models.todos import Todo
from desktop.services.guidance import loading
from desktop.services.training.plants import SUPPORT_RULES
from tests.services.training.conftest import TODAY


@pytest.fixture
def session(office):
    with Session(office.engine) as opened:
        yield opened


def rules_of(office, name):
    return {line["rule"] for line in json.loads(office.planted.read_text("utf-8"))[name]}


def test_each_rule_about_support_has_a_plant_and_a_near_miss(office):
    assert rules_of(office, "planted") >= SUPPORT_RULES
    # A plan whose review was held in time is no near miss by a day, and is shown by the plans themselves.
    assert rules_of(office, "near_misses") >= SUPPORT_RULES - {"E22"}


def test_plans_are_in_force_with_consent_and_results(office, session):
    plans = session.scalars(select(SupportPlanRecord)).all()
    assert len(plans) == 3
    assert all(plan.state is PlanState.APPROVED and plan.group in PLANNED_GROUPS for plan in plans)
    approvals = {row.subject_id: row for row in session.scalars(select(Approval))}
    assert all(approvals[plan.id].content_hash == plan.content_hash for plan in plans)
    made = {row.id: row.made_on for row in session.scalars(select(AssessmentRecord))}
    assert all(made[plan.assessment_id] <= plan.starts_on for plan in plans)
    assert {row.plan_id for row in session.scalars(select(SupportPlanConsent))} == {
        plan.id for plan in plans
    }
    stems = {row.stem_id for row in session.scalars(select(SupportPlanStep))}
    assert {row.stem_id for row in session.scalars(select(SupportPlanStepResult))} <= stems
    reviewed = {row.root_id for row in session.scalars(select(SupportPlanReview))}
    (overdue,) = [plan for plan in plans if plan.root_id not in reviewed]
    assert overdue.review_on < TODAY <= overdue.ends_on


def test_acts_of_three_months_are_by_caseworkers_and_the_supporter(session):
    acts = session.scalars(select(ActivityRecord)).all()
    logins = {row.id: row.login for row in session.scalars(select(Staff))}
    by = Counter(logins[act.staff_id] == "shuro" for act in acts)
    assert min(by.values()) >= 5
    assert len({act.kind for act in acts}) >= 10
    assert all(TODAY - timedelta(days=93) < act.done_on < TODAY for act in acts)
    steps = {row.id for row in session.scalars(select(SupportPlanStep))}
    assert {act.step_id for act in acts} & steps
    todos = set(session.scalars(select(Todo.origin_id)))
    assert all(act.id in todos for act in acts if act.next_due_on)


def test_programmes_requests_and_jobs_are_of_people_with_a_group(session):
    people = set(session.scalars(select(SupportGroupDecision.person_id)))
    for table in (
        *(Participation, ReferralRecord, EmploymentSpellRecord, ActivityRecord),
        *(MonthlyPaperReceipt, MonthlyPaperMissing, GuidanceCaseRecord),
    ):
        found = set(session.scalars(select(table.person_id)))
        assert found
        assert found <= people
    ended = [row for row in session.scalars(select(Participation)) if row.ended_on]
    assert len(ended) == 1
    requests = session.scalars(select(ReferralRecord)).all()
    answered = set(session.scalars(select(ReferralStepRecord.referral_id)))
    assert len(requests) == 3
    assert len(answered) == 1
    assert session.scalars(select(EmploymentCheckRecord)).all()


def test_incomes_are_of_months_that_are_over_and_tell_of_a_raise(session):
    found = session.execute(
        select(IncomeMonthRecord.person_id, IncomeMonthRecord.month, IncomeMonthRecord.gross)
    ).all()
    assert {month.day for _, month, _ in found} == {1}
    assert max(month for _, month, _ in found) == months_later(TODAY.replace(day=1), -1)
    months: dict[UUID, dict[date, Earned]] = {}
    for person_id, month, gross in found:
        months.setdefault(person_id, {})[month] = Earned(gross=gross)
    began = dict(
        session.execute(
            select(Participation.person_id, func.min(Participation.starts_on)).group_by(
                Participation.person_id
            )
        ).all()
    )
    compared = [
        compare(known, began[person], (TODAY - timedelta(days=180), TODAY), RaiseRules())
        for person, known in months.items()
    ]
    assert sorted((each.is_known, each.is_raise) for each in compared) == [
        (False, False),
        (True, True),
    ]


def test_monthly_papers_came_and_stand_in_the_intake_book_in_their_order(session):
    receipts = session.scalars(select(MonthlyPaperReceipt)).all()
    papers = {row.id: row for row in session.scalars(select(PaperRecord))}
    assert all(papers[row.paper_id].person_id == row.person_id for row in receipts)
    in_order = sorted(papers.values(), key=lambda paper: (paper.fiscal_year, paper.number))
    assert [p.received_at for p in in_order] == sorted(p.received_at for p in in_order)
    books = {row.fiscal_year: row.last_number for row in session.scalars(select(PaperBook))}
    highest = session.execute(
        select(PaperRecord.fiscal_year, func.max(PaperRecord.number)).group_by(
            PaperRecord.fiscal_year
        )
    )
    assert books == {year: number for year, number in highest}  # noqa: C416 - rows
    late = session.scalars(select(MonthlyPaperMissing)).all()
    assert {row.asked_help for row in late} == {True, False}
    cards = {(row.person_id, row.month) for row in session.scalars(select(MonthlyPaperReminder))}
    assert cards == {(row.person_id, row.month) for row in late}


def test_guidance_stands_at_the_oral_step_and_kept_to_the_gates(session):
    (row,) = session.scalars(select(GuidanceCaseRecord)).all()
    (case,) = loading.cases(session, row.office_id, row.household_id, row.id)
    steps = sorted(case.steps, key=lambda step: step.number)
    assert [step.kind for step in steps] == [Step.PROBLEM, Step.ENCOURAGEMENT, Step.ORAL]
    for place, step in enumerate(steps):
        assert not missing(step.kind, steps[:place])
    next_check = steps[-1].further_on
    assert next_check is not None
    assert next_check > TODAY
    assert session.scalar(select(func.count()).select_from(GuidanceStepRecord)) == 3


def test_what_was_written_is_counted(office, session):
    made = office.report.rows
    for table in (SupportPlanRecord, ActivityRecord, ReferralRecord, PaperRecord, Todo, Approval):
        stored = session.scalar(select(func.count()).select_from(table))
        assert made[table.__tablename__] == stored
