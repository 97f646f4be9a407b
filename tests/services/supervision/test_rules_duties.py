"""P07, P10 and P11: found on the day after the limit, and only in the policy in force of who receives protection."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.households import HouseholdState, Relation
from desktop.domain.ids import new_id
from desktop.domain.policy_duties import DutyField, DutyKind
from desktop.domain.support_policies import Actor
from desktop.models.households import Household, Member, Person
from desktop.models.policy_duties import PolicyDuty
from tests.services.supervision.test_rules_policies import approved, ids
from tests.support.factories import LONG_AGO, TODAY, add, days_ago, make_person

APPROVED_ON = days_ago(120)


def duty(watched, household, kind: DutyKind, **changes: Any) -> PolicyDuty:
    """A line of a policy that was approved some months ago."""
    policy = changes.pop("policy", None) or approved(watched, household, APPROVED_ON)
    values: dict[str, Any] = {
        "office_id": watched.office.id,
        "household_id": household.id,
        "policy_id": policy.id,
        "line_id": new_id(),
        "issue_id": new_id(),
        "kind": kind,
        "actor": Actor.PERSON if kind is DutyKind.ACTION else None,
        "began_on": APPROVED_ON,
    }
    return add(watched.session, PolicyDuty(**values | changes))


def member(watched, household, age: int, *, days: int = 0) -> Person:
    """Somebody who became so many years old some days ago."""
    birth = days_ago(days).replace(year=days_ago(days).year - age)
    person = make_person(watched.session, watched.office, birth_date=birth)
    key = {"office_id": watched.office.id, "household_id": household.id}
    place = Member(
        **key, person_id=person.id, relation=Relation.CHILD, is_head=False, valid_from=LONG_AGO
    )
    add(watched.session, place)
    return person


def head_is(watched, household, age: int | None) -> Person:
    """Make the head so old."""
    place = watched.session.scalars(
        select(Member).where(Member.household_id == household.id, Member.is_head)
    ).one()
    person: Person = watched.session.get_one(Person, place.person_id)
    person.birth_date = None if age is None else TODAY.replace(year=TODAY.year - age)
    watched.session.flush()
    return person


def test_p10_asks_the_day_after_the_goal(watched):
    late, today, settled = (watched.household() for _ in range(3))
    duty(watched, late, DutyKind.SHORT_GOAL, by_on=days_ago(1))
    duty(watched, today, DutyKind.SHORT_GOAL, by_on=TODAY)
    duty(watched, settled, DutyKind.SHORT_GOAL, by_on=days_ago(1), settled_on=TODAY)

    (finding,) = watched.found("P10")

    assert (finding.household_id, finding.severity, finding.days) == (late.id, 2, 1)
    assert finding.policy_id is not None
    assert "令和6年9月30日" in finding.reason


def test_p10_tells_a_household_once_from_its_earliest_goal(watched):
    household = watched.household()
    policy = approved(watched, household, APPROVED_ON)
    for days in (3, 20):
        duty(watched, household, DutyKind.SHORT_GOAL, by_on=days_ago(days), policy=policy)
    (finding,) = watched.found("P10")
    assert finding.days == 20
    assert "ほかに1件" in finding.reason


@pytest.mark.parametrize(
    "changes", [{"ended_on": days_ago(5)}, {"by_on": None}, {"kind": DutyKind.ACTION}]
)
def test_p10_looks_at_short_goals_in_force_only(watched, changes):
    values = {"kind": DutyKind.SHORT_GOAL, "by_on": days_ago(9)} | changes
    duty(watched, watched.household(), values.pop("kind"), **values)
    assert not watched.found("P10")


@pytest.mark.parametrize("state", [HouseholdState.SUSPENDED, HouseholdState.CLOSED])
def test_only_who_receives_protection_is_asked_about(watched, state):
    household = watched.household(state=state)
    duty(watched, household, DutyKind.SHORT_GOAL, by_on=days_ago(9))
    member(watched, household, 16)
    for rule in ("P07", "P10", "P11"):
        assert not watched.found(rule)


def work(watched, household: Household, **changes: Any) -> None:
    duty(watched, household, DutyKind.ACTION, about=DutyField.WORK, **changes)


def test_p07_asks_about_work_for_somebody_of_65(watched):
    old, younger = watched.household(), watched.household()
    work(watched, old, person_id=head_is(watched, old, 65).id)
    work(watched, younger, person_id=head_is(watched, younger, 64).id)

    (finding,) = watched.found("P07")

    assert (finding.household_id, finding.since) == (old.id, APPROVED_ON)
    assert "65歳の方に就労の取組" in finding.reason


def test_p07_of_the_whole_household_wants_everybody_to_be_old(watched):
    alone, with_child, unknown = (watched.household() for _ in range(3))
    for household, age in ((alone, 70), (with_child, 70), (unknown, None)):
        head_is(watched, household, age)
        work(watched, household)
    member(watched, with_child, 40)
    assert ids(watched.found("P07")) == {alone.id}


def test_p07_leaves_other_fields_and_mere_issues_alone(watched):
    household = watched.household()
    person = head_is(watched, household, 80)
    policy = approved(watched, household, APPROVED_ON)
    duty(watched, household, DutyKind.ACTION, person_id=person.id, policy=policy)
    issue = {"about": DutyField.WORK, "person_id": person.id, "policy": policy}
    duty(watched, household, DutyKind.ISSUE, **issue)
    assert not watched.found("P07")


@pytest.mark.parametrize(("age", "is_found"), [(14, False), (15, True), (18, True), (19, False)])
def test_p11_asks_about_members_of_15_to_18(watched, age, is_found):
    household = watched.household()
    head_is(watched, household, 45)
    member(watched, household, age)
    duty(watched, household, DutyKind.ISSUE)
    assert ids(watched.found("P11")) == ({household.id} if is_found else set())


def test_p11_counts_years_to_the_day(watched):
    household = watched.household()
    head_is(watched, household, 45)
    duty(watched, household, DutyKind.ISSUE)
    member(watched, household, 14, days=364)
    assert not watched.found("P11")
    member(watched, household, 15)
    assert "15歳の世帯員" in watched.found("P11")[0].reason


@pytest.mark.parametrize("about", [DutyField.SCHOOLING, DutyField.WORK, None])
def test_p11_is_answered_by_an_issue_about_school_or_work_of_the_child(watched, about):
    household = watched.household()
    head_is(watched, household, 45)
    child = member(watched, household, 16)
    duty(watched, household, DutyKind.ISSUE, about=about, person_id=child.id)
    assert ids(watched.found("P11")) == (set() if about else {household.id})


@pytest.mark.parametrize("about", [DutyField.SCHOOLING, DutyField.WORK])
def test_p11_takes_school_of_the_whole_household_but_not_its_work(watched, about):
    household = watched.household()
    head_is(watched, household, 45)
    member(watched, household, 16)
    duty(watched, household, DutyKind.ISSUE, about=about)
    assert ids(watched.found("P11")) == (set() if about is DutyField.SCHOOLING else {household.id})


def test_p11_says_nothing_where_no_policy_is_in_force(watched):
    household = watched.household()
    head_is(watched, household, 45)
    member(watched, household, 16)
    assert not watched.found("P11")
    duty(watched, household, DutyKind.ISSUE, ended_on=date(2024, 9, 1))
    assert not watched.found("P11")
