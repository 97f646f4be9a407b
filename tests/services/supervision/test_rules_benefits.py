"""B01: whoever leaves protection while at work is told of the grant."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.households import HouseholdState, Relation
from desktop.domain.ids import new_id
from desktop.domain.work_estimates import EstimateKind
from desktop.models.households import Member
from desktop.models.ledger import HouseholdStatePeriod, WorkPeriod
from desktop.models.work_estimates import BenefitCaseRecord
from tests.support.factories import add, at, days_ago, make_person


def left(watched, closed_on: date, worked_until: date | None = None, *, works: bool = True):
    """A household that left protection on a day, its head at work until another."""
    home = watched.household(state=HouseholdState.CLOSED)
    person = make_person(watched.session, watched.office)
    owner = {"office_id": watched.office.id}
    member = Member(
        household_id=home.id,
        person_id=person.id,
        relation=Relation.HEAD,
        is_head=True,
        valid_from=date(2022, 1, 1),
        **owner,
    )
    add(watched.session, member)
    add(
        watched.session,
        HouseholdStatePeriod(
            household_id=home.id, state=HouseholdState.CLOSED, valid_from=closed_on, **owner
        ),
    )
    if works:
        job = WorkPeriod(
            person_id=person.id,
            employer="架空食品加工",
            valid_from=date(2023, 1, 1),
            valid_to=worked_until,
            **owner,
        )
        add(watched.session, job)
    return home, person


def asked_for(watched, home, person, kind: EstimateKind):
    add(
        watched.session,
        BenefitCaseRecord(
            id=new_id(),
            office_id=watched.office.id,
            household_id=home.id,
            person_id=person.id,
            kind=kind,
            asked_on=days_ago(5),
            about_on=days_ago(20),
            months=None,
            made_by=watched.caseworker.id,
            made_at=at(days_ago(5)),
        ),
    )


def test_b01_asks_one_day_after_the_limit_and_no_longer_than_a_year(watched):
    late, _ = left(watched, days_ago(15))
    left(watched, days_ago(14))
    left(watched, days_ago(366))
    (finding,) = watched.found("B01")
    assert finding.household_id == late.id
    assert (finding.days, finding.since) == (15, days_ago(15))
    assert "案内しましたか" in finding.reason


def test_b01_asks_only_where_somebody_was_at_work_on_the_last_day(watched):
    until_the_end, _ = left(watched, days_ago(30), days_ago(31))
    left(watched, days_ago(30), days_ago(32))
    left(watched, days_ago(30), works=False)
    assert {finding.household_id for finding in watched.found("B01")} == {until_the_end.id}


@pytest.mark.parametrize(
    ("kind", "is_found"), [(EstimateKind.INDEPENDENCE, False), (EstimateKind.TRAVEL, True)]
)
def test_an_application_settles_b01(watched, kind, is_found):
    home, person = left(watched, days_ago(30))
    asked_for(watched, home, person, kind)
    assert bool(watched.found("B01")) is is_found
