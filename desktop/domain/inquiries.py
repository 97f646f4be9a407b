"""Inquiries to others (関係先調査: 法29条): who is asked what about whom, with whose word, and what came back.

An inquiry is one letter to one agency about one person. It leaves the office only after a second person's word, for
it is an official letter with the seal. What follows from an answer is what a member of staff writes; nothing is
derived from it. Basis: 法29条, visits-records-approval sections 2.5, 5.4 and 6 (K-19).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.papers import number_label
from desktop.domain.roles import Permission

#: Most characters of a purpose, a further question, an answer or a reason.
MOST_WORDS = 2000
MOST_ITEMS = 20

NOT_ALLOWED = "照会を扱う職務がありません。"
NOT_BEFORE_YOU = "この世帯は担当する世帯ではありません。"
NO_INQUIRY = "この照会は見つからないか、担当する世帯のものではありません。"
MOVED_ON = "この照会は別の職員が先に進めました。最新の状態を確認してください。"
NO_MOVE = "この照会はいま、そのように進められません。最新の状態を確認してください。"
NOT_ONESELF = "起案した人は承認も差戻しもできません。ほかの査察指導員・課長に依頼してください。"
NOT_YOUR_WORD = "この世帯の照会を承認できるのは、地区の査察指導員と上位の決裁者です。"
READ_FIRST = "照会の内容を開いて読んでから決裁してください。"
NOT_A_MEMBER = "この世帯の世帯員を選んでください。"
UNKNOWN_AGENCY = "この照会先はいまの設定値にありません。一覧から選んでください。"
UNKNOWN_ITEM = "この照会先に使えない照会事項があります。一覧から選び直してください。"
NO_ITEMS = "照会事項を選ぶか、聞くことを書いてください。"
NO_PURPOSE = "何のために照会するかを入力してください。"
UNKNOWN_CONSENT = "同意書の有無を選んでください。"
BAD_DUE = "回答の期限は、今日から1年以内の日にしてください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
NOT_YET = "回答の日は、発送の日から今日までにしてください。"
NO_ANSWER = "回答の内容を入力してください。"
OTHER_PAPER = "結び付けられるのは、同じ世帯の受領書類です。一覧から選び直してください。"
OTHER_RUN = "同じ印刷にだけ足せます。"


class AgencyKind(StrEnum):
    """What kind of place is asked."""

    BANK = "bank"
    INSURER = "insurer"
    PENSION_OFFICE = "pension_office"
    TAX_OFFICE = "tax_office"
    EMPLOYMENT_INSURANCE = "employment_insurance"
    EMPLOYER = "employer"
    MEDICAL = "medical"
    WELFARE_OFFICE = "welfare_office"
    REGISTRY = "registry"
    MUNICIPALITY = "municipality"
    OTHER = "other"


AGENCY_KIND: Mapping[AgencyKind, str] = {
    AgencyKind.BANK: "金融機関",
    AgencyKind.INSURER: "保険会社",
    AgencyKind.PENSION_OFFICE: "年金事務所",
    AgencyKind.TAX_OFFICE: "税務",
    AgencyKind.EMPLOYMENT_INSURANCE: "雇用保険",
    AgencyKind.EMPLOYER: "勤務先",
    AgencyKind.MEDICAL: "医療機関",
    AgencyKind.WELFARE_OFFICE: "他の福祉事務所",
    AgencyKind.REGISTRY: "登記",
    AgencyKind.MUNICIPALITY: "市区町村の他の課",
    AgencyKind.OTHER: "その他",
}
#: How an addressee is written.
HONORIFICS = ("御中", "様")


class Consent(StrEnum):
    """Whether the person agreed in writing (同意書)."""

    ON_FILE = "on_file"
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"


CONSENT: Mapping[Consent, str] = {
    Consent.ON_FILE: "同意書あり",
    Consent.NOT_NEEDED: "法令により不要",
    Consent.REFUSED: "本人が同意していない",
}


class InquiryState(StrEnum):
    """Where an inquiry stands. A draft waits for a second person's word."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"
    ANSWERED = "answered"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"


