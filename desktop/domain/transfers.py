"""Transfers (移管): a household moves into another office's area, and that office is told so that nobody is lost between.

Drafted by whoever looks after the household, approved by a second person, sent, and acknowledged by the other office.
The program tells and asks until then; whether aid ends here is decided by people and never by a transfer.
Basis: visits-records-approval 5.4 (転出予定 → 通知 → 受領確認 → 廃止), R14; 実施要領 (実施責任の変更).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.papers import number_label

MOST_WORDS = 2000
MOST_WHO = 100
#: The key of the office's own row in the table of welfare offices: only its `areas` count.
OWN_OFFICE = "own"
#: A move may be written down from so many days ahead.
MOST_AHEAD = 366

NOT_ALLOWED = "移管を扱う職務がありません。"
NOT_BEFORE_YOU = "この世帯は担当する世帯ではありません。"
NOT_OPEN = "移管連絡の内容は、ケースファイルを開いて書きます。"
NO_TRANSFER = "この移管は見つからないか、担当する世帯のものではありません。"
UNKNOWN_OFFICE = "移管先の福祉事務所を一覧から選んでください。"
UNKNOWN_ENCLOSURE = "同封するものを一覧から選んでください。"
NO_DAY = "転出日を入力してください。"
TOO_FAR = "転出日は、1年先までにしてください。"
NO_CONSENT_DAY = "本人から同意を得た日を入力してください。"
CONSENT_DAY_ODD = "同意を得た日は、同意を得たときだけ、今日までの日を入力してください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
ONE_AT_A_TIME = (
    "この世帯には、終わっていない移管があります。先にそれを進めるか、取り下げてください。"
)
MOVED_ON = "この移管は別の職員が先に進めました。最新の状態を確認してください。"
NO_MOVE = "この移管は、いまの状態ではその操作ができません。最新の状態を確認してください。"
SECOND_PERSON = "移管連絡を書いた人は承認できません。別の査察指導員か上位の職が承認してください。"
NOT_YOUR_DECISION = "この世帯の移管を承認する職務がありません。"
READ_FIRST = "移管連絡の内容を開いて読んでから決裁してください。"
NO_REASON = "理由を入力してください。"
CONFIRM_FIRST = (
    "支援措置の世帯です。宛先と封筒を確かめて「支援措置の確認」をしてから、印刷・送付してください。"
)
NOT_SHIELDED = "支援措置の世帯ではありません。"
SENT_DAY = "送付した日は、承認した日から今日までの日を入力してください。"
ACKNOWLEDGED_DAY = "受領の連絡を受けた日は、送付した日から今日までの日を入力してください。"
NO_WHO = "移管先で受領を確認した方の職・氏名を入力してください。"
SAME_RUN = "同じ印刷にだけ足せます。"
NOT_TO_PRINT = "承認された移管連絡だけを印刷できます。"


class TransferState(StrEnum):
    """Where a transfer stands."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"


TRANSFER_STATE: Mapping[TransferState, str] = {
    TransferState.DRAFTED: "決裁待ち",
    TransferState.RETURNED: "差戻し",
    TransferState.APPROVED: "承認・未送付",
    TransferState.SENT: "送付・受領待ち",
    TransferState.ACKNOWLEDGED: "受領確認済",
    TransferState.WITHDRAWN: "取下げ",
}

#: What stands on the desk until the next step is done.
TRANSFER_TODO: Mapping[TransferState, str] = {
    TransferState.DRAFTED: "移管連絡の決裁",
    TransferState.RETURNED: "差し戻された移管連絡を直す",
    TransferState.APPROVED: "移管連絡を印刷して送る",
    TransferState.SENT: "移管先に受領を確かめる",
}
WAITS_FOR_CASEWORKER = frozenset(
    {TransferState.RETURNED, TransferState.APPROVED, TransferState.SENT}
)
#: The author may still change the words.
WRITABLE = frozenset({TransferState.DRAFTED, TransferState.RETURNED})
#: Nothing follows.
ENDED = frozenset({TransferState.ACKNOWLEDGED, TransferState.WITHDRAWN})
#: A letter may go to paper.
PRINTABLE = frozenset({TransferState.APPROVED, TransferState.SENT, TransferState.ACKNOWLEDGED})


class TransferMove(StrEnum):
    """What is done with a transfer that was drafted."""

    RETURN = "return"
    APPROVE = "approve"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMoveRule:
    """From which states a move leads where, and whether it needs words."""

    move: TransferMove
    from_states: frozenset[TransferState]
    to_state: TransferState
    needs_words: bool = False


