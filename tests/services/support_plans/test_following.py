"""What happens to a plan after its approval: consent, steps, reviews, the end. Nothing of it decides anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.support_plan_files import GoalReview, StepResultInput
from desktop.domain.support_plans import ConsentMove, GoalResult, NextCourse, StepStatus
from tests.support.factories import TODAY
from tests.support.support_plans import (
    approved,
    consent,
    ending,
    in_days,
    next_version,
    plan,
    review,
)


def of_person(desk, office):
    return desk.support_plans.of_household(office.household_id).people[0]


def result(given, **changes) -> StepResultInput:
    values = {
        "result_id": new_id(),
        "stem_id": given.steps[0].stem_id,
        "household_id": given.household_id,
        "status": StepStatus.DONE,
        "done_on": TODAY,
        "note": "登録票を見た",
    }
    return StepResultInput(**(values | changes))


def test_results_of_a_step_go_on_in_the_next_version(office, caseworker, supervisor):
    first = approved(caseworker, supervisor, plan(office))
    done = result(first)
    caseworker.support_plans.note_step(done)
    caseworker.support_plans.note_step(done)  # a retry
    approved(caseworker, supervisor, next_version(first, 1))
    found = of_person(caseworker, office).in_force
    assert found.results == {first.steps[0].step_id: done}


def test_a_draft_has_no_results(office, caseworker):
    given = plan(office)
    caseworker.support_plans.save(given)
    with pytest.raises(NotPermittedError):
        caseworker.support_plans.note_step(result(given))


@pytest.mark.parametrize(
    "changes", [{"done_on": None}, {"done_on": TODAY + timedelta(days=1)}], ids=["none", "future"]
)
def test_what_is_done_has_its_day(office, caseworker, supervisor, changes):
    given = approved(caseworker, supervisor, plan(office))
    with pytest.raises(ValidationError) as refusal:
        caseworker.support_plans.note_step(result(given, **changes))
    assert set(refusal.value.fields) == {"done_on"}


def test_consent_is_taken_back_only_where_it_was_given(office, caseworker, supervisor):
    given = approved(caseworker, supervisor, plan(office))
    with pytest.raises(ValidationError):
        caseworker.support_plans.note_consent(consent(given, ConsentMove.TAKEN_BACK))
    caseworker.support_plans.note_consent(consent(given))
    caseworker.support_plans.note_consent(consent(given, ConsentMove.TAKEN_BACK))
    found = of_person(caseworker, office)
    assert found.in_force.consent.move is ConsentMove.TAKEN_BACK  # and the plan is still in force
    with pytest.raises(ValidationError):
        caseworker.support_plans.note_consent(consent(given, said_on=in_days(1)))


def test_a_review_moves_the_day_of_the_next_one(office, caseworker, supervisor):
    given = approved(caseworker, supervisor, plan(office))
    goal = GoalReview(
        goal_id=given.goals[0].goal_id, result=GoalResult.PARTLY, words="週1回は続いている"
    )
    assert of_person(caseworker, office).in_force.review_due_on == given.review_on
    held = review(given, goals=(goal,))
    caseworker.support_plans.note_review(held)
    caseworker.support_plans.note_review(held)  # a retry
    found = of_person(caseworker, office).in_force
    assert [each.given for each in found.reviews] == [held]
    assert found.review_due_on == held.next_review_on


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": in_days(1)}, "held_on"),
        ({"next_review_on": None}, "next_review_on"),
        ({"next_review_on": TODAY}, "next_review_on"),
        ({"next_course": NextCourse.END}, "next_review_on"),
        ({"attendees": " "}, "attendees"),
    ],
)
def test_a_review_says_who_and_when_next(office, caseworker, supervisor, changes, field):
    given = approved(caseworker, supervisor, plan(office))
    with pytest.raises(ValidationError) as refusal:
        caseworker.support_plans.note_review(review(given, **changes))
    assert set(refusal.value.fields) == {field}


def test_a_goal_of_another_version_is_not_reviewed(office, caseworker, supervisor):
    first = approved(caseworker, supervisor, plan(office))
    approved(caseworker, supervisor, next_version(first, 1))
    old = GoalReview(goal_id=first.goals[0].goal_id, result=GoalResult.REACHED)
    with pytest.raises(ValidationError) as refusal:
        caseworker.support_plans.note_review(review(first, goals=(old,)))
    assert set(refusal.value.fields) == {"results"}


def test_a_plan_ends_once(office, caseworker, supervisor):
    given = approved(caseworker, supervisor, plan(office))
    caseworker.support_plans.end(ending(given))
    caseworker.support_plans.end(ending(given))  # a retry
    found = of_person(caseworker, office)
    assert found.in_force is None
    assert found.plans[0].end.outcome_label == "就労開始（パート等）"
    with pytest.raises(NotPermittedError):
        caseworker.support_plans.note_review(review(given))
    with pytest.raises(ConflictError):
        caseworker.support_plans.save(next_version(given, 1))
    with pytest.raises(ConflictError):
        caseworker.support_plans.note_consent(consent(given))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "O99"}, "outcome"),
        ({"ended_on": in_days(1), "follow_until": None}, "ended_on"),
        ({"summary": ""}, "summary"),
    ],
)
def test_an_end_says_what_came_of_it(office, caseworker, supervisor, changes, field):
    given = approved(caseworker, supervisor, plan(office))
    with pytest.raises(ValidationError) as refusal:
        caseworker.support_plans.end(ending(given, **changes))
    assert set(refusal.value.fields) == {field}


def test_a_plan_does_not_end_while_its_change_waits(office, caseworker, supervisor):
    given = approved(caseworker, supervisor, plan(office))
    change = next_version(given, 1)
    caseworker.support_plans.save(change)
    caseworker.support_plans.submit(change.plan_id, office.household_id)
    with pytest.raises(ConflictError):
        caseworker.support_plans.end(ending(given))
