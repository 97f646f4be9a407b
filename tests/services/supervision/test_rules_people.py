"""E07 and E12: people of working age whom nobody assessed, and birthdays at which a pension may begin."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from desktop.domain.assessments import AssessmentKind
from desktop.domain.declarations import DeclarationKind
from desktop.domain.households import HouseholdType
from desktop.domain.ids import new_id
from desktop.domain.procedures import ProcedureKind
from desktop.domain.support_groups import SupportGroup
from desktop.models.assessments import AssessmentRecord
from desktop.models.declarations import DeclarationDuty
from desktop.models.households import Member
from desktop.models.ledger import TakeOver, WorkPeriod
from desktop.models.procedures import ProcedureRecord
from tests.support.factories import CLOCK, LONG_AGO, TODAY, add, days_ago, make_person

NOW = CLOCK.now()
FORTY = date(TODAY.year - 40, 1, 1)


def home(watched, birth=FORTY, /, **changes):
    """A household whose head was born on a day."""
    head = make_person(watched.session, watched.office, birth_date=birth)
    return watched.household(head=head, **changes)


def head_of(watched, household):
    return watched.session.scalars(
        select(Member.person_id).where(Member.household_id == household.id)
    ).one()


def owner(watched, household):
    return {"office_id": watched.office.id, "household_id": household.id}


def homes(found):
    return {finding.household_id for finding in found}


def taken_over(watched, household, on):
    add(watched.session, TakeOver(id=new_id(), taken_over_on=on, **owner(watched, household)))


@pytest.mark.parametrize(("days", "count"), [(90, 0), (91, 1)])
def test_e07_asks_some_days_after_protection_began(watched, days, count):
    home(watched, since=days_ago(days))
    assert [f.days for f in watched.found("E07")] == [days] * count


def test_e07_asks_the_office_s_ages_only(watched):
    ages = {17: 0, 18: 0, 19: 1, 64: 1, 65: 0}
    for age in ages:
        home(watched, date(TODAY.year - age, TODAY.month, TODAY.day))
    found = watched.found("E07")
    assert len(found) == sum(ages.values())
    assert {f.reason[:2] for f in found} == {"19", "64"}


def test_e07_asks_nobody_who_was_assessed_works_or_declares_yearly(watched):
    assessed, works, yearly, monthly = (home(watched) for _ in range(4))
    add(
        watched.session,
        AssessmentRecord(
            id=new_id(),
            person_id=head_of(watched, assessed),
            kind=AssessmentKind.START,
            made_on=days_ago(9),
            form_on=days_ago(9),
            rules_from=LONG_AGO,
            rule="x",
            proposed_group=SupportGroup.NOT_KNOWN,
            author_id=watched.caseworker.id,
            saved_at=NOW,
            **owner(watched, assessed),
        ),
    )
    add(
        watched.session,
        WorkPeriod(
            id=new_id(),
            office_id=watched.office.id,
            person_id=head_of(watched, works),
            employer="架空商店",
            valid_from=days_ago(9),
            valid_to=None,
        ),
    )
    for household, cycle in ((yearly, "income_yearly"), (monthly, "income_monthly")):
        add(
            watched.session,
            DeclarationDuty(
                id=new_id(),
                person_id=head_of(watched, household),
                kind=DeclarationKind.INCOME,
                cycle=cycle,
                valid_from=LONG_AGO,
                valid_to=None,
                given_by=watched.caseworker.id,
                given_at=NOW,
                **owner(watched, household),
            ),
        )
    assert homes(watched.found("E07")) == {monthly.id}


def test_e07_gives_a_household_that_was_taken_over_a_year(watched):
    late, early = home(watched), home(watched)
    taken_over(watched, late, date(TODAY.year - 1, TODAY.month, TODAY.day))
    taken_over(watched, early, day := date(TODAY.year - 1, TODAY.month - 1, 30))
    (found,) = watched.found("E07")
    assert (found.household_id, found.since) == (early.id, day)


def birthday(age, days):
    """The birth date of somebody who reached an age so many days ago."""
    day = days_ago(days)
    return date(day.year - age, day.month, day.day)


def check(watched, household, on, choice):
    add(
        watched.session,
        ProcedureRecord(
            id=new_id(),
            person_id=head_of(watched, household),
            kind=ProcedureKind.PENSION,
            begun_on=on,
            choice=choice,
            made_by=watched.caseworker.id,
            made_at=NOW,
            **owner(watched, household),
        ),
    )


@pytest.mark.parametrize(
    ("age", "days", "count"), [(60, 61, 1), (62, 61, 1), (65, 61, 1), (65, 60, 0), (63, 61, 0)]
)
def test_e12_asks_some_days_after_the_birthday(watched, age, days, count):
    home(watched, birthday(age, days))
    assert [f.days for f in watched.found("E12")] == [days] * count


def test_e12_is_quiet_once_it_was_checked_and_after_a_year(watched):
    early, since, other = (home(watched, birthday(65, 100)) for _ in range(3))
    check(watched, early, days_ago(300), "p65")
    check(watched, since, days_ago(99), "px")
    check(watched, other, days_ago(300), "p60")
    home(watched, birthday(65, 366))
    assert homes(watched.found("E12")) == {other.id}


def test_e12_counts_from_the_day_a_household_came(watched):
    home(watched, birthday(65, 200), since=days_ago(60))
    came = home(watched, birthday(65, 200), since=days_ago(61))
    taken_over(watched, home(watched, birthday(65, 200)), days_ago(60))
    assert [(f.household_id, f.days) for f in watched.found("E12")] == [(came.id, 61)]


def test_e12_asks_about_a_disability(watched):
    disabled = {"household_type": HouseholdType.DISABLED}
    became = home(watched, since=days_ago(61), **disabled)
    home(watched, since=days_ago(60), **disabled)
    checked = home(watched, since=days_ago(61), **disabled)
    check(watched, checked, days_ago(61), "pd")
    home(watched, **disabled)
    (found,) = watched.found("E12")
    assert (found.household_id, found.days) == (became.id, 61)
