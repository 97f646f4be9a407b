"""Days, months and groups of monthly papers."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.monthly_papers import (
    Ladder,
    LadderStep,
    MonthlyPaper,
    PaperWhy,
    month_served,
)
from desktop.domain.support_groups import SupportGroup

AUGUST, SEPTEMBER, OCTOBER = (date(2024, month, 1) for month in (8, 9, 10))


def paper(**changes):
    values = {
        "code": "x",
        "label": "書類",
        "paper_kind": "x",
        "why": PaperWhy.GROUP,
        "due_day": 10,
        **changes,
    }
    return MonthlyPaper(**values)


@pytest.mark.parametrize(
    ("month", "day", "due_on"),
    [
        (SEPTEMBER, 10, date(2024, 10, 10)),
        (date(2024, 12, 1), 10, date(2025, 1, 10)),
        (date(2024, 1, 1), 31, date(2024, 2, 29)),
        (date(2024, 3, 1), 31, date(2024, 4, 30)),
    ],
)
def test_a_paper_is_due_in_the_month_after(month, day, due_on):
    assert paper(due_day=day).due_on(month) == due_on


def test_a_main_group_stands_for_its_kinds_and_nothing_for_no_decision():
    asked = paper(groups=frozenset({"G1", "G3"}))
    assert [group for group in SupportGroup if asked.asks(group)] == [
        SupportGroup.RECOVERY,
        SupportGroup.REMOVING_BARRIERS,
        SupportGroup.ENCOURAGING,
        SupportGroup.ALONE,
    ]
    assert not asked.asks(None)


@pytest.mark.parametrize(
    ("came", "waiting", "month"),
    [
        (date(2024, 10, 3), {AUGUST, SEPTEMBER, OCTOBER}, SEPTEMBER),
        (date(2024, 10, 28), {SEPTEMBER, OCTOBER}, SEPTEMBER),
        (date(2024, 10, 28), {OCTOBER}, OCTOBER),
        (date(2024, 10, 12), {OCTOBER}, None),
        (date(2024, 10, 3), {AUGUST}, None),
        (date(2024, 10, 3), set(), None),
    ],
)
def test_a_paper_is_about_the_month_before_or_the_one_nearly_over(came, waiting, month):
    assert month_served(came, waiting) == month


def test_the_steps_follow_one_another_by_the_day():
    ladder = Ladder(soon_days=7, ask_days=10, tell_days=30, in_a_row=2)
    due = date(2024, 10, 10)
    steps = [ladder.step(due, date.fromordinal(due.toordinal() + n)) for n in range(-9, 40)]
    assert list(dict.fromkeys(steps)) == list(LadderStep)
    assert [steps.count(step) for step in LadderStep] == [2, 8, 9, 20, 10]
