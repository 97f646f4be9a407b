"""Disclosure requests (開示請求): who asked for the copy of a case record, and where the redacted copy stands.

The same rules and sentences stand in `database/security/sql/53_disclosures.sql`. What is struck stands in
`domain/disclosures_marks.py`, what becomes of it on paper in `domain/disclosures_redaction.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.disclosures_marks import Mark
from desktop.domain.papers import number_label
from desktop.domain.records import Entry
from desktop.domain.roles import Permission


class Requester(StrEnum):
    """Who asks (個人情報保護法76条): the person, an agent, or the legal representative."""

    PRINCIPAL = "principal"
    AGENT = "agent"
    LEGAL = "legal"


REQUESTER: Mapping[Requester, str] = {
    Requester.PRINCIPAL: "本人",
    Requester.AGENT: "任意代理人",
    Requester.LEGAL: "法定代理人",
}


class DisclosureState(StrEnum):
    """Where a request stands. What was issued or withdrawn never moves again."""

    PREPARING = "preparing"
    HANDED_OVER = "handed_over"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


STATE: Mapping[DisclosureState, str] = {
    DisclosureState.PREPARING: "準備中",
    DisclosureState.HANDED_OVER: "確認待ち",
    DisclosureState.REVIEWED: "確認済み",
    DisclosureState.ISSUED: "交付済み",
    DisclosureState.WITHDRAWN: "取下げ",
}
#: What somebody has to do while it stands there.
DISCLOSURE_TASK: Mapping[DisclosureState, str] = {
    DisclosureState.PREPARING: "開示用の写しの準備",
    DisclosureState.HANDED_OVER: "開示用の写しの確認",
    DisclosureState.REVIEWED: "開示用の写しの交付",
}
#: States in which the copy is still under way, and its due day counts.
OPEN_STATES = frozenset(DisclosureState) - {DisclosureState.ISSUED, DisclosureState.WITHDRAWN}


class DisclosureMove(StrEnum):
    """What a person does with a request. `DRAFT_PRINTED`: a proof went to paper; it moves nothing."""

    HAND_OVER = "hand_over"
    RETURN = "return"
    REVIEW = "review"
    REOPEN = "reopen"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    DRAFT_PRINTED = "draft_printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRule:
    """From which states a move leads where, who may make it, and whether it needs words."""

    label: str
    from_states: frozenset[DisclosureState]
    to_state: DisclosureState
    permission: Permission
    needs_reason: bool = False


_PREPARE, _REVIEW = Permission.PREPARE_DISCLOSURES, Permission.REVIEW_DISCLOSURES
_S = DisclosureState

#: The move table; `DRAFT_PRINTED` leaves a request where it is.
MOVES: Mapping[DisclosureMove, MoveRule] = {
    DisclosureMove.HAND_OVER: MoveRule(
        label="確認に回す",
        from_states=frozenset({_S.PREPARING}),
        to_state=_S.HANDED_OVER,
        permission=_PREPARE,
    ),
    DisclosureMove.RETURN: MoveRule(
        label="差し戻す",
        from_states=frozenset({_S.HANDED_OVER}),
        to_state=_S.PREPARING,
        permission=_REVIEW,
        needs_reason=True,
    ),
    DisclosureMove.REVIEW: MoveRule(
        label="確認した",
        from_states=frozenset({_S.HANDED_OVER}),
        to_state=_S.REVIEWED,
        permission=_REVIEW,
    ),
    DisclosureMove.REOPEN: MoveRule(
        label="準備に戻す",
        from_states=frozenset({_S.HANDED_OVER, _S.REVIEWED}),
        to_state=_S.PREPARING,
        permission=_PREPARE,
        needs_reason=True,
    ),
    DisclosureMove.ISSUE: MoveRule(
        label="交付",
        from_states=frozenset({_S.REVIEWED}),
        to_state=_S.ISSUED,
        permission=_PREPARE,
    ),
    DisclosureMove.WITHDRAW: MoveRule(
        label="取り下げ",
        from_states=frozenset({_S.PREPARING, _S.HANDED_OVER, _S.REVIEWED}),
        to_state=_S.WITHDRAWN,
        permission=_PREPARE,
        needs_reason=True,
    ),
}
MOVE: Mapping[DisclosureMove, str] = {
    **{move: rule.label for move, rule in MOVES.items()},
    DisclosureMove.DRAFT_PRINTED: "案の印刷",
}

#: Most characters of who asked, of a reason and of a note.
MOST_NAME, MOST_WORDS = 100, 1000

NOT_ALLOWED = "この操作はあなたの職務では認められていません。"
NOT_FOUND = "この開示請求は見つからないか、ファイルが開かれていません。世帯のファイルを開いてからやり直してください。"
NOT_A_MEMBER = "この世帯の世帯員を選んでください。"
NO_ASKER = "請求した方の氏名を入力してください。"
NO_DATE = "日付を入力してください。"
ASKED_LATER = "請求日は今日までの日付にしてください。"
PERIOD = "対象期間は、始まりの日から、今日までの終わりの日で入力してください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
WRONG_STATE = "この開示請求は今の状態ではこの操作ができません。画面を更新してください。"
CHANGED = "記録か不開示の印が、表示または確認されたものと違います。最新の内容を見直してからやり直してください。"
CHANGED_SINCE_REVIEW = "確認のあとに記録か印が変わりました。「準備に戻す」で準備に戻し、見直してから、もう一度確認を受けてください。"
NOTHING_TO_DISCLOSE = "対象期間に決裁済みの記録がありません。期間を確認してください。"
UNDECIDED = (
    "開示か不開示かを決めていない箇所が{count}件あります。すべて決めてから確認に回してください。"
)
REASON_MISSING = "理由を入力してください。"
OWN_WORK = (
    "印を付けた人や確認に回した人は、同じ写しを確認できません。別の査察指導員が確認してください。"
)
SAME_NAME = (
    "作成した人と氏名・フリガナが同じため、同じ人かどうかを確かめられません。"
    "氏名の違う査察指導員が確認してください。"
)
NOT_SUPERVISOR = "確認できるのは、この世帯の地区の査察指導員だけです。"
OTHER_RUN = "同じ印刷にだけ足せます。"


def undecided_sentence(count: int) -> str:
    """Why a request may not be handed over yet."""
    return UNDECIDED.format(count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInput:
    """A request as it is taken in: whose information (`person_id`), who asks, and the days of the records asked for."""

    disclosure_id: UUID
    household_id: UUID
    person_id: UUID
    requester: Requester
    asked_by: str = field(repr=False)
    asked_on: date
    records_from: date
    records_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosurePerson:
    """Somebody of the household whose information can be asked for."""

    person_id: UUID
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """One request of the list. `number` runs in the fiscal year; `reviewed_by` "" until somebody has looked."""

    disclosure_id: UUID
    household_id: UUID
    fiscal_year: int
    number: int
    case_number: str
    head_name: str = field(repr=False)
    district_code: str
    requester: Requester
    asked_on: date
    records_from: date
    records_to: date
    due_on: date
    state: DisclosureState
    prepared_by_id: UUID
    prepared_by: str = field(repr=False)
    reviewed_by: str = field(default="", repr=False)
    closed_at: datetime | None = None

    @property
    def label(self) -> str:
        """Year and number, as the register says them: 6-0001."""
        return number_label(self.fiscal_year, self.number)

    def is_overdue(self, today: date) -> bool:
        """Whether the copy should have been handed over by now."""
        return self.state in OPEN_STATES and self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One move of a request, oldest first, with its words."""

    move: DisclosureMove
    by: str = field(repr=False)
    at: datetime
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What is not in the copy: annulled records, those not approved, wordings before a correction.

    `is_head_blank`: the head of the household is not whose information is asked for, so the heading names nobody.
    """

    annulled: int = 0
    unapproved: int = 0
    replaced: int = 0
    is_head_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureReason:
    """A reason not to disclose (不開示理由), office data: its words and the article it stands on."""

    code: str
    label: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureSheet:
    """A request with everything that is before whoever works on it. `content_hash` is what a move must name.

    `is_changed`: handed over or reviewed, and something is not what it was then. `may_review` is whether the
    signed-in person may take the second look. `entries` are the approved ones of the period, oldest first.
    """

    row: DisclosureRow
    person_id: UUID
    person: str = field(repr=False)
    asked_by: str = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    moves: tuple[MoveRow, ...] = ()
    left_out: LeftOut = LeftOut()
    reasons: tuple[DisclosureReason, ...] = ()
    content_hash: str = ""
    is_changed: bool = False
    may_review: bool = False