INQUIRY_STATE: Mapping[InquiryState, str] = {
    InquiryState.DRAFTED: "承認待ち",
    InquiryState.RETURNED: "差戻し",
    InquiryState.APPROVED: "発送待ち",
    InquiryState.SENT: "回答待ち",
    InquiryState.ANSWERED: "回答あり",
    InquiryState.CHECKED: "確認済",
    InquiryState.WITHDRAWN: "取りやめ",
}
#: What somebody has to do while it stands there; of one that was sent, once its day has passed.
INQUIRY_TASK: Mapping[InquiryState, str] = {
    InquiryState.DRAFTED: "照会の承認",
    InquiryState.RETURNED: "照会の書き直し",
    InquiryState.APPROVED: "照会の発送",
    InquiryState.SENT: "照会の督促",
    InquiryState.ANSWERED: "照会の回答の確認",
}
#: Nothing more happens to these.
CLOSED = (InquiryState.CHECKED, InquiryState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryMove:
    """One step that an inquiry may take. `label` is the verb of the button; `words_label` "" means that no words are asked."""

    from_state: InquiryState
    to_state: InquiryState
    label: str
    permission: Permission
    words_label: str = ""


def _move(
    states: tuple[InquiryState, InquiryState], label: str, permission: Permission, words: str = ""
) -> InquiryMove:
    return InquiryMove(
        from_state=states[0],
        to_state=states[1],
        label=label,
        permission=permission,
        words_label=words,
    )


_S = InquiryState
_WRITE, _DECIDE = Permission.WRITE_RECORDS, Permission.DECIDE_APPROVALS
#: Every step. Drafting anew, sending and answering bring more than words and have functions of their own.
INQUIRY_MOVES: tuple[InquiryMove, ...] = (
    _move((_S.DRAFTED, _S.APPROVED), "承認", _DECIDE),
    _move((_S.DRAFTED, _S.RETURNED), "差戻し", _DECIDE, "差戻しの理由"),
    _move((_S.RETURNED, _S.DRAFTED), "書き直し", _WRITE),
    _move((_S.APPROVED, _S.SENT), "印刷して発送", Permission.PRINT_DRAFTS),
    _move((_S.SENT, _S.SENT), "督促を記録", _WRITE, "督促の方法と相手"),
    _move((_S.SENT, _S.ANSWERED), "回答を記録", _WRITE, "回答の内容"),
    _move(
        (_S.ANSWERED, _S.CHECKED), "確認済みにする", _WRITE, "回答から分かったことと、次にすること"
    ),
    *(
        _move((state, _S.WITHDRAWN), "取りやめる", _WRITE, "取りやめる理由")
        for state in (_S.DRAFTED, _S.RETURNED, _S.APPROVED, _S.SENT)
    ),
)
#: Steps that bring more than words.
WITH_MORE = frozenset({(_S.RETURNED, _S.DRAFTED), (_S.APPROVED, _S.SENT), (_S.SENT, _S.ANSWERED)})


def move_of(from_state: InquiryState, to_state: InquiryState) -> InquiryMove | None:
    """The step between two states, None where there is none."""
    return next(
        (m for m in INQUIRY_MOVES if (m.from_state, m.to_state) == (from_state, to_state)), None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A place that is asked (照会先), as the office's table has it."""

    code: str
    name: str
    kind: AgencyKind
    honorific: str
    postal_code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryItem:
    """Something that agencies of a kind are asked (照会事項): a short label, the wording of the letter, its basis."""

    code: str
    label: str
    kind: AgencyKind
    wording: str
    basis: str


#: The basis of a letter that asks only in its author's words.
BASIS = "生活保護法第29条"


def basis_of(items: Sequence[InquiryItem]) -> str:
    """The articles of the items, each once, in their order."""
    return "、".join(dict.fromkeys(item.basis for item in items)) or BASIS


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryMember:
    """Somebody of the household about whom one can ask."""

    person_id: UUID
    name: str = field(repr=False)
    kana: str = field(repr=False)
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryDraft:
    """What is asked, as its author writes it; `items` are codes of the office's table."""

    items: tuple[str, ...]
    consent: Consent
    due_on: date
    purpose: str = field(repr=False)
    more: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryInput:
    """A new inquiry. The id is the client's, so that a retry stores once."""

    inquiry_id: UUID
    household_id: UUID
    person_id: UUID
    agency: str
    draft: InquiryDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInput:
    """What came back. `shown` is the number of the step that was on screen; `paper_id` if it came as a received paper."""

    inquiry_id: UUID
    shown: int
    answered_on: date
    words: str = field(repr=False)
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryLine:
    """One inquiry of the register (回答管理簿): facts only. `head_name` is empty where it is shielded.

    `step` is the number of its newest step; whoever moves it on says which one was shown. `is_own` says that the
    reader drafted it, `may_decide` that the reader's word counts for it; `reminders` how often the agency was asked again,
    `is_shielded` that the household is under 支援措置: its letter tells no address.
    """

    inquiry_id: UUID
    step: int
    fiscal_year: int
    number: int
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    district: str
    person_id: UUID
    person: str = field(repr=False)
    agency: str
    agency_label: str
    agency_kind: AgencyKind | None
    basis: str
    consent: Consent
    state: InquiryState
    asked_on: date
    asked_by: str = field(repr=False)
    is_own: bool
    may_decide: bool
    due_on: date
    approved_on: date | None = None
    approved_by: str = field(default="", repr=False)
    sent_on: date | None = None
    reminded_on: date | None = None
    reminders: int = 0
    answered_on: date | None = None
    paper_label: str = ""
    checked_on: date | None = None
    is_overdue: bool = False
    is_shielded: bool = False

    @property
    def label(self) -> str:
        """The number as the office writes it: 照6-0012 is the 12th of 令和6年度."""
        return inquiry_label(self.fiscal_year, self.number)


def inquiry_label(year: int, number: int) -> str:
    """A number of the register of inquiries."""
    return f"照{number_label(year, number)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """An item as it was written into the inquiry, whatever the office's table says today."""

    code: str
    label: str
    wording: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryStep:
    """One step of an inquiry: who brought it to which state when, and the words with it."""

    number: int
    state: InquiryState
    by: str = field(repr=False)
    on: date
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryInFile:
    """An inquiry of an opened file with all its words; `purpose`, `more` and `items` are those of the newest draft."""

    line: InquiryLine
    purpose: str = field(repr=False)
    more: str = field(repr=False)
    items: tuple[AskedItem, ...]
    steps: tuple[InquiryStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPaper:
    """A received paper of the household that may be the answer."""

    paper_id: UUID
    label: str
    kind_label: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiriesOfFile:
    """The inquiries of an opened file, the newest first, and what a new one can be made of.

    `again_days` is within how many days the same question to the same agency is pointed out.
    """

    inquiries: tuple[InquiryInFile, ...]
    members: tuple[InquiryMember, ...]
    agencies: tuple[Agency, ...]
    items: tuple[InquiryItem, ...]
    papers: tuple[AnswerPaper, ...]
    due_days: int
    again_days: int


def asked_before(
    found: InquiriesOfFile, person_id: UUID, agency: str, today: date
) -> InquiryLine | None:
    """The last inquiry about the same person to the same agency within the office's days. It is shown, never forbidden."""
    lines = (
        inquiry.line
        for inquiry in found.inquiries
        if (inquiry.line.person_id, inquiry.line.agency) == (person_id, agency)
        and inquiry.line.state is not InquiryState.WITHDRAWN
        and (today - inquiry.line.asked_on).days <= found.again_days
    )
    return max(lines, key=lambda line: line.asked_on, default=None)
