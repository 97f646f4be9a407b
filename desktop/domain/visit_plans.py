"""Visit plans (年間訪問計画・月間訪問計画): whom a caseworker visits when, proposed, submitted, approved, and kept.

A plan belongs to a district, so that a new caseworker takes it over with the households. It may be changed while it is a
draft or returned; what was approved is frozen and stays readable, and what happens otherwise later is a deviation with its
reason. A plan under the legal floor cannot be handed in without a coded exception and words for every household concerned.
Basis: 局長通知 第12-1; visits-records-approval 2.1–2.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.working_time import Half

MOST_WORDS = 2000
#: Minutes of one visit: the shortest and the longest that a plan takes.
FEWEST_MINUTES = 5
MOST_MINUTES = 480
#: Visits of one plan, and of one saving: more is a mistake of the program.
MOST_VISITS = 5000

NOT_ALLOWED = "訪問計画を扱う職務がありません。"
NOT_YOUR_DISTRICT = (
    "この地区は担当していません。訪問計画を立てられるのは、地区の担当員・副担当と査察指導員です。"
)
NO_PLAN = "この訪問計画は見つからないか、担当する地区のものではありません。"
NO_CASEWORKER = "この地区には担当員がいません。担当を決めてから計画を立ててください。"
PLAN_EXISTS = "この地区のこの期間には、訪問計画がもうあります。それを開いて直してください。"
NOT_FIRST_DAY = "年間計画は4月1日、月間計画は月の1日から始まります。"
MOVED_ON = "この訪問計画は別の職員が先に変えました。最新の状態を確認してください。"
NO_MOVE = "この訪問計画は、いまの状態ではその操作ができません。最新の状態を確認してください。"
FROZEN = "承認の途中か、承認された訪問計画は変えられません。承認後の変更は「変更の記録」に入れてください。"
SECOND_PERSON = (
    "訪問計画を作った人は承認も差戻しもできません。別の査察指導員か上位の職が決裁してください。"
)
NOT_YOUR_DECISION = "この地区の訪問計画を決裁する職務がありません。"
READ_FIRST = "表示した後に訪問計画が変わりました。もう一度開いて読んでから決裁してください。"
NO_REASON = "理由を入力してください。"
TOO_LONG = "文字が多すぎます。短くしてください。"
EMPTY = "訪問が一つもない計画は提出できません。"
BAD_VISIT = "計画の訪問に、期間・場所・時間の合わないものがあります。画面を開き直してください。"
NOT_OF_DISTRICT = "この地区の世帯だけを計画に入れられます。"
UNDER_FLOOR = "法定の訪問回数に足りない世帯があります。訪問を足すか、例外の区分と理由を世帯ごとに入力してください。"
UNKNOWN_EXCEPTION = "例外の区分を一覧から選んでください。"
NOT_APPROVED = "変更の記録は、承認された訪問計画にだけ入れられます。"
NO_VISIT = "この訪問は計画にありません。最新の状態を確認してください。"
UNKNOWN_DEVIATION = "変更の理由を一覧から選んでください。"
OUT_OF_PERIOD = "計画の期間の中の月を選んでください。"
NOTHING_CHANGES = "いまの計画と同じです。変える月か日を選んでください。"


class PlanKind(StrEnum):
    """Whether a plan is of a fiscal year or of one month of it."""

    YEAR = "year"
    MONTH = "month"


PLAN_KIND: Mapping[PlanKind, str] = {
    PlanKind.YEAR: "年間訪問計画",
    PlanKind.MONTH: "月間訪問計画",
}


class PlanState(StrEnum):
    """Where a plan stands; `approved` means frozen."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


PLAN_STATE: Mapping[PlanState, str] = {
    PlanState.DRAFT: "下書き",
    PlanState.SUBMITTED: "決裁待ち",
    PlanState.RETURNED: "差戻し",
    PlanState.APPROVED: "承認済",
}
#: The plan may still be changed.
WRITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})


class PlanParty(StrEnum):
    """Who makes a move: those who plan for the district, or those who decide about it."""

    PLANNER = "planner"
    DECIDER = "decider"


