"""The P-rules: found the day after the limit, not on it, and only where a household receives protection."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.households import HouseholdState
from desktop.domain.support_policies import PolicyKind, PolicyState, Understanding
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from desktop.models.support_policies import (
    PolicyExplanation,
    SupportPolicyRecord,
    SupportPolicyVersion,
)
from tests.support.factories import add, at, days_ago

#: Twelve months before the day of the tests, 1 October 2024.
A_YEAR_AGO = date(2023, 10, 1)
A_DAY_MORE = date(2023, 9, 30)


def policy(watched, household, *, begun_on=None, **changes: Any) -> SupportPolicyRecord:
    """A policy of the caseworker with the first version of its facts."""
    begun_on = begun_on or days_ago(3)
    key = {"office_id": watched.office.id, "household_id": household.id}
    values: dict[str, Any] = {
        **key,
        "kind": PolicyKind.YEARLY,
        "state": PolicyState.DRAFT,
        "made_on": begun_on,
        "author_id": watched.caseworker.id,
        "saved_at": at(begun_on),
    }
    record = add(watched.session, SupportPolicyRecord(**values | changes))
    version = SupportPolicyVersion(
        **key,
        policy_id=record.id,
        version=1,
        kind=record.kind,
        made_on=begun_on,
        saved_at=at(begun_on),
        saved_by=watched.caseworker.id,
        content_hash="",
    )
    add(watched.session, version)
    return record


def approved(watched, household, on: date, **changes: Any) -> SupportPolicyRecord:
    """A policy approved on a day, due a year later."""
    values: dict[str, Any] = {
        "begun_on": on,
        "state": PolicyState.APPROVED,
        "approved_version": 1,
        "approved_at": at(on),
        "review_due_on": on.replace(year=on.year + 1),
    }
    return policy(watched, household, **values | changes)


def take_over(watched, household, day, **known: Any) -> None:
    """What the ledger knew when the household was taken over."""
    row = TakeOver(
        office_id=watched.office.id, household_id=household.id, taken_over_on=day, **known
    )
    add(watched.session, row)


def ids(findings) -> set[object]:
    return {finding.household_id for finding in findings}


def test_p01_asks_one_day_after_the_limit(watched):
    without = watched.household(since=days_ago(91))
    watched.household(since=days_ago(90))
    approved(watched, watched.household(since=days_ago(91)), days_ago(1))

    (finding,) = watched.found("P01")

    assert finding.household_id == without.id
    assert (finding.severity, finding.days, finding.since) == (3, 91, days_ago(91))
    assert "保護の開始から91日" in finding.reason


@pytest.mark.parametrize("state", [PolicyState.DRAFT, PolicyState.SUBMITTED, PolicyState.RETURNED])
def test_p01_wants_an_approved_one(watched, state):
    household = watched.household(since=days_ago(91))
    policy(watched, household, state=state)
    assert ids(watched.found("P01")) == {household.id}


def test_p01_counts_from_the_take_over(watched):
    late, in_time = watched.household(), watched.household()
    take_over(watched, late, days_ago(91))
    take_over(watched, in_time, days_ago(90))

    (finding,) = watched.found("P01")

    assert finding.household_id == late.id
    assert "引継ぎ日から91日" in finding.reason


@pytest.mark.parametrize(
    "known", [{"policy_approved_on": days_ago(100)}, {"policy_due_on": days_ago(-100)}]
)
def test_p01_believes_the_ledger(watched, known):
    take_over(watched, watched.household(), days_ago(95), **known)
    assert not watched.found("P01")


def explained(watched, record: SupportPolicyRecord, understanding=Understanding.UNDERSTOOD) -> None:
    row = PolicyExplanation(
        office_id=watched.office.id,
        policy_id=record.id,
        household_id=record.household_id,
        explained_on=days_ago(1),
        explained_by=watched.caseworker.id,
        recorded_at=at(days_ago(1)),
        understanding=understanding,
    )
    add(watched.session, row)


def test_p09_asks_one_day_after_the_limit(watched):
    late = watched.household()
    approved(watched, late, days_ago(31))
    approved(watched, watched.household(), days_ago(30))

    (finding,) = watched.found("P09")

    assert finding.household_id == late.id
    assert (finding.severity, finding.days, finding.since) == (2, 31, days_ago(31))
    assert "説明はいつ行いますか" in finding.reason


@pytest.mark.parametrize("understanding", Understanding)
def test_p09_takes_any_explanation_and_any_reason(watched, understanding):
    explained(watched, approved(watched, watched.household(), days_ago(40)), understanding)
    assert not watched.found("P09")


def test_p09_asks_about_the_policy_in_force_of_receiving_households(watched):
    household = watched.household()
    explained(watched, approved(watched, household, days_ago(400)))
    approved(watched, household, days_ago(40))
    approved(watched, watched.household(state=HouseholdState.CLOSED), days_ago(40))
    assert ids(watched.found("P09")) == {household.id}


@pytest.mark.parametrize("state", [HouseholdState.CLOSED, HouseholdState.SUSPENDED])
@pytest.mark.parametrize("rule", ["P01", "P02", "P03", "P05", "P06", "P12"])
def test_only_receiving_households_are_asked_about(watched, rule, state):
    for made in (HouseholdState.RECEIVING, state):
        old, none, due = (watched.household(state=made) for _ in range(3))
        approved(watched, old, date(2022, 4, 1))
        approved(watched, due, date(2023, 10, 20))
        first = approved(watched, none, date(2023, 5, 1), body_sketch=7)
        approved(watched, none, date(2024, 5, 1), gaps=1, body_sketch=7, follows=first.id)
        policy(watched, old, begun_on=days_ago(15))
        watched.household(state=made)
    assert len(watched.found(rule)) == 1


def test_a_policy_of_before_the_last_closing_is_not_in_force(watched):
    household = watched.household(since=days_ago(1000))
    approved(watched, household, days_ago(500), gaps=1)
    assert not watched.found("P01")
    key = {"office_id": watched.office.id, "household_id": household.id}
    for state, since in ((HouseholdState.CLOSED, 400), (HouseholdState.RECEIVING, 91)):
        add(
            watched.session,
            HouseholdStatePeriod(
                **key,
                state=state,
                valid_from=days_ago(since),
                valid_to=days_ago(92) if state is HouseholdState.CLOSED else None,
            ),
        )
    assert [f.days for f in watched.found("P01")] == [91]
    assert not watched.found("P02")
    assert not watched.found("P06")


def test_p02_reckons_twelve_months_from_the_last_approval(watched):
    old, in_time = watched.household(), watched.household()
    approved(watched, old, date(2022, 9, 1))
    last = approved(watched, old, A_DAY_MORE)
    approved(watched, in_time, A_YEAR_AGO)

    (finding,) = watched.found("P02")

    assert (finding.household_id, finding.policy_id) == (old.id, last.id)
    assert (finding.severity, finding.since, finding.days) == (3, A_DAY_MORE, 367)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"policy_approved_on": A_DAY_MORE}, 1),
        ({"policy_approved_on": A_YEAR_AGO}, 0),
        ({"policy_approved_on": A_DAY_MORE, "policy_due_on": days_ago(-300)}, 1),
        ({"policy_due_on": days_ago(1)}, 1),
        ({"policy_due_on": days_ago(0)}, 0),
        ({}, 0),
    ],
)
def test_p02_reads_the_ledger_until_there_is_a_policy_of_our_own(watched, known, found):
    household = watched.household()
    take_over(watched, household, days_ago(10), **known)
    assert len(watched.found("P02")) == found
    approved(watched, household, days_ago(1))
    assert not watched.found("P02")


@pytest.mark.parametrize(("due_in", "found"), [(61, 0), (60, 1), (0, 1), (-5, 1)])
def test_p03_warns_sixty_days_before(watched, due_in, found):
    approved(watched, watched.household(), days_ago(200), review_due_on=days_ago(-due_in))
    findings = watched.found("P03")
    assert len(findings) == found
    for finding in findings:
        assert finding.severity == 1
        assert ("まで" if due_in >= 0 else "過ぎて") in finding.reason


def test_p03_leaves_to_p02_what_is_too_old(watched):
    approved(watched, watched.household(), A_DAY_MORE)
    assert not watched.found("P03")
    approved(watched, watched.household(), A_YEAR_AGO)
    assert len(watched.found("P03")) == 1


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"policy_approved_on": date(2023, 11, 30)}, 1),
        ({"policy_approved_on": date(2023, 12, 1)}, 0),
        ({"policy_due_on": days_ago(-60)}, 1),
        ({"policy_due_on": days_ago(-61)}, 0),
    ],
)
def test_p03_reads_the_ledger(watched, known, found):
    take_over(watched, watched.household(), days_ago(10), **known)
    assert len(watched.found("P03")) == found


@pytest.mark.parametrize(("bits", "found"), [(0b0, 1), (0b11111, 1), (0b111111, 0)])
def test_p05_compares_with_the_policy_before(watched, bits, found):
    household = watched.household()
    sketch = 0x5A5A5A5A5A5A
    first = approved(watched, household, days_ago(400), body_sketch=sketch)
    last = approved(watched, household, days_ago(30), body_sketch=sketch ^ bits, follows=first.id)
    findings = watched.found("P05")
    assert [f.policy_id for f in findings] == [last.id] * found


def test_p05_lets_what_was_revised_again_rest(watched):
    household = watched.household()
    first = approved(watched, household, days_ago(700), body_sketch=1)
    second = approved(watched, household, days_ago(350), body_sketch=1, follows=first.id)
    assert len(watched.found("P05")) == 1
    approved(watched, household, days_ago(1), body_sketch=0xFFFF, follows=second.id)
    assert not watched.found("P05")


def test_p06_asks_about_the_policy_in_force_only(watched):
    household = watched.household()
    gaping = approved(watched, household, days_ago(40), gaps=2)
    (finding,) = watched.found("P06")
    assert (finding.policy_id, finding.days) == (gaping.id, 40)
    assert "2件" in finding.reason
    approved(watched, household, days_ago(2), gaps=0)
    policy(watched, household, state=PolicyState.SUBMITTED, gaps=1)
    assert not watched.found("P06")


@pytest.mark.parametrize("state", [PolicyState.DRAFT, PolicyState.SUBMITTED, PolicyState.RETURNED])
def test_p12_counts_from_the_first_version(watched, state):
    late, in_time = watched.household(), watched.household()
    lying = policy(watched, late, begun_on=days_ago(15), state=state, saved_at=at(days_ago(1)))
    policy(watched, in_time, begun_on=days_ago(14), state=state)

    (finding,) = watched.found("P12")

    assert (finding.policy_id, finding.days) == (lying.id, 15)
    assert finding.staff_id == watched.caseworker.id


def test_p12_is_over_with_the_approval(watched):
    approved(watched, watched.household(), days_ago(20))
    assert not watched.found("P12")
