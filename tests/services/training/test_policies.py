"""The training office's support policies: as the service would have stored them, quoting its own record."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock, japan_day
from desktop.domain.dates import age_on, months_later
from desktop.domain.policy_duties import DutyKind, duty_lines
from desktop.domain.records import measure_body
from desktop.domain.support_policies import (
    IssueDomain,
    PolicyState,
    Standing,
    SupportPolicy,
)
from desktop.domain.support_policies_content import policy_hash
from desktop.domain.support_policies_drafting import as_input
from desktop.models.approvals import Approval
from desktop.models.households import Household, Person
from desktop.models.policy_duties import PolicyDuty, PolicyResult
from desktop.models.records import EntryRecord, SegmentText
from desktop.models.support_policies import PolicyEvidence, SupportPolicyRecord
from desktop.services.sign_in import SignIn
from desktop.services.support_policies.checks import words_of
from desktop.services.support_policies.loading import issues_of, load_policy
from tests.services.training.conftest import TODAY
from tests.support.factories import at


@pytest.fixture
def session(office):
    with Session(office.engine) as session:
        yield session


@pytest.fixture
def policies(office, session) -> dict[object, SupportPolicy]:
    """Every policy that the head of section may see, by id."""
    head = SignIn(UnitOfWork(office.engine), FixedClock(at(TODAY))).sign_in("kacho")
    ids = session.scalars(select(SupportPolicyRecord.id))
    found = ((policy_id, load_policy(session, head, policy_id)) for policy_id in ids)
    return {policy_id: policy for policy_id, policy in found if policy is not None}


def test_policies_carry_the_hash_measures_and_dues_that_the_service_would_store(session, policies):
    assert len(policies) > 60
    for record in session.scalars(select(SupportPolicyRecord)):
        policy = policies.get(record.id)
        if policy is None:
            assert record.state is PolicyState.DRAFT
            continue
        given = as_input(policy)
        assert record.content_hash == policy.content_hash == policy_hash(given)
        assert record.body_sketch == measure_body(words_of(given)).sketch
        assert record.gaps == sum(
            not any(action.by_on for action in issue.actions) for issue in policy.goes_on
        )
        if record.approved_at is not None:
            due = months_later(japan_day(record.approved_at), 12)
            assert (record.approved_version, record.review_due_on) == (1, due)
            assert policy.stamps[-1].at == record.approved_at


def test_their_approvals_name_version_and_hash(session):
    p, a = SupportPolicyRecord, Approval
    rows = session.execute(
        select(
            p.state, p.content_hash, a.content_hash, a.root_version, a.submitted_at, p.saved_at
        ).outerjoin(a, (a.subject_id == p.id) & (a.subject_kind == "support_policy"))
    ).all()
    for state, own, approved, version, submitted_at, saved_at in rows:
        if state is PolicyState.DRAFT:
            assert approved is None
        else:
            assert (own, version) == (approved, 1)
            assert saved_at < submitted_at < at(TODAY)


def test_evidence_stands_in_the_record_of_the_household_and_before_the_policy(session):
    e, p, s = PolicyEvidence, SupportPolicyRecord, SegmentText
    rows = session.execute(
        select(e, p.made_on, EntryRecord.event_on, EntryRecord.household_id, s.text)
        .join(p, p.id == e.policy_id)
        .join(EntryRecord, EntryRecord.id == e.entry_id)
        .join(
            s,
            (s.entry_id == e.entry_id)
            & (s.version == e.entry_version)
            & (s.segment_id == e.segment_id),
        )
    ).all()
    assert len(rows) == session.scalar(select(func.count()).select_from(e)) > 100
    for evidence, made_on, event_on, household_id, text in rows:
        assert text[evidence.start_at : evidence.end_at] == evidence.quote
        assert evidence.household_id == household_id
        assert event_on < made_on
        assert evidence.quote.endswith("。")


def test_a_review_decides_every_line_that_went_on(policies):
    reviews = [policy for policy in policies.values() if policy.follows is not None]
    assert len(reviews) > 20
    standings = Counter[Standing]()
    for policy in reviews:
        before = policies[policy.follows]
        lines = {issue.issue_id: issue for issue in policy.issues}
        assert {issue.issue_id for issue in before.goes_on} <= lines.keys()
        assert policy.evaluation
        for issue in before.goes_on:
            assert lines[issue.issue_id].standing is not Standing.NEW
            assert lines[issue.issue_id].result
        assert before.made_on + timedelta(days=60) < policy.made_on
        standings.update(issue.standing for issue in policy.issues)
    assert set(standings) == set(Standing)


def test_every_line_is_complete_and_fits_the_household(office, session, policies):
    lines = json.loads(office.planted.read_text(encoding="utf-8"))["planted"]
    asked = {line["case_number"] for line in lines if line["rule"] == "P07"}
    numbers = dict(session.execute(select(Household.id, Household.case_number)).all())
    born = dict(session.execute(select(Person.id, Person.birth_date)).all())
    for policy in policies.values():
        assert policy.situation
        assert len(policy.goes_on) >= 1
        assert not set(words_of(policy)) & set("{}｛｝@#｜")
        for issue in policy.issues:
            assert all((issue.text, issue.fact, issue.cause, issue.wish, issue.strength))
            assert issue.actions
            assert all(goal.text and goal.by_on for goal in issue.goals)
            if issue.domain is IssueDomain.WORK and numbers[policy.household_id] not in asked:
                assert age_on(born[issue.person_id], policy.made_on) < 65


def test_households_have_one_to_three_approved_ones_and_some_wait(session):
    p = SupportPolicyRecord
    counts = Counter(
        session.scalars(
            select(func.count()).where(p.state == PolicyState.APPROVED).group_by(p.household_id)
        )
    )
    assert set(counts) == {1, 2, 3}
    states = set(session.scalars(select(p.state)))
    assert states == set(PolicyState)
    assert session.scalar(select(func.count()).select_from(Household)) > len(counts)


def test_another_word_would_be_another_hash(policies):
    given = as_input(next(iter(policies.values())))
    assert policy_hash(replace(given, situation=f"{given.situation}。")) != policy_hash(given)


def test_duties_stand_for_the_lines_of_the_policy_in_force_and_results_lie_in_the_past(session):
    d, r = PolicyDuty, PolicyResult
    in_force = {}
    for record in session.scalars(
        select(SupportPolicyRecord)
        .where(SupportPolicyRecord.state == PolicyState.APPROVED)
        .order_by(SupportPolicyRecord.approved_at)
    ):
        in_force[record.household_id] = record
    duties = session.scalars(select(d)).all()
    assert {duty.policy_id for duty in duties} == {record.id for record in in_force.values()}
    for record in in_force.values():
        lines = duty_lines(issues_of(session, record.id, 1))
        stored = {
            (x.line_id, x.kind, x.issue_id, x.person_id, x.about, x.actor, x.by_on)
            for x in duties
            if x.policy_id == record.id
        }
        assert stored == {
            (x.line_id, x.kind, x.issue_id, x.person_id, x.about, x.actor, x.by_on) for x in lines
        }
    results = session.execute(
        select(r.happened_on, r.noted_at, d.began_on, d.settled_on, d.kind).join(
            d, d.id == r.duty_id
        )
    ).all()
    assert len(results) > 40
    for happened_on, noted_at, began_on, settled_on, kind in results:
        assert began_on <= happened_on == settled_on < TODAY
        assert japan_day(noted_at) == happened_on
        assert kind is not DutyKind.ISSUE
    assert sum(duty.settled_on is not None for duty in duties) == len(results)
