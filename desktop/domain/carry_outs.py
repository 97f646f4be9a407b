"""Personal papers that leave the office (個人情報の持出し): one trip, its sheet, and that everything comes back.

A trip has a number of the office's register without gaps. It is made for chosen households, approved where the office or
the kind of paper asks for it, goes out when its sheet (携行票, K-09) is printed, and ends when a second person saw that every
sheet came back or was destroyed. What is not back warns, and blocks the carrier's next sheet after some days.
Basis: visits-records-approval 2.9 (個人情報持出し管理簿), section 6 (K-09, K-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.papers import number_label
from desktop.domain.reading_packs import PackFacts, PackRules, is_pack
from desktop.domain.roles import Role

MOST_SHEETS = 999
MOST_AREA = 60
MOST_WORDS = 300
#: A trip may be written down from so many days ahead.
MOST_AHEAD = 7
#: So many households stand on one carry sheet.
HOUSEHOLDS_A_SHEET = 3

NOT_ALLOWED = "持出しを扱う職務がありません。"
NOT_BEFORE_YOU = "持ち出す世帯の中に、担当する世帯でないものがあります。"
NO_CARRY_OUT = "この持出しは見つかりません。番号を確かめてください。"
MOVED_ON = "この持出しは別の職員が先に進めました。最新の状態を確認してください。"
NO_MOVE = "この持出しは、いまの状態ではその操作ができません。最新の状態を確認してください。"
NO_KIND = "持ち出すものを一つ以上、一覧から選んでください。"
FORBIDDEN_KIND = "設定値で持出しが認められていないものが含まれています。"
NO_HOUSEHOLDS = "訪問・同行・立入の携行票には、世帯を一つ以上選んでください。"
TWICE = "同じ世帯が二度選ばれています。"
UNKNOWN_PURPOSE = "訪問の目的を一覧から選んでください。"
BAD_SHEETS = f"枚数は1から{MOST_SHEETS}までで入力してください。"
BAD_DAY = f"出発は、今日から{MOST_AHEAD}日先までの日時にしてください。"
NO_AREA = "行先（地区・施設など）を入力してください。世帯の氏名は書きません。"
TOO_LONG = "文字が多すぎます。短くしてください。"
NOT_APPROVED = "この持出しには承認が要ります。承認されてから印刷してください。"
NOT_YOUR_DECISION = "この持出しを承認できるのは、担当の査察指導員か上位の職です。"
HEADS_DECIDE = "この持出しを承認できるのは、課長補佐・課長・所長です。"
NOT_ONESELF = "自分の持出しは承認できません。別の査察指導員か上位の職が承認してください。"
OWN_SHEET = "持ち出した本人だけができる操作です。"
SECOND_PERSON = "返却・廃棄の確認は、持ち出した本人以外の職員が行います。"
NO_WORDS = "理由を入力してください。"
COUNT_DIFFERS = (
    "枚数が持ち出したときと合いません。数え直して、合わないときは備考に訳を入力してください。"
)
SAME_RUN = "同じ印刷にだけ足せます。"
PRINT_TO_LEAVE = "世帯のある持出しは、携行票を印刷したときに持出中になります。"
REPORT_FIRST = "先に、なくした書類の事案を報告してください。見つかったことはそのあとに記録します。"
NOT_BACK = "返却を記録していない持出しの返却時刻は直せません。"
BAD_BACK = "返却時刻は、持ち出した時から、確認された時（まだなら今）までにしてください。"
NOT_A_SUPERVISOR = "差止めを解けるのは、担当の査察指導員か上位の職です。"
NOT_OWN_BLOCK = "自分の差止めは解けません。"


def blocked(label: str, on: date) -> str:
    """Why no new sheet is made: which one is not back."""
    return (
        f"返却されていない持出し（{label}、{on.month}月{on.day}日）があるため、新しく持ち出せません。"
        "先に返却・廃棄の確認を受けるか、査察指導員に差止めを解いてもらってください。"
    )


def too_many(most: int) -> str:
    """Why so many households are refused."""
    return f"一度に持ち出せるのは{most}世帯までです（一日の訪問の分）。"


class CarryOutReason(StrEnum):
    """Why papers leave the office (目的)."""

    VISIT = "visit"
    ACCOMPANY = "accompany"
    ENTRY = "entry"
    MEETING = "meeting"


CARRY_OUT_REASON: Mapping[CarryOutReason, str] = {
    CarryOutReason.VISIT: "訪問",
    CarryOutReason.ACCOMPANY: "同行",
    CarryOutReason.ENTRY: "立入調査",
    CarryOutReason.MEETING: "会議",
}
#: Purposes for which households are chosen; a meeting may be about none.
WITH_HOUSEHOLDS = frozenset(CarryOutReason) - {CarryOutReason.MEETING}


class CarryOutApproval(StrEnum):
    """Whose word a trip needs before it goes out."""

    NONE = "none"
    SUPERVISOR = "supervisor"
    HEAD = "head"


CARRY_OUT_APPROVAL: Mapping[CarryOutApproval, str] = {
    CarryOutApproval.NONE: "承認は要らない",
    CarryOutApproval.SUPERVISOR: "査察指導員の承認",
    CarryOutApproval.HEAD: "課長（情報セキュリティ管理者）の承認",
}
#: Positions that give the word of a head.
HEADS = frozenset({Role.ASSISTANT_HEAD, Role.SECTION_HEAD, Role.DIRECTOR})


class CarryOutState(StrEnum):
    """Where a trip stands."""

    MADE = "made"
    APPROVED = "approved"
    OUT = "out"
    BACK = "back"
    CLOSED = "closed"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


CARRY_OUT_STATE: Mapping[CarryOutState, str] = {
    CarryOutState.MADE: "作成",
    CarryOutState.APPROVED: "承認済",
    CarryOutState.OUT: "持出中",
    CarryOutState.BACK: "返却・確認待ち",
    CarryOutState.CLOSED: "返却・廃棄済",
    CarryOutState.LOST: "紛失",
    CarryOutState.WITHDRAWN: "取りやめ",
}
#: What stands on the carrier's desk until it is done.
CARRY_OUT_TODO: Mapping[CarryOutState, str] = {
    CarryOutState.APPROVED: "承認された持出しを始める（携行票の印刷、閲覧パックの書き出し）",
    CarryOutState.OUT: "持ち出した書類の返却・廃棄を記録する",
    CarryOutState.LOST: "なくした書類の事案を報告する",
}
#: What stands on the desk of whoever gives the word.
CARRY_OUT_APPROVE = "個人情報の持出しの承認"
#: Nothing follows in the register (a loss goes on in its incident report).
ENDED = frozenset({CarryOutState.CLOSED, CarryOutState.LOST, CarryOutState.WITHDRAWN})
#: The sheet may go to paper.
PRINTABLE = frozenset({CarryOutState.MADE, CarryOutState.APPROVED})


class CarryOutMove(StrEnum):
    """What is done with a trip that was made."""

    APPROVE = "approve"
    LEAVE = "leave"
    BRING = "bring"
    CONFIRM = "confirm"
    LOSE = "lose"
    FIND = "find"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutMoveRule:
    """From which states a move leads where, and whether it needs words."""

    move: CarryOutMove
    from_states: frozenset[CarryOutState]
    to_state: CarryOutState
    needs_words: bool = False


#: The move table. PostgreSQL reads the same rows (`security/seeds.py`).
CARRY_OUT_MOVES: Mapping[CarryOutMove, CarryOutMoveRule] = {
    rule.move: rule
    for rule in (
        CarryOutMoveRule(
            move=CarryOutMove.APPROVE,
            from_states=frozenset({CarryOutState.MADE}),
            to_state=CarryOutState.APPROVED,
        ),
        CarryOutMoveRule(
            move=CarryOutMove.LEAVE, from_states=PRINTABLE, to_state=CarryOutState.OUT
        ),
        CarryOutMoveRule(
            move=CarryOutMove.BRING,
            from_states=frozenset({CarryOutState.OUT}),
            to_state=CarryOutState.BACK,
        ),
        CarryOutMoveRule(
            move=CarryOutMove.CONFIRM,
            from_states=frozenset({CarryOutState.OUT, CarryOutState.BACK}),
            to_state=CarryOutState.CLOSED,
        ),
        CarryOutMoveRule(
            move=CarryOutMove.LOSE,
            from_states=frozenset({CarryOutState.OUT, CarryOutState.BACK}),
            to_state=CarryOutState.LOST,
            needs_words=True,
        ),
        CarryOutMoveRule(
            move=CarryOutMove.FIND,
            from_states=frozenset({CarryOutState.LOST}),
            to_state=CarryOutState.BACK,
            needs_words=True,
        ),
        CarryOutMoveRule(
            move=CarryOutMove.WITHDRAW,
            from_states=PRINTABLE,
            to_state=CarryOutState.WITHDRAWN,
            needs_words=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryMedium:
    """One row of the office's decision table: what may go out on what, with whose word and which protection."""

    code: str
    label: str
    medium: str
    is_allowed: bool
    approval: CarryOutApproval
    protection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryItem:
    """A household of a trip in its order: what for, and whether town and room stand on the sheet."""

    household_id: UUID
    purposes: tuple[str, ...] = ()
    with_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutInput:
    """A trip as it is made. The id is the client's, so that a retry stores once. `expires_at`: of a reading pack."""

    carry_out_id: UUID
    reason: CarryOutReason
    leaving_at: datetime
    area: str
    kinds: tuple[str, ...]
    sheets: int
    protection: str = ""
    is_masked: bool = True
    goes_home: bool = False
    items: tuple[CarryItem, ...] = ()
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutMoveInput:
    """A move from the version that was shown. `sheets` were counted and `destroyed` holds on the way back."""

    carry_out_id: UUID
    version: int
    move: CarryOutMove
    words: str = field(default="", repr=False)
    sheets: int | None = None
    destroyed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutCorrection:
    """Another return time of a trip that was made (None: as it is), and why, or a remark. The step keeps what stood there before."""

    carry_out_id: UUID
    version: int
    back_at: datetime | None
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryRules:
    """The office's rules on a day: when the desk warns, after how many days it blocks, what needs a second person."""

    alert_at: time
    block_days: int
    needs_approval: bool
    second_person: bool
    most_households: int

    def is_late(self, left_at: datetime, now: datetime) -> bool:
        """Whether what left then should be back by now: the time of day has come, or the day is over."""
        alert = datetime.combine(japan_day(left_at), self.alert_at, tzinfo=JAPAN)
        return now >= max(alert, left_at)

    def blocks(self, left_at: datetime, today: date) -> bool:
        """Whether what left then and is not back blocks a new sheet."""
        return japan_day(left_at) + timedelta(days=self.block_days) <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutLine:
    """One trip of the register: facts, and of people only staff."""

    carry_out_id: UUID
    version: int
    fiscal_year: int
    number: int
    staff_id: UUID
    staff: str = field(repr=False)
    reason: CarryOutReason
    leaving_at: datetime
    area: str
    households: int
    kinds: tuple[str, ...]
    media: tuple[str, ...]
    sheets: int
    protection: str
    is_masked: bool
    goes_home: bool
    approval: CarryOutApproval
    state: CarryOutState
    approved_by: str = field(default="", repr=False)
    approved_at: datetime | None = None
    left_at: datetime | None = None
    back_at: datetime | None = None
    destroyed: bool = False
    sheets_back: int | None = None
    closed_by: str = field(default="", repr=False)
    closed_at: datetime | None = None
    remark: str = field(default="", repr=False)
    is_late: bool = False
    is_own: bool = False
    may_approve: bool = False
    incident_id: UUID | None = None
    pack: PackFacts | None = None

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return carry_label(self.fiscal_year, self.number)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryChoices:
    """What a new trip is made from: the decision table, the purposes, the rules, and what blocks the person today. `packs`: where the office allows reading packs."""

    media: tuple[CarryMedium, ...]
    purposes: Mapping[str, str]
    rules: CarryRules
    area: str = ""
    blocked: str = ""
    packs: PackRules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryCandidate:
    """A household that can be put on a sheet: what the list shows to choose from."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    head_kana: str = field(default="", repr=False)
    district: str = ""
    town: str = field(default="", repr=False)
    is_shielded: bool = False


def carry_label(year: int, number: int) -> str:
    """The number of a trip as the register and the sheet have it: 持6-0012."""
    return f"持{number_label(year, number)}"


def approval_of(
    rules: CarryRules, media: Iterable[CarryMedium], *, goes_home: bool
) -> CarryOutApproval:
    """Whose word a trip needs: the highest of what goes out; the supervisor's where the office asks, for a reading pack or where one goes straight home."""
    chosen = tuple(media)
    asked = {medium.approval for medium in chosen}
    if is_pack(medium.code for medium in chosen):
        asked.add(CarryOutApproval.SUPERVISOR)
    if CarryOutApproval.HEAD in asked:
        return CarryOutApproval.HEAD
    if rules.needs_approval or goes_home or CarryOutApproval.SUPERVISOR in asked:
        return CarryOutApproval.SUPERVISOR
    return CarryOutApproval.NONE


def sheets_for(households: int) -> int:
    """How many carry sheets so many households take."""
    return -(-households // HOUSEHOLDS_A_SHEET)
