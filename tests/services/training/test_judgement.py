"""The training office has people of every group with their history, and their proposals are those that were planted."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.support_groups import DecidedBy, SupportGroup
from desktop.models.assessments import AssessmentRecord, SensitiveBarrier
from desktop.models.conferences import CaseConference, ConferenceMinutes
from desktop.models.households import Household
from desktop.models.support_groups import SupportGroupDecision, SupportGroupReason
from desktop.services.training.judgement_scenes import scenes
from tests.services.training.conftest import TODAY

RULES = {f"R{number:02}" for number in range(1, 12)}


@pytest.fixture
def session(office):
    with Session(office.engine) as opened:
        yield opened


def test_every_rule_has_somebody_and_is_found_where_it_was_planted(office, session):
    rows = session.execute(
        select(AssessmentRecord.rule, Household.case_number, AssessmentRecord.proposed_group).join(
            Household, Household.id == AssessmentRecord.household_id
        )
    ).all()
    shown = json.loads(office.planted.read_text(encoding="utf-8"))["shown"]
    told = [line for line in shown if line["what"].startswith("支援区分 ")]
    planted = [(line["what"].removeprefix("支援区分 "), line["case_number"]) for line in told]
    assert sorted((rule, number) for rule, number, _ in rows) == sorted(planted)
    assert {rule for rule, *_ in rows} == RULES
    assert {group for *_, group in rows} == set(SupportGroup)
    assert {step.rule for one in scenes().people for step in one.steps} == RULES


def test_there_is_an_override_a_provisional_group_and_one_that_stayed(office, session):
    decisions = session.scalars(select(SupportGroupDecision)).all()
    proposed = {row.id: row.proposed_group for row in session.scalars(select(AssessmentRecord))}
    reasons = {row.decision_id: row.reason for row in session.scalars(select(SupportGroupReason))}
    assert {each.how for each in decisions} == set(DecidedBy)
    (other,) = [each for each in decisions if each.group is not proposed[each.assessment_id]]
    assert (proposed[other.assessment_id], other.group) == (
        SupportGroup.DAILY_LIFE,
        SupportGroup.WITH_HELP,
    )
    assert len(reasons[other.id]) >= 20
    authors = {row.id: row.author_id for row in session.scalars(select(AssessmentRecord))}
    assert all(authors[each.assessment_id] != each.decided_by for each in decisions)
    assert all(each.effective_from < each.next_review_on for each in decisions)


def test_one_meeting_is_over_and_the_next_is_today(office, session):
    over, today = session.scalars(select(CaseConference).order_by(CaseConference.planned_on)).all()
    assert over.closed_at is not None
    assert (today.planned_on, today.held_on) == (TODAY, None)
    decided = [d for d in session.scalars(select(SupportGroupDecision)) if d.matter_id]
    minuted = {row.matter_id for row in session.scalars(select(ConferenceMinutes))}
    assert minuted == {each.matter_id for each in decided}


def test_something_is_disputed_held_and_sensitive(office, session):
    newest = session.scalars(select(AssessmentRecord)).all()
    assert sum(row.is_disputed for row in newest) == 1
    assert sum(row.on_hold for row in newest) == 1
    assert session.scalars(select(SensitiveBarrier)).all()
    made = office.report.rows
    assert made["assessment"] == made["assessment_answers"] == len(newest)
