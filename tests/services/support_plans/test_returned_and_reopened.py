"""A plan that came back lies on its author's desk; once a household was closed its plan and steps count for nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.approvals import Move
from desktop.domain.errors import UserError
from desktop.domain.households import HouseholdState
from desktop.domain.todos import TodoOrigin
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.support_plans import SupportPlanRecord
from desktop.services.todos import TodoService
from tests.support.factories import CLOCK, TODAY, add
from tests.support.grades import decided
from tests.support.support_acts import an_act
from tests.support.support_plans import approved, next_version, plan


def plans_on_desk(desk):
    rows = TodoService(desk.work, CLOCK, desk.staff, desk.support_plans.reading).mine()
    return [row for row in rows if row.origin is TodoOrigin.SUPPORT_PLAN]


def returned(caseworker, supervisor, given):
    caseworker.support_plans.save(given)
    caseworker.support_plans.submit(given.plan_id, given.household_id)
    decided(supervisor, Move.RETURN, "目標の確かめ方を本人と決めてください。")


def test_a_returned_plan_lies_on_its_author_s_desk_until_it_is_written_anew(
    office, caseworker, supervisor
):
    given = plan(office)
    returned(caseworker, supervisor, given)
    (row,) = plans_on_desk(caseworker)
    assert (row.household_id, row.subject_id) == (office.household_id, given.plan_id)
    assert row.text.startswith("差戻し：個別支援計画。")
    assert plans_on_desk(supervisor) == []
    caseworker.support_plans.save(next_version(given, 1))
    assert plans_on_desk(caseworker) == []


def close_and_open_again(office, plan_id):
    """The plan was approved ten days ago; since then protection ended and began anew."""
    with office.work() as session:
        session.get_one(SupportPlanRecord, plan_id).approved_at = CLOCK.now() - timedelta(days=10)
        for state, ago, until in (
            (HouseholdState.CLOSED, 5, TODAY - timedelta(days=4)),
            (HouseholdState.RECEIVING, 3, None),
        ):
            add(
                session,
                HouseholdStatePeriod(
                    office_id=office.caseworker.office_id,
                    household_id=office.household_id,
                    state=state,
                    valid_from=TODAY - timedelta(days=ago),
                    valid_to=until,
                ),
            )


def test_after_closing_and_opening_no_old_step_is_offered_and_a_new_plan_can_be_made(
    office, caseworker, supervisor
):
    first = approved(caseworker, supervisor, plan(office))
    offered = caseworker.activities.of_household(office.household_id).steps
    assert [step.step_id for step in offered] == [step.stem_id for step in first.steps]
    close_and_open_again(office, first.plan_id)
    assert caseworker.activities.of_household(office.household_id).steps == ()
    with pytest.raises(UserError):
        caseworker.activities.add(
            an_act(office.household_id, office.person_id, step_id=first.steps[0].stem_id)
        )
    again = plan(office)
    caseworker.support_plans.save(again)
    (person, *_) = caseworker.support_plans.of_household(office.household_id).people
    assert person.in_force is None
    assert person.in_hand.given == again
    caseworker.support_plans.submit(again.plan_id, office.household_id)
    decided(supervisor)
    (person, *_) = caseworker.support_plans.of_household(office.household_id).people
    assert person.in_force.given == again
    offered = caseworker.activities.of_household(office.household_id).steps
    assert [step.step_id for step in offered] == [step.stem_id for step in again.steps]