class PlanMove(StrEnum):
    """What is done with a plan as a whole."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoveRule:
    """From which states a move leads where, whose it is, and whether it needs words."""

    move: PlanMove
    label: str
    from_states: frozenset[PlanState]
    to_state: PlanState
    party: PlanParty
    needs_words: bool = False
    judges_floor: bool = False


#: The move table. PostgreSQL reads the same rows (`security/seeds.py`).
PLAN_MOVES: Mapping[PlanMove, PlanMoveRule] = {
    rule.move: rule
    for rule in (
        PlanMoveRule(
            move=PlanMove.SUBMIT,
            label="提出",
            from_states=WRITABLE,
            to_state=PlanState.SUBMITTED,
            party=PlanParty.PLANNER,
            judges_floor=True,
        ),
        PlanMoveRule(
            move=PlanMove.WITHDRAW,
            label="引戻し",
            from_states=frozenset({PlanState.SUBMITTED}),
            to_state=PlanState.DRAFT,
            party=PlanParty.PLANNER,
        ),
        PlanMoveRule(
            move=PlanMove.RETURN,
            label="差戻し",
            from_states=frozenset({PlanState.SUBMITTED}),
            to_state=PlanState.RETURNED,
            party=PlanParty.DECIDER,
            needs_words=True,
        ),
        PlanMoveRule(
            move=PlanMove.APPROVE,
            label="承認",
            from_states=frozenset({PlanState.SUBMITTED}),
            to_state=PlanState.APPROVED,
            party=PlanParty.DECIDER,
            judges_floor=True,
        ),
    )
}


class VisitKind(StrEnum):
    """Why a visit stands in a plan (計画区分, visits-records-approval 2.5)."""

    PLANNED = "planned"
    EXTRA = "extra"
    APPLICATION = "application"
    REVISIT = "revisit"
    JOINT = "joint"


VISIT_KIND: Mapping[VisitKind, str] = {
    VisitKind.PLANNED: "計画",
    VisitKind.EXTRA: "臨時",
    VisitKind.APPLICATION: "申請時",
    VisitKind.REVISIT: "再訪問",
    VisitKind.JOINT: "同行",
}


class WhyVersion(StrEnum):
    """How a version of a plan came about."""

    PROPOSED = "proposed"
    EDITED = "edited"
    REPLANNED = "replanned"


WHY_VERSION: Mapping[WhyVersion, str] = {
    WhyVersion.PROPOSED: "計画案の作成",
    WhyVersion.EDITED: "手直し",
    WhyVersion.REPLANNED: "組み直し",
}


class Deviation(StrEnum):
    """What happened otherwise than approved."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    ADDED = "added"


DEVIATION: Mapping[Deviation, str] = {
    Deviation.MOVED: "変更",
    Deviation.CANCELLED: "取りやめ",
    Deviation.ADDED: "追加",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """One visit of a plan, planned or not.

    `month` is the first day of its month, None where the visit could not be planned; then `unplanned` is the coded reason.
    `day`, `half` and `place` (in the order of the half-day, from 1) are internal beyond the current month: people see and
    approve months. `rule` with its `values` is what made the visit due; `first_on` to `last_on` is the window, `due_on` the
    day aimed at. `note` is content: empty unless the file is open.
    """

    visit_id: UUID
    household_id: UUID
    kind: VisitKind = VisitKind.PLANNED
    month: date | None
    day: date | None = None
    half: Half | None = None
    place: int | None = None
    minutes: int
    purposes: tuple[str, ...] = ()
    is_statutory: bool = False
    is_announced: bool = False
    is_locked: bool = False
    rule: str
    values: Mapping[str, object] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None
    due_on: date | None = None
    unplanned: str = ""
    unplanned_values: Mapping[str, object] = field(default_factory=dict)
    note: str = field(default="", repr=False)

    @property
    def is_planned(self) -> bool:
        """Whether the visit has a month."""
        return self.month is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanException:
    """Why a household is visited less often than the law asks: a code of the office's table, and words (content)."""

    household_id: UUID
    reason: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """A saving of a plan: visits added or changed, visits taken out, exceptions set or lifted (`reason` empty).

    `version` is the one that was shown, 0 for a new plan; `save_id` is the saving's own, so that a retry stores once.
    `costs` holds the cost table of each visit that has one, by visit.
    """

    plan_id: UUID
    save_id: UUID
    district_id: UUID
    kind: PlanKind
    first_on: date
    version: int
    why: WhyVersion
    visits: tuple[PlannedVisit, ...] = ()
    removed: tuple[UUID, ...] = ()
    exceptions: tuple[PlanException, ...] = field(default=(), repr=False)
    costs: Mapping[UUID, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoveInput:
    """A move of what was shown: its version and its hash, so that what is approved is what was displayed."""

    plan_id: UUID
    version: int
    content_hash: str
    move: PlanMove
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationInput:
    """What is done otherwise than approved. The id is the client's; `shown` is the number of the last deviation on screen.

    A move names where to; an added visit its household and minutes too; a cancellation nothing but the reason.
    """

    deviation_id: UUID
    plan_id: UUID
    visit_id: UUID
    household_id: UUID
    change: Deviation
    shown: int
    reason: str
    month: date | None = None
    day: date | None = None
    half: Half | None = None
    kind: VisitKind = VisitKind.EXTRA
    minutes: int = 0
    words: str = field(default="", repr=False)
