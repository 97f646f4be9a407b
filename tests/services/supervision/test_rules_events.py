"""P04: an event without review or answer is found the day after its limits, not on them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.households import HouseholdState, Relation
from desktop.domain.office import AssignmentKind
from desktop.domain.support_policies import PolicyKind, PolicyState
from desktop.models.households import Member
from desktop.models.support_policies import PolicyNoReview, SupportPolicyRecord
from tests.support.factories import (
    LONG_AGO,
    add,
    assign,
    at,
    days_ago,
    make_district,
    make_person,
    make_staff,
)


def approved(watched, household, on: date, **changes: Any) -> None:
    """A policy approved on a day, due a year later."""
    values: dict[str, Any] = {
        "office_id": watched.office.id,
        "household_id": household.id,
        "kind": PolicyKind.YEARLY,
        "state": PolicyState.APPROVED,
        "made_on": on,
        "author_id": watched.caseworker.id,
        "saved_at": at(on),
        "approved_version": 1,
        "approved_at": at(on),
        "review_due_on": on.replace(year=on.year + 1),
    }
    add(watched.session, SupportPolicyRecord(**values | changes))


def joined(watched, household, on: date) -> None:
    person = make_person(watched.session, watched.office)
    row = Member(
        office_id=watched.office.id,
        household_id=household.id,
        person_id=person.id,
        relation=Relation.OTHER,
        is_head=False,
        valid_from=on,
    )
    add(watched.session, row)


def test_p04_asks_one_day_after_the_limit(watched):
    late, in_time = watched.household(), watched.household()
    for household, days in ((late, 61), (in_time, 60)):
        approved(watched, household, days_ago(100))
        joined(watched, household, days_ago(days))

    (finding,) = watched.found("P04")

    assert finding.household_id == late.id
    assert (finding.severity, finding.days, finding.since) == (2, 61, days_ago(61))
    assert "世帯員が加わった" in finding.reason


def test_p04_tells_of_the_oldest_event_once(watched):
    household = watched.household()
    approved(watched, household, days_ago(200))
    for days in (70, 90, 80):
        joined(watched, household, days_ago(days))
    assert [f.days for f in watched.found("P04")] == [90]


def test_p04_is_silent_after_a_review_or_an_answer(watched):
    reviewed, answered, under_way = (watched.household() for _ in range(3))
    for household in (reviewed, answered, under_way):
        approved(watched, household, days_ago(200))
        joined(watched, household, days_ago(90))
    approved(watched, reviewed, days_ago(80))
    add(
        watched.session,
        PolicyNoReview(
            office_id=watched.office.id,
            household_id=answered.id,
            happened_on=days_ago(90),
            answered_by=watched.caseworker.id,
            answered_at=at(days_ago(1)),
        ),
    )
    open_one = {"approved_version": None, "approved_at": None, "review_due_on": None}
    approved(watched, under_way, days_ago(5), state=PolicyState.DRAFT, **open_one)
    assert [f.household_id for f in watched.found("P04")] == [under_way.id]


@pytest.mark.parametrize(("taken_over", "found"), [(date(2024, 6, 30), 1), (date(2024, 7, 1), 0)])
def test_p04_leaves_a_new_caseworker_his_three_months(watched, taken_over, found):
    district = make_district(watched.session, watched.office)
    before = make_staff(watched.session, office=watched.office)
    assign(watched.session, before, district, until=date.fromordinal(taken_over.toordinal() - 1))
    make_staff(watched.session, office=watched.office, district=district, since=taken_over)
    assign(
        watched.session,
        watched.supervisor,
        district,
        kind=AssignmentKind.SUPERVISOR,
        since=LONG_AGO,
    )
    approved(watched, watched.household(district=district), days_ago(200))
    assert len(watched.found("P04")) == found


@pytest.mark.parametrize("state", [HouseholdState.CLOSED, HouseholdState.SUSPENDED])
def test_p04_asks_about_receiving_households_only(watched, state):
    household = watched.household(state=state)
    approved(watched, household, days_ago(200))
    joined(watched, household, days_ago(90))
    assert not watched.found("P04")
