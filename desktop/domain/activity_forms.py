"""What goes onto the papers about support towards work (S-10, S-13 to S-17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.programme_reviews import PromotionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySheetAsked:
    """Whose acts are shown on paper: everything of a person, or one month (its first day)."""

    household_id: UUID
    person_id: UUID
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAsked:
    """Which request to Hello Work is printed."""

    household_id: UUID
    referral_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthAsked:
    """Of which month a report of the own duty is made (its first day)."""

    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLetter:
    """支援要請書 (S-10). `health_limits` is "" where the person did not agree that they are told."""

    imprint: Imprint
    household_id: UUID
    subject_id: UUID
    case_number: str
    number: str
    partner: str
    asked_on: date
    reply_by: date
    consent_on: date
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    address: str = field(repr=False)
    history: str = field(repr=False)
    qualifications: str = field(repr=False)
    wishes: str = field(repr=False)
    health_limits: str = field(repr=False)
    barriers: str = field(repr=False)
    so_far: str = field(repr=False)
    request: str = field(repr=False)
    contact: str
    caseworker: str = field(repr=False)
    phone: str

    @property
    def recipient(self) -> str:
        """For whom it is."""
        return self.partner


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """One act in a row of a sheet."""

    done_on: date
    kind: str
    minutes: int
    is_direct: bool
    partner: str
    result: str
    memo: str = field(repr=False)
    next_step: str = field(repr=False)
    next_due_on: date | None
    staff: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySheet:
    """支援記録票 (S-13): a person's acts, the oldest first."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    caseworker: str = field(repr=False)
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How often a kind of act was done in a month, and for how many minutes."""

    kind: str
    count: int
    minutes: int
    is_direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSheet:
    """支援状況記録票 (S-14): a person's month, counts by kind, what came of it and what comes next.

    `stands_for` are the papers of the month that this log stands for, by the office's table.
    """

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    caseworker: str = field(repr=False)
    month: date
    counts: tuple[KindCount, ...]
    lines: tuple[ActivityLine, ...]
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeReport:
    """被保護者就労支援事業報告書 (S-15): the month of the own duty in counts; no names.

    `targets` are those of the office's promotion plan for the fiscal year.
    """

    imprint: Imprint
    month: date
    scope: str
    persons: int
    new_persons: int
    acts: int
    minutes: int
    requests: int
    starts: int
    raises: int
    sheltered: int
    ended: int
    checked: int
    still_working: int
    counts: tuple[KindCount, ...]
    targets: Mapping[PromotionItem, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLine:
    """One start of work in the report; incomes are yen a month."""

    case_number: str
    name: str = field(repr=False)
    outcome: str
    started_on: date
    employer: str = field(repr=False)
    contract: str
    hours: int | None
    expected_wage: int | None
    income_before: int | None
    income_after: int | None
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReport:
    """就労開始者実績報告書 (S-16): who began to work or earned more in a month."""

    imprint: Imprint
    month: date
    scope: str
    lines: tuple[StartLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One thing that is planned: a next step or a check of retention."""

    due_on: date
    case_number: str
    name: str = field(repr=False)
    what: str = field(repr=False)
    staff: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """就労支援予定表 (S-17): the own duty's next steps and checks of a month, by day."""

    imprint: Imprint
    month: date
    scope: str
    lines: tuple[ScheduleLine, ...]
