"""The days on which the office is open (開庁日): due dates and 翌営業日 are counted in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY_TO_FRIDAY = frozenset(range(5))
_LONGEST_CLOSURE_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCalendar:
    """Open weekdays (Monday = 0) less the closed days (national holidays, 12月29日 to 1月3日, the office's own).

    ValueError from the counting methods when a whole year is closed: the master data is wrong then.
    """

    closed: frozenset[date] = frozenset()
    open_weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def is_open(self, day: date) -> bool:
        """Whether the office is open on the day."""
        return day.weekday() in self.open_weekdays and day not in self.closed

    def next_open(self, day: date) -> date:
        """Return the day itself if open, else the first open day after it."""
        return day if self.is_open(day) else next(self._open_days(day, 1))

    def previous_open(self, day: date) -> date:
        """Return the day itself if open, else the last open day before it."""
        return day if self.is_open(day) else next(self._open_days(day, -1))

    def add_open_days(self, day: date, count: int) -> date:
        """Return the `count`-th open day after the day (before it if negative); 1 is 翌営業日, 0 is `next_open`."""
        if count == 0:
            return self.next_open(day)
        days = self._open_days(day, 1 if count > 0 else -1)
        for _ in range(abs(count) - 1):
            next(days)
        return next(days)

    def open_days_between(self, first: date, last: date) -> int:
        """Count the open days after `first` up to and with `last`; 0 if `last` is not later."""
        return sum(
            self.is_open(first + timedelta(days=passed))
            for passed in range(1, (last - first).days + 1)
        )

    def _open_days(self, day: date, step: int) -> Iterator[date]:
        closed_in_a_row = 0
        while closed_in_a_row < _LONGEST_CLOSURE_DAYS:
            day += timedelta(days=step)
            closed_in_a_row += 1
            if self.is_open(day):
                closed_in_a_row = 0
                yield day
        raise ValueError("the business calendar has no open day within a year")
