"""Applications for benefits linked to work and what the benefit system decided: kept with the estimate as it was shown.

Rows are only added. The newest decision of a case (of a month, for 就労活動促進費) counts; a wrong one is put right by
a further one with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.work_estimates import Estimate, EstimateKind
from desktop.domain.work_estimates_aid import JobSearchAid, LivelihoodAid, TravelAid
from desktop.domain.work_estimates_grants import IndependenceGrant, StudyOrWorkGrant
from desktop.domain.work_estimates_income import EarnedIncome

#: What an estimate is asked for with: one class a kind.
EstimateInput = (
    EarnedIncome | JobSearchAid | IndependenceGrant | StudyOrWorkGrant | LivelihoodAid | TravelAid
)
#: Most characters of a note or a reason, most months of a case, most yen of a decision.
MOST_WORDS = 10_000
MOST_MONTHS = 60
MOST_YEN = 100_000_000
#: Months asked for 就労自立給付金 where the office has no value, and the most a form has room for.
GRANT_MONTHS, MOST_GRANT_MONTHS = 6, 24
#: The row that says how many they are.
GRANT_WINDOW = "jiritsu.window_months"
#: The row of 就労の試算の金額・日数 that says whether a second person records decisions.
SECOND_PERSON = "decision.second"


class CaseOutcome(StrEnum):
    """What became of an application."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: Kinds whose decisions have a notice of their own on paper.
NOTICED = frozenset(
    {EstimateKind.JOB_SEARCH, EstimateKind.INDEPENDENCE, EstimateKind.STUDY_OR_WORK}
)
CASE_OUTCOME: Mapping[CaseOutcome, str] = {
    CaseOutcome.GRANTED: "支給決定",
    CaseOutcome.REFUSED: "却下",
    CaseOutcome.WITHDRAWN: "取下げ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPerson:
    """Somebody of the household for whom money is estimated."""

    person_id: UUID
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    is_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecision:
    """A decision as the benefit system gave it; `month` is the first of the month it is of, for months decided singly."""

    decision_id: UUID
    outcome: CaseOutcome
    decided_on: date
    month: date | None
    interviews: int | None
    applications: int | None
    amount: int | None
    reason: str = field(repr=False)
    noted_by: str = field(repr=False)
    noted_at: datetime

    @property
    def is_told(self) -> bool:
        """Whether a notice tells the person: of what was granted or refused, not of what he took back himself."""
        return self.outcome is not CaseOutcome.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitCase:
    """An application (申請) with the estimate as it was shown. `decisions` are all there are, the newest first."""

    case_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    kind: EstimateKind
    asked_on: date
    about_on: date
    months: int | None
    estimate: Estimate
    note: str = field(repr=False)
    made_by: str = field(repr=False)
    made_at: datetime
    is_own: bool
    decisions: tuple[CaseDecision, ...] = ()

    @property
    def newest(self) -> CaseDecision | None:
        """The decision that was recorded last."""
        return self.decisions[0] if self.decisions else None

    @property
    def has_notice(self) -> bool:
        """Whether the newest decision is told to the person by a notice of its own."""
        newest = self.newest
        return self.kind in NOTICED and newest is not None and newest.is_told

    @property
    def is_ended(self) -> bool:
        """Whether nothing further is decided: taken back, or decided where it is decided once."""
        newest = self.newest
        if newest is None:
            return False
        return newest.outcome is CaseOutcome.WITHDRAWN or (
            self.kind is not EstimateKind.JOB_SEARCH and newest.outcome is CaseOutcome.GRANTED
        )

    @property
    def open_months(self) -> tuple[date, ...]:
        """The months (their first days) that nothing was decided about yet; none for what is decided once."""
        if self.months is None or self.is_ended:
            return ()
        known = {decision.month for decision in self.decisions}
        return tuple(
            month for month in months_from(self.about_on, self.months) if month not in known
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWindow:
    """From a day on, so many months up to the end of protection count for 就労自立給付金."""

    valid_from: date
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkMoney:
    """What the section 試算・給付 shows of a household: people, cases with the newest first, and what may be done.

    `windows` are the office's windows of 就労自立給付金, the earliest first.
    """

    people: tuple[WorkPerson, ...]
    cases: tuple[BenefitCase, ...]
    may_write: bool
    needs_second: bool
    windows: tuple[GrantWindow, ...] = ()

    def grant_months(self, ended_on: date) -> int:
        """How many months are asked for where protection ends on a day; as shipped where the office has said nothing."""
        said = [each.months for each in self.windows if each.valid_from <= ended_on]
        return max(1, min(said[-1], MOST_GRANT_MONTHS)) if said else GRANT_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInput:
    """An application to be kept. `shown` is the estimate that stood on the screen."""

    case_id: UUID
    household_id: UUID
    person_id: UUID
    given: EstimateInput
    shown: Estimate
    asked_on: date
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInput:
    """A decision to be recorded; `month` for months that are decided one by one."""

    decision_id: UUID
    case_id: UUID
    household_id: UUID
    outcome: CaseOutcome
    decided_on: date
    month: date | None = None
    interviews: int | None = None
    applications: int | None = None
    amount: int | None = None
    reason: str = field(default="", repr=False)


def months_from(first: date, count: int) -> tuple[date, ...]:
    """The first days of so many months on from the month of a day."""
    found, year, month = list[date](), first.year, first.month
    for _ in range(count):
        found.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December
    return tuple(found)


def case_errors(given: CaseInput, today: date) -> dict[str, str]:
    """Field → sentence for what an application may not look like."""
    errors: dict[str, str] = {}
    if given.asked_on > today:
        errors["asked_on"] = "申請日は今日までの日付にしてください。"
    if len(given.note) > MOST_WORDS:
        errors["note"] = "文字が多すぎます。短くしてください。"
    return errors


def decision_errors(given: DecisionInput, case: BenefitCase, today: date) -> dict[str, str]:
    """Field → sentence for what a decision may not look like; the database judges by the same rules."""
    errors: dict[str, str] = {}
    if not case.asked_on <= given.decided_on <= today:
        errors["decided_on"] = "決定日は、申請日から今日までの日付にしてください。"
    if len(given.reason) > MOST_WORDS:
        errors["reason"] = "文字が多すぎます。短くしてください。"
    elif given.outcome is not CaseOutcome.GRANTED and not given.reason.strip():
        errors["reason"] = "却下・取下げの理由を入力してください。"
    if given.outcome is CaseOutcome.GRANTED and given.amount is None:
        errors["amount"] = "決定された額を入力してください。"
    if given.outcome is not CaseOutcome.GRANTED and given.amount is not None:
        errors["amount"] = "却下・取下げに額は入れません。"
    if case.months is None:
        if given.month is not None:
            errors["month"] = "月ごとに決めるのは就労活動促進費だけです。"
    elif given.outcome is not CaseOutcome.WITHDRAWN and given.month not in months_from(
        case.about_on, case.months
    ):
        errors["month"] = "申請した月の中から選んでください。"
    return errors