#: The move table. PostgreSQL reads the same rows (`security/seeds.py`).
TRANSFER_MOVES: Mapping[TransferMove, TransferMoveRule] = {
    rule.move: rule
    for rule in (
        TransferMoveRule(
            move=TransferMove.RETURN,
            from_states=frozenset({TransferState.DRAFTED}),
            to_state=TransferState.RETURNED,
            needs_words=True,
        ),
        TransferMoveRule(
            move=TransferMove.APPROVE,
            from_states=frozenset({TransferState.DRAFTED}),
            to_state=TransferState.APPROVED,
        ),
        TransferMoveRule(
            move=TransferMove.SEND,
            from_states=frozenset({TransferState.APPROVED}),
            to_state=TransferState.SENT,
        ),
        TransferMoveRule(
            move=TransferMove.ACKNOWLEDGE,
            from_states=frozenset({TransferState.SENT}),
            to_state=TransferState.ACKNOWLEDGED,
            needs_words=True,
        ),
        TransferMoveRule(
            move=TransferMove.WITHDRAW,
            from_states=frozenset(TransferState) - ENDED,
            to_state=TransferState.WITHDRAWN,
            needs_words=True,
        ),
    )
}


class TransferConsent(StrEnum):
    """Whether the person agreed that what goes beyond the ledger is told to the other office."""

    GIVEN = "given"
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"


TRANSFER_CONSENT: Mapping[TransferConsent, str] = {
    TransferConsent.GIVEN: "同意を得た",
    TransferConsent.NOT_NEEDED: "同意は要らない（法令に基づく連絡だけ）",
    TransferConsent.REFUSED: "同意を得ていない（引継事項は印刷しません）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WelfareOffice:
    """Another welfare office (移管先の福祉事務所), as the office's table has it.

    `areas` are the beginnings of addresses in its area; with them the program can ask about a household that moved there.
    """

    code: str
    name: str
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNotes:
    """What the receiving office should know, in words: needs, dangers, what was agreed with the person."""

    needs: str = field(default="", repr=False)
    dangers: str = field(default="", repr=False)
    agreed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferInput:
    """A transfer as it is drafted or changed. The id is the client's; `version` is the one that was shown, 0 for new."""

    transfer_id: UUID
    household_id: UUID
    version: int
    moved_on: date
    destination: str
    consent: TransferConsent
    consent_on: date | None = None
    enclosures: tuple[str, ...] = ()
    notes: TransferNotes = field(default_factory=TransferNotes, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMoveInput:
    """A move: from the version that was shown; `on` is the day it was sent or acknowledged."""

    transfer_id: UUID
    version: int
    move: TransferMove
    words: str = field(default="", repr=False)
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStep:
    """One step of a transfer. `words` (why; who acknowledged) are empty unless the file is open."""

    number: int
    state: TransferState
    by: str = field(repr=False)
    at: date
    on: date | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLine:
    """One transfer of the office's list: facts only. Head and destination are empty where they are not to be seen."""

    transfer_id: UUID
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    is_shielded: bool
    caseworker: str = field(repr=False)
    destination: str = field(repr=False)
    moved_on: date
    state: TransferState
    state_since: date
    fiscal_year: int | None = None
    number: int | None = None
    sent_on: date | None = None
    acknowledged_on: date | None = None
    is_confirmed: bool = False
    version: int = 1
    due_on: date | None = None

    @property
    def label(self) -> str:
        """The number as the office writes it; empty until it was approved."""
        if self.fiscal_year is None or self.number is None:
            return ""
        return number_label(self.fiscal_year, self.number)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferInFile:
    """A transfer of an opened file, with its words and its way. `may_decide`: the reader is a second person for it."""

    line: TransferLine
    destination: str
    consent: TransferConsent
    consent_on: date | None
    enclosures: tuple[str, ...]
    notes: TransferNotes = field(repr=False)
    steps: tuple[TransferStep, ...] = ()
    written_by: str = field(default="", repr=False)
    may_decide: bool = False
    printed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferChoices:
    """What the form offers: offices and enclosures by code, and the office in whose area the household lives now."""

    offices: tuple[WelfareOffice, ...]
    enclosures: Mapping[str, str]
    proposed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransfersOfFile:
    """Every transfer of a file, the newest first, with what a new one may choose from."""

    transfers: tuple[TransferInFile, ...]
    choices: TransferChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTerms:
    """Days that each step may take: until it is decided, sent, and acknowledged."""

    decide_days: int
    send_days: int
    acknowledge_days: int

    def due_on(self, state: TransferState, since: date) -> date | None:
        """The day by which the next step is to be done; None where nothing follows."""
        days = {
            TransferState.DRAFTED: self.decide_days,
            TransferState.RETURNED: self.decide_days,
            TransferState.APPROVED: self.send_days,
            TransferState.SENT: self.acknowledge_days,
        }.get(state)
        return None if days is None else since + timedelta(days=days)


def prints_notes(consent: TransferConsent, *, is_shielded: bool) -> bool:
    """Whether the letter carries the words: never against the person's will, and never of a shielded household."""
    return consent is not TransferConsent.REFUSED and not is_shielded


def office_of_address(address: str, offices: Iterable[WelfareOffice]) -> WelfareOffice | None:
    """The office in whose area an address lies: the longest beginning that fits."""
    found = [
        (len(area), office)
        for office in offices
        for area in office.areas
        if area and address.startswith(area)
    ]
    return max(found, key=lambda pair: (pair[0], pair[1].code))[1] if found else None
