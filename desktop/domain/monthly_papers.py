"""Monthly papers (毎月の書類): which papers a person is asked for about a month, what came, what did not and why.

What is due follows from the office's table, from the *decided* support group, from work and from aid granted; it is derived and
never stored. Income declarations stay what they are (`declarations.py`) and stand in the same grid. A paper that is missing
changes nothing by itself: no group, no amount, no step (employment-support 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.card_languages import CardLanguage
from desktop.domain.dates import months_later
from desktop.domain.declarations import CellState, month_of
from desktop.domain.declarations import Receipt as DeclarationReceipt
from desktop.domain.income_months import INCOME_PAPERS, Earned, IncomeSource
from desktop.domain.monthly_replacements import Replaced
from desktop.domain.papers import number_label
from desktop.domain.support_groups import SupportGroup

#: The column of the income declaration, which has cycles of its own.
INCOME_COLUMN = "income_declaration"
MOST_WORDS = 1000

NOT_YET_MONTH = "まだ来ていない月の書類は受領できません。"
NOT_FIRST = "月を選んでください。"
UNKNOWN_PAPER = "この書類はいまの設定値にありません。一覧から選んでください。"
RECEIVED_ALREADY = "この月の書類はすでに受領しています。最新の状態を確認してください。"
OTHER_PAPER = "結び付けられるのは、同じ世帯・同じ種類の受領書類です。一覧から選び直してください。"
STRUCK_ALREADY = "この受領は見つからないか、すでに取り消されています。"
UNKNOWN_REASON = "理由を一覧から選んでください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
NOT_A_MEMBER = "この世帯の世帯員を選んでください。"
NOT_BEFORE_YOU = "この世帯は担当する世帯ではありません。"
SAFETY_TASK = (
    "安否確認：毎月の書類のことで連絡がつきません。訪問や電話で、本人の無事を確かめてください。"
)


class PaperWhy(StrEnum):
    """Whom a paper is asked of."""

    GROUP = "group"
    WORKING = "working"
    JOB_STARTED = "job_started"
    JOB_SEARCH_AID = "job_search_aid"


PAPER_WHY: Mapping[PaperWhy, str] = {
    PaperWhy.GROUP: "決まった支援区分の人",
    PaperWhy.WORKING: "就労中の人",
    PaperWhy.JOB_STARTED: "その月に就労を始めた人",
    PaperWhy.JOB_SEARCH_AID: "就労活動促進費を申請した月",
}


class LadderStep(StrEnum):
    """Where a paper stands by its day: what somebody could do next. A person does it, or not."""

    NOT_YET = "not_yet"
    SOON = "soon"
    MISSED = "missed"
    ASK = "ask"
    TELL = "tell"


LADDER_STEP: Mapping[LadderStep, str] = {
    LadderStep.NOT_YET: "期限前",
    LadderStep.SOON: "まもなく期限。案内のはがきを出せます。",
    LadderStep.MISSED: "未提出",
    LadderStep.ASK: "電話か手紙で事情を聞き、理由を残してください。",
    LadderStep.TELL: "査察指導員の一覧に、理由とともに出ています。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The office's days of the reminders, counted from the day a paper is due; `in_a_row` are months."""

    soon_days: int
    ask_days: int
    tell_days: int
    in_a_row: int

    def step(self, due_on: date, today: date) -> LadderStep:
        """Where a paper that has not come stands today."""
        late = (today - due_on).days
        if late < -self.soon_days:
            return LadderStep.NOT_YET
        if late <= 0:
            return LadderStep.SOON
        if late < self.ask_days:
            return LadderStep.MISSED
        return LadderStep.ASK if late < self.tell_days else LadderStep.TELL


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyPaper:
    """One row of the office's table: a paper, the kind of received paper that brings it, whom it is asked of.

    `groups` are codes of decided groups (G1 stands for its three kinds) and `short_groups` those that are asked by the short form.
    It is due on day `due_day` of the month after the one it is about.
    """

    code: str
    label: str
    paper_kind: str
    why: PaperWhy
    due_day: int
    order: int = 0
    groups: frozenset[str] = frozenset()
    short_groups: frozenset[str] = frozenset()

    def due_on(self, month: date) -> date:
        """The day until which the paper about a month is asked for."""
        after = months_later(month_of(month), 1)
        last = months_later(after, 1) - timedelta(days=1)
        return after.replace(day=min(max(self.due_day, 1), last.day))

    def asks(self, group: SupportGroup | None) -> bool:
        """Whether somebody of this decided group is asked; never without a decision."""
        return _is_among(group, self.groups)

    def is_short_for(self, group: SupportGroup | None) -> bool:
        """Whether the short form is enough."""
        return _is_among(group, self.short_groups)


