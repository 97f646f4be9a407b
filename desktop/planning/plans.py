"""A plan of a period as it is kept: each visit with its half-day, its cost table and what else was possible, or with why it is unplanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.planning.costs import CostTable
from desktop.planning.halves import HalfDay
from desktop.planning.problem import Placement
from desktop.planning.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many half-days of the visit's window a hard reason took out."""

    reason: Reason
    half_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The best half-day of another week, with the same table."""

    at: HalfDay
    costs: CostTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A visit in its half-day; `order` counts from 1 along the route.

    `previous` is the household's visit before this one (planned or made), `together` the visits in the same 町内 (`in_house`: in
    the same facility) in the same half-day, `saved_minutes` what the way is shorter than to this household alone. `next_week` is the
    main reason why the following week has no half-day for it, None if it has one.
    """

    visit: str
    at: HalfDay
    order: int
    costs: CostTable
    alternatives: tuple[Alternative, ...] = ()
    refused: tuple[ReasonCount, ...] = ()
    next_week: Reason | None = None
    previous: date | None = None
    together: int = 0
    in_house: int = 0
    saved_minutes: int = 0

    @property
    def placement(self) -> Placement:
        """Where it stands, as the baseline of a later plan."""
        return Placement(visit=self.visit, at=self.at, order=self.order)


class Cause(StrEnum):
    """Why a visit is unplanned."""

    NO_SLOT = "no_slot"
    FULL = "full"
    SPACING = "spacing"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedVisit:
    """A visit that found no half-day; never hidden, never counted as done."""

    visit: str
    cause: Cause
    statutory: bool
    points: int
    refused: tuple[ReasonCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPeriod:
    """The plan of one caseworker: `planned` in order of time and route; planned and unplanned together are all visits of the problem."""

    caseworker: str
    first: date
    last: date
    planned: tuple[PlannedVisit, ...]
    unplanned: tuple[UnplannedVisit, ...]
    cost: int
    travel_minutes: int
    iterations: int
    seed: int

    def find(self, visit: str) -> PlannedVisit | None:
        """Return the planned visit with the code, or None."""
        return next((planned for planned in self.planned if planned.visit == visit), None)

    def baseline(self) -> tuple[Placement, ...]:
        """Return where every planned visit stands."""
        return tuple(planned.placement for planned in self.planned)
