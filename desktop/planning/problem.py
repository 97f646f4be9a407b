"""The planning problem of one caseworker for a period: what is to be visited, when he can go, how far it is, what things cost.

No names, addresses or coordinates stand in it: households are case numbers, places are rows of the travel table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.planning.halves import Half, HalfDay, WeekHalf
from desktop.planning.reasons import Reason
from desktop.planning.travel import TravelTable
from desktop.planning.weights import Weights


class Basis(StrEnum):
    """The rule that made a visit due."""

    GRADE = "grade"
    FLOOR = "floor"
    APPLICATION = "application"
    REVISIT = "revisit"
    PURPOSE = "purpose"
    EXTRA = "extra"


class Levelling(StrEnum):
    """Over what the load is kept even."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRate:
    """How often somebody was met in this half of the day, in percent of the attempts."""

    half: Half
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A household as the planner knows it; `place` is its row in the travel table, equal `town` means the same 町内 (0: unknown).

    `closed` half-days of the week are impossible (通院・通所など), `disliked` ones only cost something; where there are `liked`
    ones, all others cost something too.
    """

    number: str
    place: int
    town: int = 0
    facility: int = 0
    closed: frozenset[WeekHalf] = frozenset()
    disliked: frozenset[WeekHalf] = frozenset()
    liked: frozenset[WeekHalf] = frozenset()
    hit_rates: tuple[HitRate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit to plan (訪問), with the rule that made it due and the days between which it may lie.

    `statutory` visits are planned before all others. `appointment` was agreed with the household, `locked` was fixed by the
    caseworker; both bind the plan. `partners` must all be free (codes of `Partner`). `spaced` visits keep their distance
    to the visits of the household before and after by `period_days`; `last_visit` is the last successful one before this
    problem begins, `next_visit` the next planned one after it ends. `avoid` is the half of the day in which nobody was met last time.
    """

    code: str
    household: str
    basis: Basis
    due: date
    earliest: date
    latest: date
    minutes: int
    statutory: bool = False
    grade: str = ""
    visits_a_year: int = 0
    period_days: int = 0
    spaced: bool = False
    last_visit: date | None = None
    next_visit: date | None = None
    points: int = 0
    purposes: tuple[str, ...] = ()
    announced: bool = False
    appointment: HalfDay | None = None
    locked: HalfDay | None = None
    avoid: Half | None = None
    partners: tuple[str, ...] = ()

    @property
    def pin(self) -> HalfDay | None:
        """The only half-day in which this visit may lie, if there is one."""
        return self.appointment or self.locked


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody or something shared by several caseworkers (就労支援員・保健師・二人目・公用車), with the free half-days."""

    code: str
    free: frozenset[HalfDay]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A half-day in which the caseworker can visit, and the minutes there are for travel and talks together."""

    at: HalfDay
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A half-day that working time took out, and why."""

    at: HalfDay
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a visit lies in an earlier plan; moving it away from there has a price."""

    visit: str
    at: HalfDay
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningProblem:
    """Everything a plan is made from; the same problem gives the same plan on every machine.

    `slots` are in order of time. `baseline` is the plan to stay near to. `staff` is the code by which the caseworker is a partner of
    others: who visits cannot go along elsewhere in that half-day. ValueError where the parts do not fit together.
    """

    caseworker: str
    first: date
    last: date
    today: date
    households: tuple[Household, ...]
    visits: tuple[Visit, ...]
    slots: tuple[Slot, ...]
    travel: TravelTable
    blocked: tuple[Blocked, ...] = ()
    partners: tuple[Partner, ...] = ()
    baseline: tuple[Placement, ...] = ()
    levelling: Levelling = Levelling.MONTH
    weights: Weights = field(default_factory=Weights)
    staff: str = ""

    def __post_init__(self) -> None:
        """Refuse a problem whose parts contradict each other."""
        numbers = [household.number for household in self.households]
        codes = [visit.code for visit in self.visits]
        times = [slot.at for slot in self.slots]
        _unique(numbers, "household")
        _unique(codes, "visit")
        if times != sorted(set(times)):
            raise ValueError("the slots are not in order of time, or one stands twice")
        _known((visit.household for visit in self.visits), numbers, "household")
        names = [partner.code for partner in self.partners]
        _unique(names, "partner")
        _known((code for visit in self.visits for code in visit.partners), names, "partner")
        if any(not 0 < household.place < self.travel.size for household in self.households):
            raise ValueError("a household's place is not in the travel table")
        if any(visit.minutes <= 0 for visit in self.visits):
            raise ValueError("a visit takes no time")


def _unique(codes: list[str], what: str) -> None:
    if len(codes) != len(set(codes)):
        raise ValueError(f"a {what} stands twice in the problem")


def _known(codes: Iterable[str], known: list[str], what: str) -> None:
    if not set(codes) <= set(known):
        raise ValueError(f"a visit names a {what} that is not in the problem")
