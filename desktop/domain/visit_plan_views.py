"""Visit plans as screens and papers show them (K-07 年間訪問計画表, K-08 月間訪問計画・実績表, the supervisor's board)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.households import HouseholdType
from desktop.domain.visit_grades import LivingPlace
from desktop.domain.visit_marks import VisitMade, VisitMark, VisitOutcome
from desktop.domain.visit_month import HalfLoad, HouseholdName, YearDifference
from desktop.domain.visit_plans import (
    Deviation,
    PlanKind,
    PlanMove,
    PlannedVisit,
    PlanState,
)
from desktop.domain.working_time import Half


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """A plan without its visits. `caseworker` was the district's when the plan was last saved."""

    plan_id: UUID
    kind: PlanKind
    first_on: date
    district_id: UUID
    district_code: str
    district_name: str
    caseworker_id: UUID
    caseworker: str = field(repr=False)
    state: PlanState
    state_at: datetime
    version: int
    content_hash: str
    saved_by: str = field(repr=False)
    saved_at: datetime
    submitted_by: str = field(default="", repr=False)
    submitted_at: datetime | None = None
    decided_by: str = field(default="", repr=False)
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One move of a plan, with the position in which somebody decided, and the words of a return."""

    number: int
    state: PlanState
    version: int
    position: str
    by: str = field(repr=False)
    at: datetime
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCell:
    """One month of one household: its signs in order, and what is behind them."""

    month: date
    outcomes: tuple[VisitOutcome, ...] = ()

    @property
    def signs(self) -> str:
        """○●△×＊ as the paper has them."""
        return "".join(outcome.sign for outcome in self.outcomes)

    @property
    def is_overdue(self) -> bool:
        """Whether a visit of the month is late."""
        return any(outcome.is_overdue for outcome in self.outcomes)

    @property
    def is_locked(self) -> bool:
        """Whether a visit of the month was fixed by the caseworker."""
        return any(o.standing is not None and o.standing.visit.is_locked for o in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear:
    """The household's last fiscal year: its grade on the last day, visits planned (None: no approved plan) and made."""

    grade: str
    planned: int | None
    made: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHousehold:
    """A line of the yearly plan. Name and kana are empty where they are not to be seen.

    `standard` are the visits a year of the grade, None where the household has none or they are agreed case by case;
    `required` is the legal floor of this plan's year, `working_age` how many members are of working age. The `…_months` are those
    in which somebody of the household declares. `is_short`: planned visits lie under it without an exception.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    head_kana: str = field(repr=False)
    is_shielded: bool
    address: str = field(repr=False)
    members: int
    working_age: int
    household_type: HouseholdType | None
    place: LivingPlace
    protected_since: date | None
    grade: str
    grade_label: str
    standard: int | None
    planned: int
    required: int
    is_short: bool
    exception: str = ""
    exception_label: str = ""
    exception_words: str = field(default="", repr=False)
    cells: tuple[PlanCell, ...] = ()
    unplanned: tuple[PlannedVisit, ...] = ()
    purposes: tuple[str, ...] = ()
    last_met_on: date | None = None
    policy_review_on: date | None = None
    income_months: tuple[date, ...] = ()
    assets_months: tuple[date, ...] = ()
    last_year: LastYear
    is_of_district: bool = True

    @property
    def differs_from_standard(self) -> bool:
        """Whether other than the grade's visits a year are planned."""
        return self.standard is not None and self.planned != self.standard

    @property
    def differs_from_last_year(self) -> bool:
        """Whether other than last year's visits are planned, or the grade changed."""
        last = self.last_year
        return last.grade != self.grade or (
            last.planned is not None and last.planned != self.planned
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLoad:
    """What a month of the plan takes: visits and their minutes, with the way there where it is known, against the time there is."""

    month: date
    visits: int
    minutes: int
    travel_minutes: int | None = None
    capacity_minutes: int | None = None

    @property
    def percent(self) -> int | None:
        """How full the month is, None where its time is not known."""
        if not self.capacity_minutes:
            return None
        return 100 * (self.minutes + (self.travel_minutes or 0)) // self.capacity_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationRow:
    """One change after the approval: from where to where, why, by whom; the words need the open file."""

    number: int
    visit_id: UUID
    household_id: UUID
    case_number: str
    change: Deviation
    reason: str
    reason_label: str
    from_month: date | None
    from_day: date | None
    from_half: Half | None
    to_month: date | None
    to_day: date | None
    to_half: Half | None
    by: str = field(repr=False)
    at: datetime
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """A yearly plan as its grid, its review card and its paper show it. `version` is the one shown.

    `moves` are those that the reader may make now, `may_edit` whether visits may be changed; `shown_deviation` is the number of
    the newest deviation, which the next one names.
    """

    head: PlanHead
    version: int
    months: tuple[date, ...]
    households: tuple[PlanHousehold, ...]
    loads: tuple[MonthLoad, ...]
    steps: tuple[PlanStep, ...] = ()
    deviations: tuple[DeviationRow, ...] = ()
    moves: tuple[PlanMove, ...] = ()
    may_edit: bool = False
    may_deviate: bool = False
    is_approved_version: bool = False

    @property
    def short(self) -> tuple[PlanHousehold, ...]:
        """The households under the legal floor without an exception: the plan cannot be handed in."""
        return tuple(h for h in self.households if h.is_short)

    @property
    def excepted(self) -> tuple[PlanHousehold, ...]:
        """The households with an exception."""
        return tuple(h for h in self.households if h.exception)

    @property
    def unplanned(self) -> tuple[tuple[PlanHousehold, PlannedVisit], ...]:
        """Every visit that could not be planned, statutory ones first."""
        found = [(h, visit) for h in self.households for visit in h.unplanned]
        return tuple(
            sorted(found, key=lambda f: (not f[1].is_statutory, f[0].case_number, f[1].rule))
        )

    @property
    def shown_deviation(self) -> int:
        """The number of the newest deviation, 0 where there is none."""
        return max((d.number for d in self.deviations), default=0)

    @property
    def signs(self) -> Mapping[VisitMark, int]:
        """How often each sign stands in the grid."""
        counted = dict.fromkeys(VisitMark, 0)
        for household in self.households:
            for cell in household.cells:
                for outcome in cell.outcomes:
                    counted[outcome.mark] += 1
        return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A line of the monthly plan and its results (2.5). `outcome` has the mark; `recorded_on` and `checked_on` are the entry's days.

    `partners` go along in the visit's half-day (同行), with what they go along as; `revisit_by` is the last day on which to come again
    after an absence that no planned visit answers yet.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    is_shielded: bool
    address: str = field(repr=False)
    grade: str
    outcome: VisitOutcome
    reason_label: str = ""
    moved_to: date | None = None
    result_label: str = ""
    recorded_on: date | None = None
    checked_on: date | None = None
    partners: tuple[str, ...] = field(default=(), repr=False)
    revisit_by: date | None = None

    @property
    def visit(self) -> PlannedVisit | None:
        """The planned visit, None of one that was made without being planned."""
        return self.outcome.standing.visit if self.outcome.standing else None

    @property
    def made(self) -> VisitMade | None:
        """What was recorded: the visit that counted, else the last in vain."""
        vain = self.outcome.vain
        return self.outcome.made or (vain[-1] if vain else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayVisits:
    """The visits that are still to be made today, in route order; `purposes` are the labels of what they are for."""

    lines: tuple[MonthLine, ...] = ()
    purposes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPlan:
    """The visits of a month: from its own plan, or from the year's while no monthly plan was made (`head` None: no plan at all).

    `loads` are the caseworker's half-days of the month, `names` those of the district's households,
    `difference` what the month's own plan has otherwise than the year's.
    """

    month: date
    district_id: UUID
    head: PlanHead | None
    lines: tuple[MonthLine, ...]
    unplanned: tuple[PlannedVisit, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    deviations: tuple[DeviationRow, ...] = ()
    moves: tuple[PlanMove, ...] = ()
    may_edit: bool = False
    may_deviate: bool = False
    loads: tuple[HalfLoad, ...] = ()
    names: Mapping[UUID, HouseholdName] = field(default_factory=dict, repr=False)
    difference: YearDifference = field(default_factory=YearDifference)

    @property
    def shown_deviation(self) -> int:
        """The number of the newest deviation, 0 where there is none."""
        return max((d.number for d in self.deviations), default=0)

    @property
    def planned(self) -> int:
        """Visits planned (計画件数): what was cancelled counts too, as auditors compare plan and done."""
        return sum(line.visit is not None for line in self.lines)

    @property
    def done(self) -> int:
        """Planned visits made (実施件数)."""
        return sum(line.outcome.mark is VisitMark.DONE for line in self.lines)

    @property
    def absent(self) -> int:
        """Planned visits that met nobody (不在件数)."""
        return sum(line.outcome.mark is VisitMark.ABSENT for line in self.lines)

    @property
    def extra(self) -> int:
        """Visits made without being planned (臨時件数)."""
        return sum(line.outcome.mark is VisitMark.EXTRA for line in self.lines)

    @property
    def percent(self) -> int | None:
        """Planned visits made, in percent (実施率)."""
        return 100 * self.done // self.planned if self.planned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCell:
    """A month of a district on the supervisor's board; each figure opens the list of its outcomes."""

    month: date
    outcomes: tuple[VisitOutcome, ...] = ()

    def count(self, *marks: VisitMark) -> int:
        """How many of these signs the month has."""
        return sum(outcome.mark in marks for outcome in self.outcomes)

    @property
    def planned(self) -> int:
        """Visits planned and not cancelled."""
        return self.count(VisitMark.PLANNED, VisitMark.DONE, VisitMark.ABSENT)

    @property
    def done(self) -> int:
        """Planned visits made."""
        return self.count(VisitMark.DONE)

    @property
    def absent(self) -> int:
        """Planned visits that met nobody."""
        return self.count(VisitMark.ABSENT)

    @property
    def overdue(self) -> int:
        """Visits whose window is over without a visit that counts."""
        return sum(outcome.is_overdue for outcome in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A district of the board: its caseworker, its yearly plan's state (None: there is none), and its months."""

    district_id: UUID
    district_code: str
    district_name: str
    caseworker: str = field(repr=False)
    households: int
    plan: PlanHead | None
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBoard:
    """All caseworkers by month (進行管理表). `names` are case number and head of the households named in the cells."""

    first_on: date
    months: tuple[date, ...]
    rows: tuple[BoardRow, ...]
    names: Mapping[UUID, tuple[str, str]] = field(default_factory=dict, repr=False)
