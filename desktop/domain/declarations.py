"""Declarations due (申告の期限管理): who declares what how often, which month waits, what came and what did not.

How often a person declares is a dated fact that a member of staff gives with a reason; the program proposes and
never decides it. What is due is derived from it month by month and never stored. A declaration that is missing
changes nothing by itself. Basis: 法61条, visits-records-approval 5.3 (資産 課長通知 第3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.papers import number_label

#: No cycle is longer than the year of the notices.
LONGEST_CYCLE = 12
#: A cycle runs evenly through the year.
CYCLE_MONTHS = (1, 2, 3, 4, 6, 12)
MOST_WORDS = 1000
#: A cycle may be given from so many months ahead.
MOST_AHEAD = 12

NO_DUTY = "この月に期限のある申告はありません。最新の状態を確認してください。"
NOT_YET_MONTH = "まだ来ていない月の申告は受領できません。"
RECEIVED_ALREADY = "この月の申告はすでに受領しています。最新の状態を確認してください。"
OTHER_PAPER = "結び付けられるのは、同じ世帯・同じ種類の受領書類です。一覧から選び直してください。"
UNKNOWN_CYCLE = "この周期はいまの設定値にありません。一覧から選んでください。"
NOT_FIRST = "周期を始める月を選んでください。"
TOO_FAR = "周期を始める月は、1年先までにしてください。"
GIVEN_ALREADY = "この月から先の周期がすでに決められています。最新の状態を確認してください。"
NO_REASON = "理由を入力してください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
UNKNOWN_REASON = "理由を一覧から選んでください。"
NEEDS_WORDS = "「その他」のときは、理由を言葉で入力してください。"
NOT_BEFORE_YOU = "この世帯は担当する世帯ではありません。"
NOT_ALLOWED = "申告を扱う職務がありません。"
STRUCK_ALREADY = "この受領は見つからないか、すでに取り消されています。"
NO_CYCLE = "この方の申告の周期が決められていません。"
NOT_A_MEMBER = "この世帯の世帯員を選んでください。"


class DeclarationKind(StrEnum):
    """What is declared."""

    INCOME = "income"
    ASSET = "asset"


DECLARATION_KIND: Mapping[DeclarationKind, str] = {
    DeclarationKind.INCOME: "収入申告",
    DeclarationKind.ASSET: "資産申告",
}
#: The kind of received paper (受領書類) that brings each.
PAPER_KIND: Mapping[DeclarationKind, str] = {
    DeclarationKind.INCOME: "income_declaration",
    DeclarationKind.ASSET: "asset_declaration",
}


#: The kinds of received paper that may be one: the report on the search for work has room for the income.
BROUGHT_BY: Mapping[DeclarationKind, tuple[str, ...]] = {
    DeclarationKind.INCOME: (PAPER_KIND[DeclarationKind.INCOME], "job_search_report"),
    DeclarationKind.ASSET: (PAPER_KIND[DeclarationKind.ASSET],),
}


class MissingReason(StrEnum):
    """Why a declaration has not come; nothing here tells of health."""

    WAITING_PAPERS = "waiting_papers"
    NOT_REACHED = "not_reached"
    HARD_NOW = "hard_now"
    OTHER_PAPERS = "other_papers"
    OTHER = "other"


MISSING_REASON: Mapping[MissingReason, str] = {
    MissingReason.WAITING_PAPERS: "給与明細などの入手待ち",
    MissingReason.NOT_REACHED: "連絡がつかない",
    MissingReason.HARD_NOW: "事情があり、いまは提出が難しい",
    MissingReason.OTHER_PAPERS: "ほかの書類で確認した",
    MissingReason.OTHER: "その他",
}


class CellState(StrEnum):
    """Where the declaration of one month stands."""

    RECEIVED = "received"
    NOT_YET = "not_yet"
    MISSING = "missing"
    REMINDED = "reminded"
    REMINDED_AGAIN = "reminded_again"
    EXPLAINED = "explained"


CELL_STATE: Mapping[CellState, str] = {
    CellState.RECEIVED: "受領",
    CellState.NOT_YET: "期限前",
    CellState.MISSING: "未受領",
    CellState.REMINDED: "督促1",
    CellState.REMINDED_AGAIN: "督促2",
    CellState.EXPLAINED: "理由あり",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """How often something is declared (申告の周期), as the office's table has it. `due_days` run from the month's end."""

    code: str
    label: str
    kind: DeclarationKind
    months: int
    due_days: int
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """That a person declares something in a cycle: the month of `valid_from` is the first that is due."""

    duty_id: UUID
    household_id: UUID
    person_id: UUID
    kind: DeclarationKind
    cycle: str
    valid_from: date
    valid_to: date | None = None

    def falls_in(self, month: date, months: int) -> bool:
        """Whether a declaration is due for this month."""
        if month < month_of(self.valid_from) or (self.valid_to and month > self.valid_to):
            return False
        return months_between(self.valid_from, month) % months == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The paper that brought a declaration."""

    receipt_id: UUID
    paper_id: UUID
    fiscal_year: int
    number: int
    received_on: date

    @property
    def label(self) -> str:
        """The paper's number as the office writes it."""
        return number_label(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why it has not come, as somebody noted. `words` are empty unless the file is open."""

    reason: MissingReason
    noted_on: date
    noted_by: str = field(repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One month of one person's declaration."""

    month: date
    due_on: date
    state: CellState
    receipt: Receipt | None = None
    missing: Missing | None = None
    reminded_on: tuple[date, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.state is not CellState.RECEIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A cycle that the program proposes, with what it rests on. A person confirms it or chooses another."""

    cycle: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A person's declarations of one kind over the months shown; None where nothing is due.

    Without `cycle` nobody has said how often the person declares, and `proposal` may say what could fit.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    person_id: UUID
    person: str = field(repr=False)
    kind: DeclarationKind
    cycle: str = ""
    cycle_label: str = ""
    cells: tuple[Cell | None, ...]
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The months and rows of one caseworker (declarations of the whole board: 収受と督促)."""

    months: tuple[date, ...]
    rows: tuple[BoardRow, ...]
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardOwner:
    """A caseworker whose declarations may be looked at; without one, districts whose post is vacant."""

    staff_id: UUID | None
    name: str = field(repr=False)
    district_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Which declaration is meant: whose, of what, for which month (its first day)."""

    household_id: UUID
    person_id: UUID
    kind: DeclarationKind
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptInput:
    """A declaration comes in. The ids are the client's, so that a retry stores once.

    With `is_linked` the paper was taken in before and is only linked; else it is taken in now.
    """

    receipt_id: UUID
    paper_id: UUID
    due: Due
    is_linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyInput:
    """A person's cycle from a month on, with the reason."""

    duty_id: UUID
    household_id: UUID
    person_id: UUID
    kind: DeclarationKind
    cycle: str
    valid_from: date
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingInput:
    """Why a declaration has not come."""

    missing_id: UUID
    due: Due
    reason: MissingReason
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPaper:
    """A paper of the household taken in before, which may be the declaration."""

    paper_id: UUID
    fiscal_year: int
    number: int
    received_on: date
    person: str = field(default="", repr=False)

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return number_label(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDeclaration:
    """One due declaration of an opened file, or a reason's words with it."""

    person: str = field(repr=False)
    kind: DeclarationKind
    cycle_label: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyInFile:
    """A cycle that was given, by whom and why."""

    person: str = field(repr=False)
    kind: DeclarationKind
    cycle_label: str
    valid_from: date
    valid_to: date | None
    given_by: str = field(repr=False)
    given_on: date
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationsOfFile:
    """The declarations of an opened file: the latest month first, and the cycles with their reasons."""

    lines: tuple[FileDeclaration, ...]
    duties: tuple[DutyInFile, ...]


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_end(month: date) -> date:
    """The last day of a month."""
    return months_later(month_of(month), 1) - timedelta(days=1)


def months_between(start: date, month: date) -> int:
    """How many months later the second is."""
    return (month.year - start.year) * 12 + month.month - start.month


def due_day(month: date, days: int) -> date:
    """The day by which the declaration of a month is asked for."""
    return month_end(month) + timedelta(days=days)


def months_from(first: date, count: int) -> tuple[date, ...]:
    """So many months in a row."""
    return tuple(months_later(month_of(first), n) for n in range(count))


def cell_state(
    due_on: date,
    today: date,
    *,
    receipt: Receipt | None,
    missing: Missing | None,
    reminded_on: tuple[date, ...],
) -> CellState:
    """What a month says first: the receipt, then what was noted last, then the day."""
    if receipt is not None:
        return CellState.RECEIVED
    if missing is not None and missing.noted_on >= max(reminded_on, default=date.min):
        return CellState.EXPLAINED
    if reminded_on:
        return CellState.REMINDED if len(reminded_on) == 1 else CellState.REMINDED_AGAIN
    return CellState.NOT_YET if today <= due_on else CellState.MISSING


#: Ages by which proposals are made; the office's cycles carry the codes.
_CHILD, _ADULT, _OLD = 15, 18, 65


def proposal_for(
    kind: DeclarationKind, age: int | None, *, works: bool, is_head: bool
) -> Proposal | None:
    """What could fit a person. It is only shown: whether somebody is able to work is not the program's to find."""
    if kind is DeclarationKind.ASSET:
        return (
            Proposal(cycle="asset_yearly", basis="資産の申告は少なくとも年1回です。")
            if is_head
            else None
        )
    if age is None or age < _CHILD:
        return None
    if age < _ADULT:
        return Proposal(cycle="income_yearly", basis="18歳未満です。在学と就労を確かめてください。")
    if works:
        return Proposal(
            cycle="income_quarterly",
            basis="台帳に就労先があります。収入が毎月ほぼ同じかを確かめてください。",
        )
    if age >= _OLD:
        return Proposal(cycle="income_yearly", basis="65歳以上です。就労の有無を確かめてください。")
    return Proposal(
        cycle="income_monthly", basis="18歳から64歳です。稼働についての所見を確かめてください。"
    )
