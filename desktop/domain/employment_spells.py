"""Job starts (就労開始) and raises: from when to when somebody works, what the income was before and after.

A spell is added when work begins; the checks after 1, 3, 6 and 12 months and its end are further rows. A spell that was
written by mistake ends for that reason and counts for nothing. What is not known stays unknown: it is never "left".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.activities import ActivityPerson
from desktop.domain.dates import months_later
from desktop.domain.referrals import too_long

#: After how many months it is asked whether somebody still works (6.3, 7.2).
CHECK_MONTHS = (1, 3, 6, 12)
MOST_YEN = 10_000_000
MOST_HOURS = 168


class JobOutcome(StrEnum):
    """The outcome codes of 6.3 that are new work or more earned income; the office's table 支援の結果 says what they are called."""

    REGULAR = "O01"
    PART_TIME = "O02"
    SELF_EMPLOYED = "O03"
    MORE_HOURS = "O04"
    BETTER_JOB = "O05"
    SHELTERED = "O06"


class JobRoute(StrEnum):
    """By what way the work was found."""

    HELLO_WORK = "hello_work"
    SUPPORTER = "supporter"
    ALONE = "alone"
    ACQUAINTANCE = "acquaintance"
    ADVERTISEMENT = "advertisement"
    OTHER = "other"


JOB_ROUTE: Mapping[JobRoute, str] = {
    JobRoute.HELLO_WORK: "ハローワーク",
    JobRoute.SUPPORTER: "就労支援員",
    JobRoute.ALONE: "自力",
    JobRoute.ACQUAINTANCE: "縁故",
    JobRoute.ADVERTISEMENT: "求人誌・ネット",
    JobRoute.OTHER: "その他",
}


class JobContract(StrEnum):
    """Under what contract somebody works."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    PART_TIME = "part_time"
    AGENCY = "agency"
    DAILY = "daily"
    SELF_EMPLOYED = "self_employed"
    SHELTERED = "sheltered"


JOB_CONTRACT: Mapping[JobContract, str] = {
    JobContract.PERMANENT: "正社員（期間の定めなし）",
    JobContract.FIXED_TERM: "契約社員（期間の定めあり）",
    JobContract.PART_TIME: "パート・アルバイト",
    JobContract.AGENCY: "派遣",
    JobContract.DAILY: "日雇",
    JobContract.SELF_EMPLOYED: "自営・内職",
    JobContract.SHELTERED: "就労継続支援（A型・B型）",
}


class RetentionAnswer(StrEnum):
    """Whether somebody still works; UNKNOWN is no "left"."""

    WORKING = "working"
    LEFT = "left"
    UNKNOWN = "unknown"


RETENTION_ANSWER: Mapping[RetentionAnswer, str] = {
    RetentionAnswer.WORKING: "在職",
    RetentionAnswer.LEFT: "離職",
    RetentionAnswer.UNKNOWN: "不明",
}


class JobEndReason(StrEnum):
    """Why a spell ended. MISTAKE: it never was."""

    TERM_OVER = "term_over"
    OWN_WISH = "own_wish"
    HEALTH = "health"
    FAMILY = "family"
    DISMISSED = "dismissed"
    OTHER_JOB = "other_job"
    OTHER = "other"
    MISTAKE = "mistake"


JOB_END_REASON: Mapping[JobEndReason, str] = {
    JobEndReason.TERM_OVER: "契約期間の満了",
    JobEndReason.OWN_WISH: "本人の都合",
    JobEndReason.HEALTH: "体調",
    JobEndReason.FAMILY: "家庭の事情",
    JobEndReason.DISMISSED: "解雇・事業所の都合",
    JobEndReason.OTHER_JOB: "別の仕事へ",
    JobEndReason.OTHER: "その他",
    JobEndReason.MISTAKE: "記録の誤り（数えません）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionCheck:
    """That it was asked, so many months after the start, whether somebody still works."""

    months: int
    checked_on: date
    answer: RetentionAnswer
    noted_by: str = field(repr=False)
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellEnd:
    """When and why the work ended."""

    ended_on: date
    reason: JobEndReason
    note: str = field(repr=False)
    noted_by: str = field(repr=False)
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentSpell:
    """One start of work or raise. Incomes are recognised earned income a month (yen); hours are a week's."""

    spell_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    outcome: JobOutcome
    outcome_label: str
    started_on: date
    first_wage_on: date | None
    contract: JobContract
    route: JobRoute
    hours: int | None
    expected_wage: int | None
    income_before: int | None
    income_after: int | None
    employer: str = field(repr=False)
    job: str = field(repr=False)
    note: str = field(repr=False)
    made_by: str = field(repr=False)
    made_at: datetime
    checks: tuple[RetentionCheck, ...] = ()
    end: SpellEnd | None = None

    @property
    def counts(self) -> bool:
        """Whether it is no mistake."""
        return self.end is None or self.end.reason is not JobEndReason.MISTAKE

    def newest_check(self, months: int) -> RetentionCheck | None:
        """What was answered last about so many months; None where nobody asked."""
        found = [check for check in self.checks if check.months == months]
        return max(found, key=lambda check: check.noted_at, default=None)

    def due_checks(self, today: date) -> tuple[tuple[int, date], ...]:
        """Months and day of the checks whose day has come and that nobody answered; none after an end."""
        if self.end is not None:
            return ()
        return due_checks(self.started_on, {check.months for check in self.checks}, today)


