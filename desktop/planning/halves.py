"""Half-days (半日): the grain of a visit plan. People see and approve months; half-days stay inside until a month is drawn up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Half(StrEnum):
    """Morning or afternoon (午前・午後)."""

    MORNING = "am"
    AFTERNOON = "pm"


HALF_WORDS = {Half.MORNING: "午前", Half.AFTERNOON: "午後"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class HalfDay:
    """One half of one day."""

    day: date
    half: Half

    @property
    def words(self) -> str:
        """7/20午前: month and day are enough inside a year's plan."""
        return f"{self.day.month}/{self.day.day}{HALF_WORDS[self.half]}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class WeekHalf:
    """A half-day of every week; Monday is 0."""

    weekday: int
    half: Half


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def whole_day(day: date) -> tuple[HalfDay, HalfDay]:
    """Return both halves of the day."""
    return HalfDay(day=day, half=Half.MORNING), HalfDay(day=day, half=Half.AFTERNOON)
