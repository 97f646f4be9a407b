"""Half-days of an invented caseworker for planning problems in tests; the product asks `domain/working_time.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendar import BusinessCalendar
from desktop.planning.halves import Half, HalfDay, WeekHalf, whole_day
from desktop.planning.problem import Blocked, Slot
from desktop.planning.reasons import Reason
from desktop.planning.weights import PERCENT

#: Hours for visits between opening and lunch, and between lunch and closing, of an ordinary office.
MORNING_MINUTES = 150
AFTERNOON_MINUTES = 195


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Half-days that are not for visits, with the reason (当番・休暇・研修…)."""

    reason: Reason
    halves: frozenset[HalfDay]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRules:
    """The office's rules for the caseworker's time.

    `visiting` are the half-days of a week kept for visits (none named: all). `fill_percent` of a half-day is planned, the rest
    is the slack that takes up failed visits. `payment_days` and `closing_days` are days without visits.
    """

    calendar: BusinessCalendar
    visiting: frozenset[WeekHalf] = frozenset()
    morning_minutes: int = MORNING_MINUTES
    afternoon_minutes: int = AFTERNOON_MINUTES
    fill_percent: int = 85
    payment_days: frozenset[date] = frozenset()
    closing_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """What is left, and what was taken out."""

    slots: tuple[Slot, ...]
    blocked: tuple[Blocked, ...]


def working_time(
    first: date, last: date, rules: TimeRules, absences: tuple[Absence, ...] = ()
) -> WorkingTime:
    """Return the half-days from the first to the last day, both included."""
    away = {at: absence.reason for absence in reversed(absences) for at in absence.halves}
    slots: list[Slot] = []
    blocked: list[Blocked] = []
    for passed in range((last - first).days + 1):
        for at in whole_day(first + timedelta(days=passed)):
            reason = _closed_by(at, rules) or away.get(at) or _not_for_visits(at, rules)
            if reason is None:
                slots.append(Slot(at=at, minutes=_minutes(at.half, rules)))
            else:
                blocked.append(Blocked(at=at, reason=reason))
    return WorkingTime(slots=tuple(slots), blocked=tuple(blocked))


def _closed_by(at: HalfDay, rules: TimeRules) -> Reason | None:
    if not rules.calendar.is_open(at.day):
        return Reason.OFFICE_CLOSED
    if at.day in rules.payment_days:
        return Reason.PAYMENT
    return Reason.CLOSING if at.day in rules.closing_days else None


def _not_for_visits(at: HalfDay, rules: TimeRules) -> Reason | None:
    of_week = WeekHalf(weekday=at.day.weekday(), half=at.half)
    return None if not rules.visiting or of_week in rules.visiting else Reason.OTHER_WORK


def _minutes(half: Half, rules: TimeRules) -> int:
    whole = rules.morning_minutes if half is Half.MORNING else rules.afternoon_minutes
    return whole * rules.fill_percent // PERCENT
