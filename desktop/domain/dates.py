"""Days reckoned in months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_MONTHS = 12


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that month is shorter, as PostgreSQL reckons."""
    index = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(index, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(birth: date, day: date) -> int:
    """Full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
