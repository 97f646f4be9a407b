"""Disposal of case files (文書廃棄): retention, holds, lists with two approvals, and the tombstone that remains.

The same rules stand in `database/security/sql/90_disposal.sql`; the sentences are the same there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.holds import HoldKind
from desktop.domain.households import HouseholdState
from desktop.domain.imprint import Imprint
from desktop.domain.roles import Permission

_FISCAL_MONTH = 4
_MARCH = 3


class DisposalState(StrEnum):
    """Where a list (廃棄簿) stands. What was carried out, refused or taken back never moves again."""

    DRAWN_UP = "drawn_up"
    CHECKED = "checked"
    APPROVED = "approved"
    CARRIED_OUT = "carried_out"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STATE_LABELS: Mapping[DisposalState, str] = {
    DisposalState.DRAWN_UP: "点検待ち",
    DisposalState.CHECKED: "承認待ち",
    DisposalState.APPROVED: "廃棄待ち",
    DisposalState.CARRIED_OUT: "廃棄済み",
    DisposalState.REJECTED: "却下",
    DisposalState.WITHDRAWN: "取下げ",
}
#: What stands where the head's name was.
DISPOSED_NAME = "（廃棄済み）"
#: Lists that may still be carried out: a household stands on one of them at most.
OPEN_STATES = frozenset({DisposalState.DRAWN_UP, DisposalState.CHECKED, DisposalState.APPROVED})


class DisposalDecision(StrEnum):
    """What an approver says to a list."""

    APPROVED = "approved"
    REJECTED = "rejected"


#: The two steps in their order, and what each needs: the supervisor's floor knows the cases (debts, appeals),
#: the section head answers for the office's papers.
STEPS: tuple[tuple[DisposalState, Permission, DisposalState], ...] = (
    (DisposalState.DRAWN_UP, Permission.CHECK_DISPOSAL, DisposalState.CHECKED),
    (DisposalState.CHECKED, Permission.APPROVE_DISPOSAL, DisposalState.APPROVED),
)

#: Class of a file that was protected, and of an application that never led to protection (却下・取下げ).
CLOSED_CASE, APPLICATION_ONLY = "closed_case", "application_only"
#: Class of the carry-out register (K-11): what says which files were taken out goes with the file, so the file waits for it.
CARRIED_OUT = "carry_out"

NO_RULE = "保存年限が設定されていないか、未確認のままです。設定値の「保存年限」を確認してください。"
NOT_CLOSED = "廃止されていない世帯です。"
STILL_KEPT = "保存期間が終わっていません。"
HELD = "保留（債務・不服申立など）があります。"
IN_APPROVAL = "決裁中の記録があります。"
CARRY_KEPT = "持出しの記録（K-11）の保存期間が終わっていないか、その保存年限が未確認のままです。"
OPEN_PAPER = "完了していない受領書類があります。"
OPEN_DISCLOSURE = "終わっていない開示請求があります。"
OPEN_INQUIRY = "終わっていない照会があります。"
LISTED = "ほかの廃棄簿に載っています。"
GONE = "すでに廃棄されています。"

NOBODY_LISTED = "廃棄簿に載せる世帯を選んでください。"
NOT_FOUND = "この廃棄簿は見つかりません。画面を更新してください。"
CHANGED = "廃棄簿の内容が、表示または承認されたものと違います。画面を更新してください。"
WRONG_STATE = "この廃棄簿は今の状態ではこの操作ができません。画面を更新してください。"
OWN_LIST = "自分が作った廃棄簿は承認できません。別の職員が承認してください。"
SAME_PERSON = "点検と承認は、作成した人とも互いにも別の人が行います。別の職員が行ってください。"
REASON_MISSING = "却下する理由を入力してください。"
SAME_NAME = (
    "{who}と氏名・フリガナが同じため、同じ人かどうかを確かめられません。"
    "同姓同名の別の人であっても、この廃棄簿の点検・承認は、氏名の違う職員（ほかの査察指導員・課長補佐・課長・所長）が行ってください。"
)
NOT_YOURS = "廃棄簿を取り下げられるのは、作成した本人だけです。"


def refused_sentence(count: int, first: str) -> str:
    """Households of a list that may not be disposed of: how many, and why the first."""
    return f"廃棄できない世帯が{count}件あります（{first}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long a class of files is kept (保存年限). Only what the office confirmed counts."""

    code: str
    label: str
    years: int
    from_fiscal_year: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCase:
    """What the rules look at: a household with its dated states, and what holds it back.

    `carried_on` is the last day on which papers of the file were taken out.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    state: HouseholdState
    protected_from: date | None
    closed_on: date | None
    holds: tuple[HoldKind, ...] = ()
    is_in_approval: bool = False
    has_open_paper: bool = False
    has_open_disclosure: bool = False
    has_open_inquiry: bool = False
    is_listed: bool = False
    carried_on: date | None = None

    @property
    def retention_class(self) -> str:
        """Which years count for the file."""
        return APPLICATION_ONLY if self.protected_from is None else CLOSED_CASE


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalCandidate:
    """A closed household on the day of the list: until when it is kept, and why not yet ("" when it may go)."""

    case: ClosedCase
    retention_label: str
    kept_until: date | None
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalItemRow:
    """One household of a list, as it was when the list was drawn up."""

    household_id: UUID
    case_number: str
    retention_class: str
    retention_label: str
    protected_from: date | None
    closed_on: date
    kept_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalStep:
    """What one approver said: 1 checks (点検), 2 approves (承認)."""

    number: int
    decision: DisposalDecision
    by_id: UUID
    by: str = field(repr=False)
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalListRow:
    """A list (廃棄簿) with its households and what became of it. `content_hash` is what is approved.

    `closed_by` carried it out, refused it or took it back.
    """

    list_id: UUID
    number: int
    as_of: date
    state: DisposalState
    drawn_up_by_id: UUID
    drawn_up_by: str = field(repr=False)
    drawn_up_at: datetime
    content_hash: str
    items: tuple[DisposalItemRow, ...]
    steps: tuple[DisposalStep, ...] = ()
    closed_by: str = field(default="", repr=False)
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalForm:
    """What the 廃棄簿 on paper shows."""

    imprint: Imprint
    row: DisposalListRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstoneRow:
    """What remains of a file that was disposed of."""

    case_number: str
    retention_class: str
    protected_from: date | None
    closed_on: date
    kept_until: date
    list_number: int
    carried_out_at: datetime
    rows: int
    digest: str


def kept_until(closed_on: date, rule: RetentionRule) -> date:
    """The last day of retention. From the fiscal year: counted from 1 April after the closing (翌年度起算)."""
    if rule.from_fiscal_year:
        begins = closed_on.year + (closed_on.month >= _FISCAL_MONTH)
        return date(begins + rule.years, _MARCH, 31)
    try:
        return closed_on.replace(year=closed_on.year + rule.years)
    except ValueError:  # 29 February
        return closed_on.replace(year=closed_on.year + rule.years, day=28)


def judge(case: ClosedCase, rules: Mapping[str, RetentionRule], day: date) -> DisposalCandidate:
    """Whether a file may go on that day; the first reason against it counts."""
    rule = rules.get(case.retention_class)
    until = _until(case.closed_on, rule)
    carried = _until(case.carried_on, rules.get(CARRIED_OUT))
    return DisposalCandidate(
        case=case,
        retention_label=rule.label if rule else "",
        kept_until=until,
        refusal=_refusal(
            case,
            until,
            day,
            is_carry_kept=case.carried_on is not None and (carried is None or day <= carried),
        ),
    )


def _until(begun_on: date | None, rule: RetentionRule | None) -> date | None:
    """The last day of retention, None where the office has not confirmed its years."""
    counts = rule is not None and rule.is_confirmed and rule.years > 0
    return kept_until(begun_on, rule) if begun_on and rule and counts else None


def _refusal(case: ClosedCase, until: date | None, day: date, *, is_carry_kept: bool) -> str:
    if case.state is not HouseholdState.CLOSED or case.closed_on is None or case.closed_on > day:
        return NOT_CLOSED
    if until is None:
        return NO_RULE
    if day <= until:
        return STILL_KEPT
    against = (
        (is_carry_kept, CARRY_KEPT),
        (case.holds, HELD),
        (case.is_in_approval, IN_APPROVAL),
        (case.has_open_paper, OPEN_PAPER),
        (case.has_open_disclosure, OPEN_DISCLOSURE),
        (case.has_open_inquiry, OPEN_INQUIRY),
        (case.is_listed, LISTED),
    )
    return next((sentence for found, sentence in against if found), "")


def step_for(state: DisposalState) -> int | None:
    """The step (1, 2) that a list waits for; None when it waits for none."""
    return next((n for n, step in enumerate(STEPS, start=1) if step[0] is state), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted, as far as the office knows people: the account, and the name it is in."""

    staff_id: UUID
    name: str = field(repr=False)
    kana: str = field(repr=False)

    def may_be(self, other: Actor) -> bool:
        """Whether both may be one person: one account, or two in the same name and kana."""
        return self.staff_id == other.staff_id or self.is_namesake_of(other)

    def is_namesake_of(self, other: Actor) -> bool:
        """Whether both have the same name and kana: one person with two accounts, or two of that name."""
        return (_plain(self.name), _plain(self.kana)) == (_plain(other.name), _plain(other.kana))


def decider_refusal(who: Actor, drawn_up_by: Actor, before: Sequence[Actor]) -> str:
    """Why this person may not decide; "" when he may. PostgreSQL looks at passwords given anew as well.

    Namesakes are refused like one person: nothing in the database tells them apart. The sentence says who can decide.
    """
    if who.staff_id == drawn_up_by.staff_id:
        return OWN_LIST
    if any(who.staff_id == other.staff_id for other in before):
        return SAME_PERSON
    if who.is_namesake_of(drawn_up_by):
        return SAME_NAME.format(who="作成した人")
    return SAME_NAME.format(who="点検した人") if any(map(who.is_namesake_of, before)) else ""


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("\u3000", "")
