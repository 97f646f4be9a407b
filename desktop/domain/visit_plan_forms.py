"""What goes onto the papers of visit plans: the year (K-07), the month with its results (K-08), the report of all districts (K-27).

They tell facts only. Need points, notes and words of exceptions are never on paper, nor whom a caseworker met: those open a file.
A household under 支援措置 is its case number alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.forms import Stamp
from desktop.domain.households import HouseholdType
from desktop.domain.imprint import Imprint
from desktop.domain.visit_grades import LivingPlace
from desktop.domain.visit_marks import VisitMark, VisitOutcome
from desktop.domain.visit_plan_periods import last_of
from desktop.domain.visit_plans import PlanKind, PlanState, VisitKind
from desktop.domain.working_time import Half

#: What stands where a name or an address is not told.
NOT_TOLD = "－"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlanLine:
    """A household of the yearly plan; `marks` are those of April to March.

    Name, kana and address are empty of a household under 支援措置. `purposes` and `remarks` are words of the office's tables.
    """

    case_number: str
    head_name: str = field(repr=False)
    head_kana: str = field(repr=False)
    address: str = field(repr=False)
    members: int
    household_type: HouseholdType | None
    working_age: int
    place: LivingPlace
    protected_since: date | None
    grade_before: str
    grade: str
    planned: int
    marks: tuple[tuple[VisitMark, ...], ...]
    purposes: tuple[str, ...]
    policy_review_on: date | None
    income_months: tuple[date, ...]
    assets_months: tuple[date, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounts:
    """How often each mark stands; `minutes` are those of the visits that are not cancelled, `capacity_minutes` those there are."""

    planned: int = 0
    done: int = 0
    absent: int = 0
    cancelled: int = 0
    extra: int = 0
    minutes: int = 0
    capacity_minutes: int = 0

    @property
    def standing(self) -> int:
        """Visits planned and not cancelled, as the board counts them."""
        return self.planned - self.cancelled

    @property
    def percent(self) -> int | None:
        """Planned visits made, in percent; None where none was planned."""
        return 100 * self.done // self.planned if self.planned else None

    @property
    def standing_percent(self) -> int | None:
        """Visits made of those planned and not cancelled, in percent; None where there are none."""
        return 100 * self.done // self.standing if self.standing > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCounts:
    """The households of a grade: how many, the visits planned, and what the grade asks for (None: case by case)."""

    grade: str
    households: int
    planned: int
    standard: int | None
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlanForm:
    """The 年間訪問計画表 of a district. `as_of` is the day of the marks, None where it shows what was approved and no more.

    `months` are the counts of April to March; `unplanned` visits have no month, `changes` were made after the approval.
    `days_needed` are days of visits for what is planned, without the ways; None where the caseworker's time is not known.
    """

    imprint: Imprint
    district_code: str
    district_name: str
    caseworker: str = field(repr=False)
    first_on: date
    as_of: date | None
    state: PlanState
    lines: tuple[YearPlanLine, ...]
    months: tuple[VisitCounts, ...]
    grades: tuple[GradeCounts, ...]
    unplanned: int
    changes: int
    days_needed: int | None
    stamps: tuple[Stamp, ...]

    @property
    def whole_year(self) -> VisitCounts:
        """The months together."""
        return summed(self.months)


class MonthSource(StrEnum):
    """Which plan the visits of a month come from."""

    MONTH = "month"
    YEAR = "year"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthVisitLine:
    """A visit of a month: planned, made, or both. `mark` None: it was put off to `moved_to` after the approval.

    `moved_from` is the month in which it was approved where that is another. Times are minutes since midnight.
    """

    day: date | None
    half: Half | None
    order: int | None
    case_number: str
    head_name: str = field(repr=False)
    grade: str
    kind: VisitKind | None
    purposes: tuple[str, ...]
    with_whom: tuple[str, ...] = field(repr=False)
    mark: VisitMark | None
    result_code: str
    result_label: str
    made_on: date | None
    started_at: int | None
    ended_at: int | None
    recorded_on: date | None
    checked_on: date | None
    reason: str
    moved_from: date | None
    moved_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPlanForm:
    """The 月間訪問計画・実績表 of a district. `state` is that of the plan the visits come from, None where there is none.

    `unrecorded`: the planned day is over, and there is neither a record nor a change; `moved` were put off to another month.
    """

    imprint: Imprint
    district_code: str
    district_name: str
    caseworker: str = field(repr=False)
    month: date
    as_of: date
    source: MonthSource
    state: PlanState | None
    lines: tuple[MonthVisitLine, ...]
    counts: VisitCounts
    moved: int
    unrecorded: int
    unplanned: int
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvisited:
    """Households that no visit met for so many full months; `never`: nothing is known of any visit."""

    three: int = 0
    six: int = 0
    twelve: int = 0
    never: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """A district in the report: its month, its year so far, and what is late. `plan` is its yearly plan's state, None without one."""

    district_code: str
    district_name: str
    caseworker: str = field(repr=False)
    plan: PlanState | None
    households: int
    month: VisitCounts
    year: VisitCounts
    overdue: int
    unrecorded: int
    unvisited: Unvisited
    policies_overdue: int
    undecided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """The 訪問実施状況報告書 of a month: every district that is the person's duty, in their order. It names no household."""

    imprint: Imprint
    month: date
    as_of: date
    lines: tuple[DistrictReport, ...]
    stamps: tuple[Stamp, ...]


def summed(counts: tuple[VisitCounts, ...]) -> VisitCounts:
    """Counts together."""
    return VisitCounts(
        planned=sum(c.planned for c in counts),
        done=sum(c.done for c in counts),
        absent=sum(c.absent for c in counts),
        cancelled=sum(c.cancelled for c in counts),
        extra=sum(c.extra for c in counts),
        minutes=sum(c.minutes for c in counts),
        capacity_minutes=sum(c.capacity_minutes for c in counts),
    )


def counts_of(outcomes: tuple[VisitOutcome, ...], capacity_minutes: int = 0) -> VisitCounts:
    """The counts of a month: what was cancelled counts as planned too, as auditors compare plan and done."""
    marks = [outcome.mark for outcome in outcomes]
    return VisitCounts(
        planned=sum(mark is not VisitMark.EXTRA for mark in marks),
        done=marks.count(VisitMark.DONE),
        absent=marks.count(VisitMark.ABSENT),
        cancelled=marks.count(VisitMark.CANCELLED),
        extra=marks.count(VisitMark.EXTRA),
        minutes=sum(
            outcome.standing.visit.minutes
            for outcome in outcomes
            if outcome.standing is not None and outcome.mark is not VisitMark.CANCELLED
        ),
        capacity_minutes=capacity_minutes,
    )


def is_unrecorded(outcome: VisitOutcome, today: date, *, by_day: bool) -> bool:
    """Whether a planned visit is over without any record: after its day, or (not `by_day`) after its month."""
    if outcome.standing is None or outcome.mark is not VisitMark.PLANNED:
        return False
    day = outcome.standing.visit.day if by_day else None
    return (day or last_of(PlanKind.MONTH, outcome.month)) < today


def months_since(day: date, today: date) -> int:
    """Full months from a day to today."""
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
