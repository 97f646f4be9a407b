"""That a policy was explained, and that an event needs no review, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.support_policies import ExplanationInput, NoReviewInput, Understanding
from tests.services.support_policies.test_support_policies import approve, in_force
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import TODAY
from tests.support.policies import written

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def told(policy_id, **changes) -> ExplanationInput:
    given: dict[str, Any] = {
        "explained_on": TODAY,
        "understanding": Understanding.PARTLY,
        "to_whom": "世帯主",
        "place": "自宅",
        "said": "通院の話は分かったが、転居はしたくないとのこと。",
    }
    return ExplanationInput(policy_id=policy_id, **given | changes)


def test_an_explanation_stands_with_the_policy(office, caseworker):
    in_force(office, caseworker)
    policy = caseworker.policies.in_force(office.household_id)
    caseworker.policies.explain(told(policy.policy_id))
    answers = office.desk(office.supervisor).policies.answered(policy.policy_id)
    (found,) = answers.explanations
    assert (found.by, found.to_whom, found.place) == (
        office.caseworker.name,
        "世帯主",
        "自宅",
    )
    assert found.understanding is Understanding.PARTLY
    assert "転居はしたくない" in found.said


def test_only_what_was_approved_is_explained(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    with pytest.raises(NotPermittedError):
        caseworker.policies.explain(told(saved.policy_id))


@pytest.mark.parametrize("change", [{"explained_on": TOMORROW}, {"to_whom": " "}])
def test_an_explanation_says_to_whom_and_when(office, caseworker, change):
    in_force(office, caseworker)
    policy = caseworker.policies.in_force(office.household_id)
    with pytest.raises(ValidationError) as refused:
        caseworker.policies.explain(told(policy.policy_id, **change))
    assert set(refused.value.fields) == set(change)


def test_a_policy_is_to_be_explained_within_the_days_of_the_office(office, caseworker):
    saved = caseworker.policies.save(written(caseworker, office.household_id))
    assert caseworker.policies.answered(saved.policy_id).explain_by is None
    caseworker.policies.submit(saved.policy_id, saved.version)
    for decider in (office.supervisor, office.head):
        approve(office.desk(decider))
    answers = caseworker.policies.answered(saved.policy_id)
    assert answers.explain_by == TODAY + timedelta(days=30)


@pytest.mark.parametrize("taken", [Understanding.DISAGREED, Understanding.NOT_POSSIBLE])
def test_who_disagrees_is_quoted_and_what_made_it_impossible_is_named(office, caseworker, taken):
    in_force(office, caseworker)
    policy = caseworker.policies.in_force(office.household_id)
    with pytest.raises(ValidationError) as refused:
        caseworker.policies.explain(told(policy.policy_id, understanding=taken, said=" "))
    assert set(refused.value.fields) == {"said"}
    caseworker.policies.explain(told(policy.policy_id, understanding=taken))


def no_review(office, **changes) -> NoReviewInput:
    given: dict[str, Any] = {
        "happened_on": TODAY,
        "event": "短期の入院",
        "reason": "課題も取組も変わらない。",
    }
    return NoReviewInput(household_id=office.household_id, **given | changes)


def test_no_review_is_an_answer_and_does_not_move_the_day(office, caseworker):
    in_force(office, caseworker)
    due = caseworker.policies.in_force(office.household_id).review_due_on
    caseworker.policies.answer_no_review(no_review(office))
    policy = caseworker.policies.in_force(office.household_id)
    (found,) = caseworker.policies.answered(policy.policy_id).no_reviews
    assert (found.event, found.reason) == ("短期の入院", "課題も取組も変わらない。")
    assert caseworker.policies.in_force(office.household_id).review_due_on == due


@pytest.mark.parametrize("change", [{"happened_on": TOMORROW}, {"event": ""}, {"reason": " "}])
def test_an_answer_without_a_reason_is_none(office, caseworker, change):
    with pytest.raises(ValidationError) as refused:
        caseworker.policies.answer_no_review(no_review(office, **change))
    assert set(refused.value.fields) == set(change)
