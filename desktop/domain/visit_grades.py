"""Visit grades (訪問格付): how often a household is to be visited, and who decided so since when.

The grades, the legal floors by place (局長通知 第12-1), the exceptions and the reasons are office data. A grade is
proposed by a caseworker and approved by the supervisor; decisions are only ever added. A household's grade on a day is
that of its newest approved decision that has begun, made since the household was last closed; without one it is what
the ledger says. What the ledger says after the first decision stays readable as history and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.policy_events import ReviewEvent

#: More visits than days nobody plans.
MOST_VISITS = 366
#: The kind of a grade under approval, and the reason of a grade that an approved support policy brought.
SUBJECT = "visit_grade"
BY_POLICY = "support_policy"
#: Most characters of one text, as the database has it.
MOST_WORDS = 10_000


class LivingPlace(StrEnum):
    """Where a household is visited; the legal floor depends on it."""

    HOME = "home"
    HOSPITAL = "hospital"
    FACILITY = "facility"
    GROUP_HOME = "group_home"


LIVING_PLACE: Mapping[LivingPlace, str] = {
    LivingPlace.HOME: "居宅",
    LivingPlace.HOSPITAL: "入院",
    LivingPlace.FACILITY: "入所",
    LivingPlace.GROUP_HOME: "グループホーム等（日常の見守りと報告あり）",
}
#: The row of the floors that says within how many days an application is visited.
APPLICATION_FLOOR = "application"


class GradeState(StrEnum):
    """Where a proposed grade stands. A returned or withdrawn one stays; the next proposal is a new row."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


GRADE_STATE: Mapping[GradeState, str] = {
    GradeState.DRAFT: "保存の途中",
    GradeState.SUBMITTED: "決裁待ち",
    GradeState.RETURNED: "差戻し",
    GradeState.WITHDRAWN: "引戻し",
    GradeState.APPROVED: "決裁済",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitGrade:
    """One grade of the office's table; `visits_per_year` is 0 where visits are agreed case by case (随時).

    `first_months` is for how many months after the start of protection this is the usual grade (0: for none),
    `pauses` whether months in hospital do not count for the plan.
    """

    code: str
    label: str
    visits_per_year: int
    interval_months: int = 0
    who: str = ""
    first_months: int = 0
    pauses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFloor:
    """The fewest visits a year at a place; of an application, within how many days it is visited."""

    code: str
    label: str
    visits_per_year: int
    within_days: int = 0
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorException:
    """Why a grade may lie under the floor (下限の例外), and the fewest visits a year that are left even then."""

    code: str
    label: str
    fewest: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTables:
    """The office's tables on a day, each by code. `reasons` are code and label."""

    grades: Mapping[str, VisitGrade]
    floors: Mapping[str, LegalFloor]
    exceptions: Mapping[str, FloorException]
    reasons: Mapping[str, str]

    def floor(self, place: LivingPlace) -> int:
        """The fewest visits a year at a place."""
        return self.floors[place].visits_per_year


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeInput:
    """A grade that somebody proposes; `exception` and its reason only under the floor."""

    grade_id: UUID
    household_id: UUID
    grade: str
    effective_from: date
    place: LivingPlace
    reason_code: str
    reason: str = field(repr=False)
    exception: str = ""
    exception_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptInput:
    """The answer that the grade stays as it is although something happened (見直し不要)."""

    household_id: UUID
    event_code: str
    happened_on: date
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One row of a household's history: a decision of this office, or a period of the ledger (`state` None)."""

    row_id: UUID
    grade: str
    label: str
    visits_per_year: int | None
    effective_from: date
    state: GradeState | None
    until: date | None = None
    reason_label: str = ""
    reason: str = field(default="", repr=False)
    place: LivingPlace | None = None
    floor: int | None = None
    exception_label: str = ""
    exception_reason: str = field(default="", repr=False)
    proposed_by: str = field(default="", repr=False)
    proposed_at: datetime | None = None
    approved_by: str = field(default="", repr=False)
    approved_at: datetime | None = None
    returned_words: str = field(default="", repr=False)
    is_own: bool = False
    is_present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One answer 見直し不要, with the label of what had happened."""

    label: str
    happened_on: date
    reason: str = field(repr=False)
    by: str = field(repr=False)
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GradesOfFile:
    """Everything about the grade of one opened file.

    `last_visit_on` is the last visit with somebody met, `next_due_on` the day until which the present grade allows none;
    None where the grade has no interval or no visit is known.
    """

    rows: tuple[GradeRow, ...]
    tables: GradeTables
    place: LivingPlace
    is_receiving: bool
    present: VisitGrade | None
    present_code: str = ""
    last_visit_on: date | None = None
    next_due_on: date | None = None
    usual_code: str = ""
    events: tuple[ReviewEvent, ...] = ()
    answers: tuple[KeptAnswer, ...] = ()

    @property
    def waiting(self) -> GradeRow | None:
        """The proposal that lies with the approvers."""
        return next((row for row in self.rows if row.state is GradeState.SUBMITTED), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedGrade:
    """A submitted grade as its approver reads it, beside the grade before and the last visits."""

    row: GradeRow
    before_code: str
    before: VisitGrade | None
    version: int
    content_hash: str
    visits: tuple[tuple[date, str], ...] = ()
    events: tuple[ReviewEvent, ...] = ()


def visit_words(grade: str | None, visits_per_year: int | None) -> str:
    """B　年6回: how grade and visits stand on screens and papers; "" where neither is named."""
    count = "" if visits_per_year is None else f"年{visits_per_year}回"
    return "　".join(filter(None, (grade, count)))


def living_place(residences: Sequence[LivingPlace]) -> LivingPlace:
    """The place of a household whose members live at these places: home where anybody is, then hospital, then facility."""
    return min(residences, key=tuple(LivingPlace).index, default=LivingPlace.HOME)


def may_be_called(found: LivingPlace, named: LivingPlace) -> bool:
    """Whether a place may be named for a household: the ledger's, or a group home, which the ledger does not know."""
    return named is found or (named is LivingPlace.GROUP_HOME and found is not LivingPlace.HOSPITAL)


def floor_refusals(
    visits: int, floor: int, exception: FloorException | None, exception_reason: str
) -> dict[str, str]:
    """Field → sentence for a grade of so many visits a year at a place with this floor; {} where it may stand."""
    if visits >= floor:
        return {}
    if exception is None:
        return {
            "exception": f"この格付は年{visits}回で、法定の下限（年{floor}回）を下回ります。"
            "下限の例外を選んで理由を書くか、ほかの格付を選んでください。"
        }
    if visits < exception.fewest:
        return {
            "exception": f"例外「{exception.label}」でも年{exception.fewest}回は訪問します。"
            "ほかの格付を選んでください。"
        }
    if not exception_reason.strip():
        return {"exception_reason": "下限を下回る理由を入力してください。"}
    return {}


def grade_content(given: GradeInput, visits_per_year: int, floor: int) -> dict[str, object]:
    """What an approval's hash stands for: everything that the supervisor reads of a proposal."""
    return {
        "grade_id": given.grade_id,
        "household": given.household_id,
        "grade": given.grade,
        "visits_per_year": str(visits_per_year),
        "floor": str(floor),
        "effective_from": given.effective_from,
        "place": given.place.value,
        "reason_code": given.reason_code,
        "reason": given.reason,
        "exception": given.exception,
        "exception_reason": given.exception_reason,
    }
