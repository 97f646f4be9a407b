"""Received papers (受領書類): what was taken in, whose it is, where it stands.

Every paper has a number of the office's intake book (受領簿) of its fiscal year, a state and an owner, until it is
settled. The states are those of visits-records-approval 5.4; a mistaken receipt is settled with a reason, for
nothing is ever taken out of the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from desktop.domain.paper_links import DraftTask, PaperLink

#: The fiscal year begins in this month.
_FIRST_MONTH = 4
#: More sheets than this are a slip of the key.
MOST_SHEETS = 9999
#: Most characters of who brought a paper, and of a note or reason.
MOST_FROM_WHOM = 100
MOST_NOTE = 1000

BAD_SHEETS = f"枚数は1から{MOST_SHEETS}までで入力してください。"
UNKNOWN_KIND = "この種類の書類はいまの設定値にありません。一覧から選んでください。"
NOT_A_MEMBER = "この世帯の世帯員を選んでください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
NO_REASON = "決定を経ずに完了とする理由を入力してください。"
MOVED_ON = "この書類は別の職員が先に進めました。最新の状態を確認してください。"
OTHER_OWNER = "この書類の担当は先に変わりました。最新の状態を確認してください。"
SETTLED = "この書類は完了しています。"
NO_MOVE = "この状態へは進められません。一つずつ進めるか、理由を書いて完了にしてください。"
NOT_BEFORE_YOU = "この書類は担当する世帯のものではありません。"
NO_OWNER = "受領書類を扱う、在職中の職員を選んでください。"
NOT_ALLOWED = "受領書類を扱う職務がありません。"
NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
NO_PAPER = "この書類は見つからないか、担当する世帯のものではありません。"


class PaperState(StrEnum):
    """Where a paper stands, from the counter to the end."""

    RECEIVED = "received"
    CHECKED = "checked"
    JUDGED = "judged"
    DRAFTED = "drafted"
    DECIDED = "decided"
    SETTLED = "settled"


PAPER_STATE: Mapping[PaperState, str] = {
    PaperState.RECEIVED: "受領",
    PaperState.CHECKED: "内容確認",
    PaperState.JUDGED: "認定要否判断",
    PaperState.DRAFTED: "起案",
    PaperState.DECIDED: "決定",
    PaperState.SETTLED: "完了",
}

_ORDER = tuple(PaperState)
#: From these a paper may be settled at once, with the reason why nothing is decided.
SETTLED_FROM = (
    PaperState.RECEIVED,
    PaperState.CHECKED,
    PaperState.JUDGED,
    PaperState.DRAFTED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMove:
    """One step that a paper may take."""

    from_state: PaperState
    to_state: PaperState
    needs_reason: bool


#: Forward step by step, or straight to the end with a reason. There is no way back: a new paper tells the rest.
PAPER_MOVES: tuple[PaperMove, ...] = (
    *(
        PaperMove(from_state=before, to_state=after, needs_reason=False)
        for before, after in pairwise(_ORDER)
    ),
    *(
        PaperMove(from_state=state, to_state=PaperState.SETTLED, needs_reason=True)
        for state in SETTLED_FROM
    ),
)


def move_of(from_state: PaperState, to_state: PaperState) -> PaperMove | None:
    """The step between two states, None where there is none."""
    return next(
        (m for m in PAPER_MOVES if (m.from_state, m.to_state) == (from_state, to_state)), None
    )


def next_state(state: PaperState) -> PaperState | None:
    """The next state on the way; None at the end."""
    return next((m.to_state for m in PAPER_MOVES if m.from_state is state), None)


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year (年度) of a day."""
    return day.year - (day.month < _FIRST_MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInput:
    """What is handed over at the counter. `paper_id` is the client's, so that a retry stores once.

    `owner_id` None leaves it to whoever looks after the district.
    """

    paper_id: UUID
    household_id: UUID
    kind: str
    sheets: int
    person_id: UUID | None = None
    owner_id: UUID | None = None
    from_whom: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPaper:
    """What the intake book says once a paper was taken in."""

    paper_id: UUID
    fiscal_year: int
    number: int

    @property
    def label(self) -> str:
        """The number as the office writes it: 6-0123 is the 123rd of 令和6年度."""
        return number_label(self.fiscal_year, self.number)


def number_label(year: int, number: int) -> str:
    """A number of the intake book: the fiscal year by the era of 令和, and the number in it."""
    return f"{year - _REIWA}-{number:04d}"


#: 令和 n年度 is the fiscal year 2018 + n; the program knows no intake book before it.
_REIWA = 2018


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One paper of the pool: facts only. `head_name` is empty where it is shielded from the reader.

    `draft` is the to-do of the decision draft, if one was given.
    """

    paper_id: UUID
    fiscal_year: int
    number: int
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    kind: str
    kind_label: str
    person: str = field(default="", repr=False)
    sheets: int
    state: PaperState
    received_at: datetime
    received_by: str = field(repr=False)
    owner_id: UUID | None
    owner: str = field(repr=False)
    age: int
    is_late: bool = False
    draft: DraftTask | None = None

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return number_label(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPool:
    """The oldest unsettled papers, and how many there are in all."""

    lines: tuple[PaperLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStep:
    """One step of a paper: the state it came to, who moved it, when, and why where it was settled at once."""

    number: int
    state: PaperState
    by: str = field(repr=False)
    at: datetime
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInFile:
    """A paper of an opened file, with its words and its way."""

    line: PaperLine
    from_whom: str = field(repr=False)
    note: str = field(repr=False)
    steps: tuple[PaperStep, ...]
    links: tuple[PaperLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper, as the office's table has it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPerson:
    """Somebody of the household whose paper it can be."""

    person_id: UUID
    name: str = field(repr=False)
