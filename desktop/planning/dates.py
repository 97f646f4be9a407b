"""Months counted on the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_MONTHS = 12


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
