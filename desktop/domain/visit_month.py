"""What stands beside the visits of a month: how full its half-days are, and what its plan has otherwise than the year's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.visit_plans import PlannedVisit
from desktop.domain.working_time import Half, HalfDay


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfLoad:
    """A half-day in which the caseworker can go: visits that stand in it and their minutes, against the time there is."""

    day: date
    half: Half
    visits: int
    minutes: int
    capacity_minutes: int

    @property
    def at(self) -> HalfDay:
        """Which half-day it is."""
        return HalfDay(day=self.day, half=self.half)

    @property
    def is_over(self) -> bool:
        """Whether the talks alone already take more than the half-day has."""
        return self.minutes > self.capacity_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdName:
    """How a household of the district is named; name and reading are empty where they are not to be seen."""

    case_number: str
    head_name: str = field(default="", repr=False)
    head_kana: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDifference:
    """A month's own plan against the year's: `missing` stand in the year's month alone, `more` in the month's plan alone."""

    missing: tuple[PlannedVisit, ...] = ()
    more: tuple[PlannedVisit, ...] = ()