def _is_among(group: SupportGroup | None, codes: Iterable[str]) -> bool:
    return group is not None and bool({group.value, group.main} & set(codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReason:
    """Why a paper has not come (office data). `asks_safety`: nobody reached the person, so somebody goes and sees."""

    code: str
    label: str
    asks_safety: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyDue:
    """Which paper is meant: whose, which one, about which month (its first day)."""

    household_id: UUID
    person_id: UUID
    paper: str
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReceipt:
    """The received paper that brought it. Without `receipt_id` nobody linked it: its kind, its person and its day say so."""

    receipt_id: UUID | None
    paper_id: UUID
    fiscal_year: int
    number: int
    received_on: date

    @property
    def label(self) -> str:
        """The paper's number as the office writes it."""
        return number_label(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMissing:
    """Why it has not come, as somebody noted. `asked_help`: it was written down what help is missing."""

    reason: str
    noted_on: date
    noted_by: str = field(repr=False)
    asked_help: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCell:
    """One paper of one person about a month. `in_a_row` counts the months running, this one too, that did not come."""

    due: MonthlyDue
    due_on: date
    state: CellState
    step: LadderStep
    receipt: PaperReceipt | DeclarationReceipt | None = None
    missing: PaperMissing | None = None
    reminded_on: tuple[date, ...] = ()
    in_a_row: int = 0
    is_short: bool = False
    replaced: Replaced | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits: neither did it come nor does the supporter's log stand for it."""
        return self.state is not CellState.RECEIVED and self.replaced is None

    @property
    def is_income(self) -> bool:
        """Whether it is an income declaration, with cycles, reasons and receipts of its own."""
        return self.due.paper == INCOME_COLUMN


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A person of the grid; a cell for each column, None where nothing is asked for.

    `group` is the decided one, for staff alone: no paper says it. `earned` is what is known of the month's earned income.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    person_id: UUID
    person: str = field(repr=False)
    group: SupportGroup | None
    cells: tuple[PaperCell | None, ...]
    earned: Earned | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperColumn:
    """A paper as the head of a column; `paper_kind` is the kind of received paper that brings it."""

    code: str
    label: str
    paper_kind: str = ""

    @property
    def income_source(self) -> IncomeSource | None:
        """As what it is read where it says what somebody earned; None where it does not."""
        return INCOME_PAPERS.get(self.paper_kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGrid:
    """The papers about one month of some districts' people; columns that nobody is asked for stay away."""

    month: date
    columns: tuple[PaperColumn, ...]
    rows: tuple[PaperRow, ...]
    reasons: tuple[PaperReason, ...] = ()
    in_a_row: int = 2
    languages: tuple[CardLanguage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReceiptInput:
    """A paper comes in. The ids are the client's; with `is_linked` it was taken in before and is only linked."""

    receipt_id: UUID
    paper_id: UUID
    due: MonthlyDue
    is_linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMissingInput:
    """Why a paper has not come, and what help is missing if somebody asked."""

    missing_id: UUID
    due: MonthlyDue
    reason: str
    words: str = field(default="", repr=False)
    help_missing: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNote:
    """A reason that was noted, in the words that only an opened file shows."""

    reason: str
    noted_on: date
    noted_by: str = field(repr=False)
    words: str = field(default="", repr=False)
    help_missing: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePaper:
    """One paper of an opened file, with every reason noted, the newest first."""

    person: str = field(repr=False)
    label: str
    cell: PaperCell
    notes: tuple[PaperNote, ...] = ()


#: A paper about a month is not complete before so many of its days are over; one that comes sooner is about the month before.
_NEARLY_OVER = 20


def month_served(received_on: date, open_months: Iterable[date]) -> date | None:
    """The month that a paper nobody linked is about: the month before it came, or the one that was nearly over.

    `open_months` are those that wait for such a paper; None where it is about neither of them.
    """
    came, months = month_of(received_on), set(open_months)
    if months_later(came, -1) in months:
        return months_later(came, -1)
    return came if came in months and received_on.day >= _NEARLY_OVER else None
