"""How long a file is kept, and who is somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.disposal import (
    CLOSED_CASE,
    NO_RULE,
    NOT_CLOSED,
    STILL_KEPT,
    Actor,
    ClosedCase,
    RetentionRule,
    decider_refusal,
    judge,
    kept_until,
)
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id


def rule(years=5, *, from_fiscal_year=True, is_confirmed=True):
    return RetentionRule(
        code=CLOSED_CASE,
        label="保護廃止ケース",
        years=years,
        from_fiscal_year=from_fiscal_year,
        is_confirmed=is_confirmed,
    )


@pytest.mark.parametrize(
    ("closed_on", "years", "fiscal", "expected"),
    [
        (date(2019, 4, 1), 5, True, date(2025, 3, 31)),
        (date(2020, 3, 31), 5, True, date(2025, 3, 31)),
        (date(2020, 4, 1), 5, True, date(2026, 3, 31)),
        (date(2019, 4, 1), 5, False, date(2024, 4, 1)),
        (date(2020, 2, 29), 5, False, date(2025, 2, 28)),
        (date(2020, 2, 29), 4, False, date(2024, 2, 29)),
    ],
)
def test_the_last_day_of_retention(closed_on, years, fiscal, expected):
    assert kept_until(closed_on, rule(years, from_fiscal_year=fiscal)) == expected


def case(**changes):
    values: dict[str, Any] = {
        "household_id": new_id(),
        "case_number": "1",
        "head_name": "",
        "state": HouseholdState.CLOSED,
        "protected_from": date(2010, 4, 1),
        "closed_on": date(2019, 3, 31),
    }
    return ClosedCase(**values | changes)


@pytest.mark.parametrize(
    ("given", "rules", "day", "expected"),
    [
        (case(), {CLOSED_CASE: rule()}, date(2024, 3, 31), STILL_KEPT),
        (case(), {CLOSED_CASE: rule()}, date(2024, 4, 1), ""),
        (case(), {}, date(2024, 4, 1), NO_RULE),
        (case(), {CLOSED_CASE: rule(is_confirmed=False)}, date(2024, 4, 1), NO_RULE),
        (case(), {CLOSED_CASE: rule(0)}, date(2024, 4, 1), NO_RULE),
        (case(protected_from=None), {CLOSED_CASE: rule()}, date(2024, 4, 1), NO_RULE),
        (case(state=HouseholdState.RECEIVING), {CLOSED_CASE: rule()}, date(2024, 4, 1), NOT_CLOSED),
        (case(closed_on=None), {CLOSED_CASE: rule()}, date(2024, 4, 1), NOT_CLOSED),
        (case(closed_on=date(2024, 5, 1)), {CLOSED_CASE: rule()}, date(2024, 4, 1), NOT_CLOSED),
    ],
)
def test_whether_a_file_may_go(given, rules, day, expected):
    assert judge(given, rules, day).refusal == expected


def test_one_name_in_two_accounts_is_one_person():
    one = Actor(staff_id=new_id(), name="架空 重子", kana="カクウ シゲコ")
    two = Actor(staff_id=new_id(), name="架空　重子", kana="カクウシゲコ")
    namesake = Actor(staff_id=new_id(), name="架空 重子", kana="カクウ ノブコ")
    author = Actor(staff_id=new_id(), name="試験 記録", kana="シケン キロク")
    assert decider_refusal(two, author, [one]).startswith("点検した人と氏名・フリガナが同じ")
    assert decider_refusal(two, one, []).startswith("作成した人と氏名・フリガナが同じ")
    assert "互いにも別の人" in decider_refusal(two, author, [two])
    assert "自分が作った" in decider_refusal(author, author, [])
    assert decider_refusal(namesake, author, [one]) == ""
