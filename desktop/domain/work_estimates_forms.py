"""What goes onto the papers about money linked to work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.work_estimates import Estimate
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_grants import IndependenceGrant, StudyOrWorkGrant
from desktop.domain.work_estimates_income import EarnedIncome


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSheetAsked:
    """Whose income is shown on paper, as it was entered on the screen."""

    household_id: UUID
    person_id: UUID
    given: EarnedIncome


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSheet:
    """What remains in hand (手取り試算) for the person to take along. It names no group and no motivation."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    month: date
    gross: int
    estimate: Estimate
    contact: str
    caseworker: str = field(repr=False)
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAsked:
    """Who applies for what, as it was entered on the screen."""

    household_id: UUID
    person_id: UUID
    given: JobSearchAid | IndependenceGrant | StudyOrWorkGrant


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSearchApplication:
    """就労活動促進費申請書・活動確認表 (S-25): the months asked for, with room for what was done in each."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    months: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeMonth:
    """A month's recognised earned income (yen); None where nothing was entered."""

    month: date
    recognised: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependenceApplication:
    """就労自立給付金申請書 (S-26): the job, the end of protection, the income of the months before."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    job_began: date
    ended_on: date
    is_single: bool
    months: tuple[IncomeMonth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOrWorkApplication:
    """進学・就職準備給付金申請書 (S-27): the way, the day, moving out or not."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    is_work: bool
    begins_on: date
    moves_out: bool


Application = JobSearchApplication | IndependenceApplication | StudyOrWorkApplication


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAsked:
    """Which recorded decision is told to the person."""

    household_id: UUID
    case_id: UUID
    decision_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNotice:
    """What was decided about an application (S-25D to S-27D); `about_on` is the day, or the month, that it is about.

    No estimate. `counted` says what was done in the month, where months are decided one by one.
    """

    imprint: Imprint
    household_id: UUID
    subject_id: UUID
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    asked_on: date
    decided_on: date
    about_on: date
    is_refused: bool
    amount: int | None
    reason: str = field(repr=False)
    contact: str
    phone: str
    counted: str = ""

    @property
    def recipient(self) -> str:
        """For whom it is."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTableAsked:
    """Of which application for 就労活動促進費 the months are shown."""

    household_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One month: what was counted, what was decided when and by whom recorded; empty while nothing was decided."""

    month: date
    interviews: int | None = None
    applications: int | None = None
    outcome: str = ""
    decided_on: date | None = None
    amount: int | None = None
    reason: str = field(default="", repr=False)
    noted_by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTable:
    """就労活動促進費 活動確認表 (S-25C): every month that was asked for, with the decision as it was recorded."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    asked_on: date
    lines: tuple[MonthLine, ...]
