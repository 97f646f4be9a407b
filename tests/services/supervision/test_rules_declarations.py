"""E01 to E04: declarations that have not come, by the cycle given and by what the ledger knew."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from desktop.domain.declarations import PAPER_KIND, DeclarationKind, MissingReason, month_of
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.models.declarations import (
    DeclarationDuty,
    DeclarationMissing,
    DeclarationReceipt,
)
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import TakeOver
from desktop.models.papers import PaperRecord
from tests.support.factories import CLOCK, LONG_AGO, add, at, make_district

INCOME, ASSET = DeclarationKind.INCOME, DeclarationKind.ASSET
NUMBERS = count(1)


@pytest.fixture
def household(watched):
    return watched.household()


def head_of(watched, household):
    return watched.session.scalar(
        select(Member.person_id).where(Member.household_id == household.id, Member.is_head)
    )


def owner(watched, household, kind=INCOME):
    return {
        "id": new_id(),
        "office_id": watched.office.id,
        "household_id": household.id,
        "person_id": head_of(watched, household),
        "kind": kind,
    }


def given(watched, household, cycle, since=date(2024, 1, 1), kind=INCOME, **changes):
    """A cycle that the head was given."""
    values = {
        **owner(watched, household, kind),
        "cycle": cycle,
        "valid_from": since,
        "given_by": watched.caseworker.id,
        "given_at": CLOCK.now(),
        **changes,
    }
    return add(watched.session, DeclarationDuty(**values))


def came(watched, household, day, month=None, kind=INCOME, **changes):
    """The declaration of a month came on a day."""
    paper = add(
        watched.session,
        PaperRecord(
            id=new_id(),
            office_id=watched.office.id,
            household_id=household.id,
            fiscal_year=2024,
            number=next(NUMBERS),
            kind=PAPER_KIND[kind],
            sheets=1,
            received_by=watched.caseworker.id,
            received_at=at(day),
            owner_id=None,
        ),
    )
    values = {
        **owner(watched, household, kind),
        "month": month_of(month or day),
        "paper_id": paper.id,
        "linked_by": watched.caseworker.id,
        "linked_at": at(day),
        **changes,
    }
    return add(watched.session, DeclarationReceipt(**values))


def explained(watched, household, month):
    values = {
        **owner(watched, household),
        "month": month,
        "reason": MissingReason.NOT_REACHED,
        "noted_by": watched.caseworker.id,
        "noted_at": CLOCK.now(),
    }
    return add(watched.session, DeclarationMissing(**values))


def taken_over(watched, household, **changes):
    values = {
        "id": new_id(),
        "office_id": watched.office.id,
        "household_id": household.id,
        "taken_over_on": date(2023, 10, 2),
        **changes,
    }
    return add(watched.session, TakeOver(**values))


def test_e01_asks_ten_days_after_the_month(watched, household):
    given(watched, household, "income_monthly", date(2024, 8, 1))
    (found,) = watched.found("E01")
    # Of September, whose ten days run until 10 October, nothing is said yet.
    assert found.reason == ("令和6年8月分の収入申告を受領していません。本人の状況はどうですか。")
    assert (found.since, found.days, found.staff_id, found.severity) == (
        *(date(2024, 9, 10), 21, watched.caseworker.id, 2),
    )


def test_e01_asks_once_for_several_months_and_tells_that_a_reason_was_noted(watched, household):
    given(watched, household, "income_monthly", date(2024, 6, 1))
    came(watched, household, date(2024, 7, 3), date(2024, 6, 1))
    explained(watched, household, date(2024, 8, 1))
    (found,) = watched.found("E01")
    assert found.reason == (
        "令和6年7月分ほか1か月分の収入申告を受領していません。"
        "出ない理由の記録があります。本人の状況はどうですか。"
    )


def test_e01_is_content_with_what_came_but_not_with_a_struck_link(watched, household):
    given(watched, household, "income_monthly", date(2024, 8, 1))
    receipt = came(watched, household, date(2024, 9, 3), date(2024, 8, 1))
    assert watched.found("E01") == []
    receipt.struck_by, receipt.struck_at = watched.caseworker.id, CLOCK.now()
    assert len(watched.found("E01")) == 1


def test_e01_leaves_whoever_left_or_died_and_households_without_protection(watched):
    left, died, closed = (watched.household() for _ in range(3))
    for each in (left, died, closed):
        given(watched, each, "income_monthly", date(2024, 8, 1))
    member = watched.session.scalar(select(Member).where(Member.household_id == left.id))
    member.valid_to = date(2024, 9, 15)
    watched.session.get_one(Person, head_of(watched, died)).died_on = date(2024, 9, 15)
    watched.session.get_one(Household, closed.id).state = HouseholdState.SUSPENDED
    assert watched.found("E01") == []


def test_e01_stays_within_the_supervisors_districts(watched):
    elsewhere = make_district(watched.session, watched.office)
    far = watched.household(district=elsewhere)
    given(watched, far, "income_monthly", date(2024, 8, 1))
    assert watched.found("E01") == []


def test_e04_asks_about_a_quarter_and_e01_does_not(watched, household):
    given(watched, household, "income_quarterly", date(2024, 2, 1))
    for month in (2, 5):
        came(watched, household, date(2024, month, 28))
    (found,) = watched.found("E04")
    assert found.reason.startswith("令和6年8月分の収入申告を受領していません。")
    assert watched.found("E01") == []
    came(watched, household, date(2024, 9, 20), date(2024, 8, 1))
    assert watched.found("E04") == []


@pytest.mark.parametrize(("rule", "kind"), [("E02", INCOME), ("E03", ASSET)])
@pytest.mark.parametrize(
    ("last", "is_found"),
    [
        (date(2023, 9, 1), True),
        (date(2023, 9, 30), True),
        (date(2023, 10, 1), False),
        (date(2024, 3, 1), False),
    ],
)
def test_e02_and_e03_count_a_year_to_the_end_of_the_month(watched, rule, kind, last, is_found):
    household = watched.household()
    given(watched, household, f"{kind.value}_yearly", date(2021, 9, 1), kind)
    came(watched, household, last, kind=kind)
    found = watched.found(rule)
    assert bool(found) is is_found
    if found:
        assert (found[0].since, found[0].days) == (last, (CLOCK.today() - last).days)
        assert "まだ決められていません" not in found[0].reason


def test_e02_does_not_ask_those_who_declare_more_often(watched, household):
    given(watched, household, "income_monthly", date(2021, 9, 1))
    assert watched.found("E02") == []


def test_giving_a_cycle_does_not_begin_a_new_year(watched, household):
    given(watched, household, "income_yearly", date(2024, 9, 1))
    (found,) = watched.found("E02")
    assert found.since == LONG_AGO


@pytest.mark.parametrize(("declared", "is_found"), [(date(2023, 9, 5), True), (date(2023, 12, 5), False)])  # fmt: skip
def test_where_nobody_gave_a_cycle_the_ledgers_day_counts(watched, household, declared, is_found):
    taken_over(watched, household, income_declared_on=declared, assets_declared_on=declared)
    for rule in ("E02", "E03"):
        found = watched.found(rule)
        assert bool(found) is is_found
        if found:
            assert found[0].since == declared
            assert "申告の周期もまだ決められていません。" in found[0].reason


def test_without_a_day_in_the_ledger_the_take_over_counts(watched, household):
    taken_over(watched, household, taken_over_on=date(2023, 9, 20))
    (found,) = watched.found("E03")
    assert found.since == date(2023, 9, 20)
    assert found.reason.startswith("保護の開始など、数え始めの日（令和5年9月20日）から")


def test_a_new_household_is_given_its_year(watched):
    began = CLOCK.today() - timedelta(days=300)
    watched.household(since=began)
    assert (watched.found("E02"), watched.found("E03")) == ([], [])


def test_whoever_joined_lately_is_given_a_year(watched, household):
    given(watched, household, "income_yearly", date(2024, 1, 1))
    member = watched.session.scalar(select(Member).where(Member.household_id == household.id))
    member.valid_from = date(2024, 1, 10)
    assert watched.found("E02") == []


def test_the_worst_person_speaks_for_a_household(watched, household):
    other = add(
        watched.session,
        Person(
            id=new_id(),
            office_id=watched.office.id,
            person_number="999",
            name="架空 次郎",
            kana="カクウ ジロウ",
            birth_date=date(1950, 1, 1),
            sex="male",
        ),
    )
    head = watched.session.scalar(select(Member).where(Member.household_id == household.id))
    add(
        watched.session,
        Member(
            office_id=watched.office.id,
            household_id=household.id,
            person_id=other.id,
            relation="spouse",
            is_head=False,
            valid_from=head.valid_from,
        ),
    )
    given(watched, household, "income_yearly", date(2021, 9, 1))
    given(watched, household, "income_yearly", date(2021, 9, 1), person_id=other.id)
    came(watched, household, date(2024, 9, 10))
    came(watched, household, date(2023, 8, 10), person_id=other.id)
    (found,) = watched.found("E02")
    assert found.since == date(2023, 8, 10)
