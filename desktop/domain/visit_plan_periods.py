"""The days and months of a visit plan."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.domain.dates import months_later
from desktop.domain.visit_plans import PlanKind

_APRIL = 4
_MONTHS = {PlanKind.YEAR: 12, PlanKind.MONTH: 1}


def first_of_month(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def first_of_year(day: date) -> date:
    """1 April of the fiscal year of a day (年度)."""
    return date(day.year - (day.month < _APRIL), _APRIL, 1)


def begins_plan(kind: PlanKind, first_on: date) -> bool:
    """Whether a plan of this kind may begin on this day."""
    return first_on.day == 1 and (kind is PlanKind.MONTH or first_on.month == _APRIL)


def months_of(kind: PlanKind, first_on: date) -> tuple[date, ...]:
    """The first days of a plan's months."""
    return tuple(months_later(first_on, passed) for passed in range(_MONTHS[kind]))


def last_of(kind: PlanKind, first_on: date) -> date:
    """The last day of a plan."""
    return months_later(first_on, _MONTHS[kind]) - timedelta(days=1)
