"""Open days of the office in the years that the training office tells of."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from random import Random

import jpholiday

from desktop.domain.clock import JAPAN

_OFFICE_HOURS = (9, 17)
_UTC_OFFSET_HOURS = 9
_WEEKEND = 5


class OpenDays:
    """The open days before `today`, oldest first, and the instants at which people write on them."""

    def __init__(self, today: date, years: int) -> None:
        self.today = today
        self.first = today - timedelta(days=365 * years)
        #: From here on entries are written in this program; what is older came from the former system.
        self.taken_over = today - timedelta(days=364)
        count = (today - self.first).days
        every = (self.first + timedelta(days=n) for n in range(count))
        self.days = [day for day in every if is_open(day)]
        morning = datetime.combine(today, time(8, 30), tzinfo=JAPAN)
        self.now = stamp(morning)

    def on_or_after(self, day: date) -> date | None:
        """The first open day from this one on, None when that is not past yet."""
        place = bisect_left(self.days, day)
        return self.days[place] if place < len(self.days) else None

    def on_or_before(self, day: date) -> date:
        """The last open day up to this one."""
        place = bisect_left(self.days, day + timedelta(days=1))
        return self.days[max(place - 1, 0)]

    def some(self, chance: Random, first: date, last: date) -> date | None:
        """An open day between the two, None when there is none."""
        low = bisect_left(self.days, first)
        high = bisect_left(self.days, last + timedelta(days=1))
        return self.days[low + int(chance.random() * (high - low))] if low < high else None

    def later(self, day: date, count: int) -> date | None:
        """The open day so many open days later, None when that is not past yet."""
        place = bisect_left(self.days, day) + count
        return self.days[place] if place < len(self.days) else None

    def before(self, day: date, count: int) -> date:
        """The open day so many open days before an open day."""
        return self.days[max(bisect_left(self.days, day) - count, 0)]


def is_open(day: date) -> bool:
    """Whether the office is open: no weekend, no national holiday, not the turn of the year."""
    if (
        day.weekday() >= _WEEKEND
        or (day.month, day.day) >= (12, 29)
        or (day.month, day.day) <= (1, 3)
    ):
        return False
    return not jpholiday.is_holiday(day)


def stamp(moment: datetime) -> str:
    """An instant as both databases take it: UTC, with microseconds."""
    utc = moment.astimezone(JAPAN) - timedelta(hours=_UTC_OFFSET_HOURS)
    return utc.strftime("%Y-%m-%d %H:%M:%S.%f")


def at_work(chance: Random, day: date, earliest: int = 0) -> str:
    """Some instant of the office's hours on a day; `earliest` is a share of them in thousandths."""
    first, last = _OFFICE_HOURS
    length = (last - first) * 3600
    second = length * earliest // 1000 + int(chance.random() * (length * (1000 - earliest) // 1000))
    hour, rest = divmod(second, 3600)
    return f"{day.isoformat()} {hour + first - _UTC_OFFSET_HOURS:02}:{rest // 60:02}:{rest % 60:02}.000000"