def due_checks(started_on: date, answered: set[int], today: date) -> tuple[tuple[int, date], ...]:
    """Months after the start and their day, where the day has come and nobody answered."""
    days = ((months, months_later(started_on, months)) for months in CHECK_MONTHS)
    return tuple((months, day) for months, day in days if day <= today and months not in answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellInput:
    """A start of work to be kept."""

    spell_id: UUID
    household_id: UUID
    person_id: UUID
    outcome: JobOutcome
    started_on: date
    contract: JobContract
    route: JobRoute
    first_wage_on: date | None = None
    hours: int | None = None
    expected_wage: int | None = None
    income_before: int | None = None
    income_after: int | None = None
    employer: str = field(default="", repr=False)
    job: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInput:
    """An answer whether somebody still works."""

    check_id: UUID
    spell_id: UUID
    household_id: UUID
    months: int
    checked_on: date
    answer: RetentionAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class EndInput:
    """The end of a spell."""

    end_id: UUID
    spell_id: UUID
    household_id: UUID
    ended_on: date
    reason: JobEndReason
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpells:
    """The spells of a household, the newest first; `outcomes` are what a start can be, by the office's names."""

    people: tuple[ActivityPerson, ...]
    outcomes: Mapping[JobOutcome, str]
    spells: tuple[EmploymentSpell, ...]
    may_write: bool


def spell_errors(given: SpellInput, today: date) -> dict[str, str]:
    """Field → sentence for what a spell may not look like; the database judges by the same rules."""
    errors: dict[str, str] = {}
    if given.started_on > today:
        errors["started_on"] = "就労開始日は今日までの日付にしてください。"
    if given.first_wage_on is not None and given.first_wage_on < given.started_on:
        errors["first_wage_on"] = "最初の給料日は、就労開始日からあとの日付にしてください。"
    if given.hours is not None and not 1 <= given.hours <= MOST_HOURS:
        errors["hours"] = f"1から{MOST_HOURS}までの時間にしてください。"
    for name in ("expected_wage", "income_before", "income_after"):
        yen = getattr(given, name)
        if yen is not None and not 0 <= yen <= MOST_YEN:
            errors[name] = f"0から{MOST_YEN:,}円までにしてください。"
    if not given.employer.strip():
        errors["employer"] = "勤め先（自営・内職のときはその内容）を入力してください。"
    return errors | too_long({"employer": given.employer, "job": given.job, "note": given.note})


def check_errors(given: CheckInput, spell: EmploymentSpell, today: date) -> dict[str, str]:
    """Field → sentence for an answer about retention."""
    if given.months not in CHECK_MONTHS:
        return {"months": "1・3・6・12か月のどれかにしてください。"}
    due = months_later(spell.started_on, given.months)
    if given.checked_on > today or given.checked_on < due:
        return {"checked_on": "確認した日は、その月数がたった日から今日までにしてください。"}
    return {}


def end_errors(given: EndInput, spell: EmploymentSpell, today: date) -> dict[str, str]:
    """Field → sentence for an end."""
    errors = too_long({"note": given.note})
    if not spell.started_on <= given.ended_on <= today:
        errors["ended_on"] = "終わった日は、就労開始日から今日までの日付にしてください。"
    if given.reason is JobEndReason.MISTAKE and not given.note.strip():
        errors["note"] = "どこが誤りかを入力してください。"
    return errors
