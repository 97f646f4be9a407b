"""The clock of a command: the system's, or one that stands still on the day asked for."""

from __future__ import annotations

from datetime import date, datetime, time

from desktop.domain.clock import JAPAN, Clock, FixedClock, SystemClock

_MORNING = time(9)


def clock_on(today: date | None) -> Clock:
    """The morning of `today`; now, where none is given."""
    if today is None:
        return SystemClock()
    return FixedClock(datetime.combine(today, _MORNING, tzinfo=JAPAN))
