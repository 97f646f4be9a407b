"""Raises by hand: which six months are compared, and that nobody is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.income_months import Earned
from desktop.domain.raises import RaiseRules, compare, raise_note, raise_words

YEAR = (date(2024, 4, 1), date(2025, 3, 31))
MAY_15, MAY_1 = date(2024, 5, 15), date(2024, 5, 1)
GROSS = RaiseRules()


def months(**gross: int):
    """m2 = February 2024, …, m13 = January 2025."""
    found = {}
    for name, amount in gross.items():
        year, month = divmod(int(name[1:]) - 1, 12)
        found[date(2024 + year, month + 1, 1)] = Earned(gross=amount)
    return found


BEFORE = months(m2=10_000, m3=10_000, m4=10_000)


def judged(known, began=MAY_15, within=YEAR, rules=GROSS):
    found = compare(known, began, within, rules)
    return len(found.before), len(found.after), found.is_raise


@pytest.mark.parametrize(
    ("after", "began", "expected"),
    [
        (months(m6=1, m7=1, m8=30_000), MAY_15, (3, 3, True)),  # 30,002 > 30,000
        (months(m6=0, m7=0, m8=30_000), MAY_15, (3, 3, False)),  # the same is no raise
        (months(m5=90_000, m6=90_000, m7=90_000), MAY_15, (3, 2, False)),  # May is no whole month
        (months(m5=90_000, m6=90_000, m7=90_000), MAY_1, (3, 3, True)),
        (months(m6=90_000, m8=90_000, m9=90_000), MAY_15, (3, 2, False)),  # July is missing
        (months(m6=90_000, m7=90_000, m8=90_000, m11=90_000), MAY_15, (3, 1, False)),
        (months(m6=90_000, m7=90_000, m8=90_000, m9=0, m10=0, m11=0), MAY_15, (3, 3, False)),
        ({}, MAY_15, (3, 0, False)),
    ],
    ids=range(8),
)
def test_the_latest_three_running_months_since_the_start(after, began, expected):
    assert judged(BEFORE | after, began) == expected


def test_zero_before_is_known_and_a_missing_month_is_not():
    after = months(m6=5_000, m7=5_000, m8=5_000)
    assert judged(months(m2=0, m3=0, m4=0) | after) == (3, 3, True)
    assert judged(months(m2=0, m4=0) | after) == (2, 3, False)
    # Three months before a start in January lie in the year before.
    old = {date(2023, month, 1): Earned(gross=0) for month in (10, 11, 12)}
    assert judged(old | months(m2=1, m3=1, m4=1), date(2024, 1, 31)) == (3, 3, True)


def test_the_latest_month_lies_in_the_period():
    known = BEFORE | months(m6=9, m7=9, m8=9, m13=90_000, m14=90_000, m15=90_000)
    assert judged(known, within=(YEAR[0], date(2024, 9, 30))) == (3, 3, False)
    assert judged(known) == (3, 3, True)
    assert judged(known, within=(date(2025, 4, 1), date(2026, 3, 31))) == (3, 0, False)


def test_the_office_says_which_amount_and_by_how_much():
    known = BEFORE | months(m6=15_000, m7=15_000, m8=15_000)
    assert judged(known, rules=RaiseRules(more_than=4_999))[2]
    assert not judged(known, rules=RaiseRules(more_than=5_000))[2]
    # Nobody entered what was recognised: it is not known, and no zero.
    assert judged(known, rules=RaiseRules(is_recognised=True)) == (0, 0, False)
    whole = {month: Earned(gross=e.gross, recognised=0) for month, e in known.items()}
    assert judged(whole, rules=RaiseRules(is_recognised=True)) == (3, 3, False)


def test_both_means_or_what_is_missing_is_said():
    raised = compare(BEFORE | months(m6=20_000, m7=20_000, m8=20_001), MAY_15, YEAR, GROSS)
    means = "月平均 10,000円→20,000円（直近は2024/06〜2024/08）"
    assert raise_words(raised, is_recorded=False) == f"増収　{means}"
    assert raise_words(raised, is_recorded=True) == f"就労・増収の記録　{means}"
    unknown = compare(BEFORE, MAY_15, YEAR, GROSS)
    short = "収入の月が足りません（開始前 3/3、直近 0/3）"
    assert raise_words(unknown, is_recorded=False) == short
    assert raise_words(unknown, is_recorded=True) == "就労・増収の記録"
    assert raise_note((raised,), GROSS) == "増収は総支給額で比較"
    rules = RaiseRules(more_than=3_000, is_recognised=True)
    assert raise_note((raised, unknown), rules) == (
        "増収は収入認定額で比較（月3,000円をこえる差）、月の不足で不明 1人"
    )
