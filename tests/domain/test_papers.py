from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.papers import (
    PAPER_STATE,
    PaperState,
    fiscal_year,
    move_of,
    next_state,
    number_label,
)

S = PaperState


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 3, 31), 2023), (date(2024, 4, 1), 2024), (date(2025, 1, 1), 2024)],
)
def test_the_book_begins_in_april(day, year):
    assert fiscal_year(day) == year


def test_the_number_names_the_year_of_the_era():
    assert number_label(2024, 123) == "6-0123"


def test_a_paper_goes_through_every_state_in_order():
    way = [S.RECEIVED]
    while (after := next_state(way[-1])) is not None:
        way.append(after)
    assert [PAPER_STATE[s] for s in way] == [
        "受領",
        "内容確認",
        "認定要否判断",
        "起案",
        "決定",
        "完了",
    ]


@pytest.mark.parametrize("before", list(S))
@pytest.mark.parametrize("after", list(S))
def test_only_the_next_state_or_the_end_with_a_reason(before, after):
    steps = list(S).index(after) - list(S).index(before)
    move = move_of(before, after)
    if steps == 1:
        assert move is not None
        assert not move.needs_reason
    elif steps > 1 and after is S.SETTLED:
        assert move is not None
        assert move.needs_reason
    else:
        assert move is None
