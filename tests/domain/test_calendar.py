from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.calendar import BusinessCalendar

# 2024-05-03 to 05-06 are holidays; 05-04 and 05-05 are a weekend.
GOLDEN_WEEK = BusinessCalendar(
    closed=frozenset({date(2024, 5, 3), date(2024, 5, 4), date(2024, 5, 5), date(2024, 5, 6)})
)


def test_weekends_and_closed_days_are_not_open():
    assert GOLDEN_WEEK.is_open(date(2024, 5, 2))
    assert not GOLDEN_WEEK.is_open(date(2024, 5, 3))
    assert not GOLDEN_WEEK.is_open(date(2024, 5, 11))


def test_next_and_previous_open_day():
    assert GOLDEN_WEEK.next_open(date(2024, 5, 2)) == date(2024, 5, 2)
    assert GOLDEN_WEEK.next_open(date(2024, 5, 3)) == date(2024, 5, 7)
    assert GOLDEN_WEEK.previous_open(date(2024, 5, 6)) == date(2024, 5, 2)


@pytest.mark.parametrize(
    ("count", "day"),
    [
        (1, date(2024, 5, 7)),
        (2, date(2024, 5, 8)),
        (0, date(2024, 5, 2)),
        (-1, date(2024, 5, 1)),
        (6, date(2024, 5, 14)),
    ],
)
def test_adding_open_days(count, day):
    assert GOLDEN_WEEK.add_open_days(date(2024, 5, 2), count) == day


def test_counting_open_days():
    assert GOLDEN_WEEK.open_days_between(date(2024, 5, 2), date(2024, 5, 8)) == 2
    assert GOLDEN_WEEK.open_days_between(date(2024, 5, 2), date(2024, 5, 2)) == 0
    assert GOLDEN_WEEK.open_days_between(date(2024, 5, 8), date(2024, 5, 2)) == 0


def test_adding_and_counting_agree():
    first = date(2024, 4, 30)
    for count in range(1, 40):
        assert (
            GOLDEN_WEEK.open_days_between(first, GOLDEN_WEEK.add_open_days(first, count)) == count
        )


def test_a_calendar_without_open_days_is_an_error_not_a_hang():
    with pytest.raises(ValueError, match="no open day"):
        BusinessCalendar(open_weekdays=frozenset()).next_open(date(2024, 5, 2))


def test_other_weekdays_can_be_open():
    saturday = BusinessCalendar(open_weekdays=frozenset({5}))
    assert saturday.next_open(date(2024, 5, 2)) == date(2024, 5, 4)
