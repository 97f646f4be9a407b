"""Support plans as they are written and approved: versions, one plan a person, what a version must have."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.approvals import ApprovalState, Move
from desktop.domain.assessments import Health
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.review import SupportPlanCard
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import ConsentMove, PlanState
from desktop.models.support_plans import SupportPlanRecord
from tests.support.assessments import assessment, decision
from tests.support.factories import TODAY
from tests.support.grades import decided
from tests.support.support_plans import (
    approved,
    consent,
    ending,
    in_days,
    next_version,
    participation,
    plan,
)


def of_person(desk, office):
    return desk.support_plans.of_household(office.household_id).people[0]


def test_a_plan_is_in_force_only_once_it_was_approved(office, caseworker, supervisor):
    given = plan(office)
    caseworker.support_plans.save(given)
    caseworker.support_plans.save(given)  # a retry
    found = of_person(caseworker, office)
    assert (found.in_force, found.in_hand.state, len(found.plans)) == (None, PlanState.DRAFT, 1)
    assert found.in_hand.given == given
    caseworker.support_plans.submit(given.plan_id, office.household_id)
    assert of_person(caseworker, office).in_force is None
    assert decided(supervisor) is ApprovalState.APPROVED
    found = of_person(caseworker, office)
    assert (found.in_force.given, found.in_hand) == (given, None)
    assert found.in_force.approved_by


def test_an_approved_version_stays_and_a_change_is_the_next_one(office, caseworker, supervisor):
    first = approved(caseworker, supervisor, plan(office))
    second = next_version(first, 1, wish="「夜の仕事はしたくない」")
    caseworker.support_plans.save(second)
    found = of_person(caseworker, office)
    assert (found.in_force.given, found.in_hand.version) == (first, 2)
    caseworker.support_plans.submit(second.plan_id, office.household_id)
    card = supervisor.approvals.card(supervisor.approvals.queue()[0].approval_id)
    assert card.row.kind_label == "個別支援計画（変更）"
    assert isinstance(card.subject, SupportPlanCard)
    before = card.subject.proposed.before
    assert before is not None
    assert before.given == first
    decided(supervisor)
    found = of_person(caseworker, office)
    assert [(p.version, p.is_in_force, p.state) for p in found.plans] == [
        (2, True, PlanState.APPROVED),
        (1, False, PlanState.APPROVED),
    ]
    assert found.plans[1].given == first
    assert [s.stem_id for s in found.in_force.given.steps] == [s.step_id for s in first.steps]


def test_nobody_writes_over_a_version_that_is_newer(office, caseworker, supervisor):
    first = plan(office)
    caseworker.support_plans.save(first)
    supervisor.support_plans.save(next_version(first, 1))
    with pytest.raises(ConflictError):
        caseworker.support_plans.save(next_version(first, 1))
    with pytest.raises(ConflictError):
        caseworker.support_plans.submit(first.plan_id, office.household_id)


def test_a_submitted_version_is_not_written_on(office, caseworker):
    first = plan(office)
    caseworker.support_plans.save(first)
    caseworker.support_plans.submit(first.plan_id, office.household_id)
    with pytest.raises(ConflictError):
        caseworker.support_plans.save(next_version(first, 1))
    caseworker.support_plans.withdraw(first.plan_id)
    caseworker.support_plans.save(next_version(first, 1))
    assert of_person(caseworker, office).in_hand.version == 2


def test_a_returned_version_says_why(office, caseworker, supervisor):
    first = plan(office)
    caseworker.support_plans.save(first)
    caseworker.support_plans.submit(first.plan_id, office.household_id)
    decided(supervisor, Move.RETURN, "期限を確かめてください。")
    found = of_person(caseworker, office).in_hand
    assert (found.state, found.returned_words) == (PlanState.RETURNED, "期限を確かめてください。")


def test_one_active_plan_a_person(office, caseworker, supervisor):
    other = plan(office)
    caseworker.support_plans.save(other)
    first = approved(caseworker, supervisor, plan(office))
    with pytest.raises(ConflictError):
        caseworker.support_plans.save(plan(office))
    with pytest.raises(ConflictError):
        caseworker.support_plans.submit(other.plan_id, office.household_id)
    caseworker.support_plans.end(ending(first))
    again = approved(caseworker, supervisor, plan(office))
    assert of_person(caseworker, office).in_force.given == again


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wish": " "}, "wish"),
        ({"goals": (), "steps": ()}, "goals"),
        ({"steps": ()}, "steps"),
    ],
)
def test_what_a_plan_lacks_is_said_when_it_is_handed_in(office, caseworker, changes, field):
    given = plan(office, **changes)
    caseworker.support_plans.save(given)
    with pytest.raises(ValidationError) as refusal:
        caseworker.support_plans.submit(given.plan_id, office.household_id)
    assert field in refusal.value.fields


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": in_days(800)}, "ends_on"),
        ({"review_on": in_days(200)}, "review_on"),
        ({"programmes": ("none",)}, "programmes"),
        ({"person_id": new_id()}, "person_id"),
        ({"wish": "あ" * 10_001}, "wish"),
    ],
)
def test_what_cannot_be_is_refused_by_the_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refusal:
        caseworker.support_plans.save(plan(office, **changes))
    assert set(refusal.value.fields) == {field}


def test_the_digest_is_the_assessments_and_a_group_only_a_decided_one(
    office, caseworker, supervisor
):
    given = plan(office)
    made = assessment(office, resources="運転免許", view="長い空白がある")
    caseworker.assessments.save(made)
    caseworker.support_plans.save(given)
    found = of_person(caseworker, office)
    assert (found.in_hand.group_label, found.group_label) == ("", "")
    digest = found.in_hand.digest
    assert (digest.assessment_id, digest.strengths, digest.issues) == (
        made.assessment_id,
        "運転免許",
        "長い空白がある",
    )
    supervisor.groups.decide(decision(office, made, SupportGroup.WITH_HELP))
    caseworker.support_plans.save(next_version(given, 1))
    with office.work() as session:
        groups = session.scalars(
            select(SupportPlanRecord.group).order_by(SupportPlanRecord.version)
        ).all()
    assert groups == [None, SupportGroup.WITH_HELP]


def test_too_little_known_is_no_group(office, caseworker, supervisor):
    made = assessment(office, health=Health.UNKNOWN, health_source=None, health_on=None)
    caseworker.assessments.save(made)
    supervisor.groups.decide(decision(office, made, SupportGroup.NOT_KNOWN))
    caseworker.support_plans.save(plan(office))
    with office.work() as session:
        assert session.scalars(select(SupportPlanRecord.group)).all() == [None]


def test_the_card_asks_about_consent(office, caseworker, supervisor):
    given = plan(office)
    caseworker.support_plans.save(given)
    caseworker.support_plans.submit(given.plan_id, office.household_id)
    approval_id = supervisor.approvals.queue()[0].approval_id
    before = supervisor.approvals.card(approval_id).subject.checks
    assert any(check.severity == 3 and "同意" in check.sentence for check in before)
    caseworker.support_plans.note_consent(consent(given))
    after = supervisor.approvals.card(approval_id).subject.checks
    assert not any("同意" in check.sentence for check in after)
    caseworker.support_plans.note_consent(consent(given, ConsentMove.TAKEN_BACK))
    assert of_person(caseworker, office).in_hand.consent.move is ConsentMove.TAKEN_BACK


def test_who_only_reads_writes_no_plan(office):
    records = office.desk(office.records)
    with pytest.raises(NotPermittedError):
        records.support_plans.save(plan(office))
    with pytest.raises(NotPermittedError):
        records.participations.begin(participation(office))
