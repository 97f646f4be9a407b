"""Handover (担当替え): districts get another caseworker from a day on, both sides confirm each household, faults are ticked off.

A handover takes effect by its day, as the assignment does that it makes; nothing has to run on that day. Who comes first
is said in words: no number is made of a person, and nobody of the staff is ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.households import HouseholdState

#: A handover can be taken back until so many days after its day, unless the new caseworker acted before.
UNDO_DAYS = 14
#: How far ahead a handover may be dated.
MOST_DAYS_AHEAD = 366
#: First contacts of a new caseworker are to be made within so many days (six weeks).
FIRST_CONTACT_DAYS = 42
#: The days after which a supervisor looks at what was done.
PROGRESS_DAYS = (30, 60, 90)
#: Households that somebody looks after; closed ones stay where they are.
LOOKED_AFTER = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED, HouseholdState.APPLYING)

NOT_YOURS = "この地区の担当替えができるのは、地区の査察指導員か上位の職です。"
NOT_TO_YOURSELF = "自分を新しい担当者にすることはできません。上位の職が担当替えをしてください。"
NO_CASEWORKER = "新しい担当者には、その日に地区担当員の職務がある職員を選んでください。"
SAME_PERSON = "この職員は、その日にもうこの地区の担当です。"
BAD_DAY = "引き継ぐ日は、今日から1年先までの日にしてください。"
OTHER_CASEWORKER = "この地区の担当は、表示のあとで別の職員が変えました。最新の状態を見て、もう一度確認してください。"
ANOTHER_BEGINS = (
    "この地区には、その日以後に始まる担当がもうあります。先にその担当替えを取り消してください。"
)
NOT_FOUND = "この担当替えは見つかりません。"
UNDONE = "この担当替えはもう取り消されています。"
UNDO_TOO_LATE = f"引き継いだ日から{UNDO_DAYS}日を過ぎたため取り消せません。戻すときは、日を決めて新しい担当替えをしてください。"
UNDO_ACTED = "新しい担当者がもう記録や確認などをした世帯があるため取り消せません。戻すときは、日を決めて新しい担当替えをしてください。"
UNDO_CHANGED = "この担当替えのあとで地区の担当がまた変わったため取り消せません。新しい担当替えから先に取り消してください。"
NOT_YOUR_SIDE = "引継ぎの確認ができるのは、前の担当者と新しい担当者の本人（代理を含む）です。"
NOT_YOURS_TO_TICK = "総点検の印を付けられるのは、新しい担当者と地区の査察指導員・上位の職です。"
NOT_YET = "まだ引き継ぐ日になっていません。引き受けた確認は、その日から行えます。"
CHECKED = "総点検の一覧はもう作られています。"
CHECK_NOT_YET = "総点検は、引き継ぐ日から行えます。"
NOTHING_RETURNED = "この世帯に、前の担当者の差戻しの記録は残っていません。"
ASKED_BEFORE = "この差戻しのことは、もう頼んであります。答えは「わたしの机」に届きます。"
NOBODY_TO_ASK = "この地区にはほかの査察指導員がいません。課長に直接相談してください。"
AUTHOR_GONE = "書いた職員はもう在職していません。記録は差戻しのまま残ります。必要なことは、新しい担当者が自分の記録に書きます。"
NOTHING_CHOSEN = "担当替えをする地区と新しい担当者を選んでください。"


class HandoverSide(StrEnum):
    """Who confirms a household: the one who leaves it, or the one who comes."""

    GIVEN = "given"
    TAKEN = "taken"


class FollowedKind(StrEnum):
    """What lay with the former caseworker and followed to the new one."""

    TODO = "todo"
    PAPER = "paper"


class UnsettledKind(StrEnum):
    """What is better settled before a district changes hands."""

    RETURNED = "returned"
    CLASH = "clash"


UNSETTLED_LABELS: Mapping[UnsettledKind, str] = {
    UnsettledKind.RETURNED: "差戻し",
    UnsettledKind.CLASH: "約束",
}
SIDE_LABELS: Mapping[HandoverSide, str] = {
    HandoverSide.GIVEN: "引き継いだ（前の担当者）",
    HandoverSide.TAKEN: "引き受けた（新しい担当者）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One district that gets another caseworker; `shown_from_id` is whom the screen showed before (None: vacant)."""

    handover_id: UUID
    district_id: UUID
    to_id: UUID
    shown_from_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPlan:
    """What is asked for at once: all of it or nothing. `batch_id` is the asking's own, so that a retry stores once."""

    batch_id: UUID
    effective_on: date
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may look after a district from a day on, with the households looked after then."""

    staff_id: UUID
    name: str = field(repr=False)
    households: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverDistrict:
    """A district as the one who hands over chooses it: who has it on the day, and how many households it has."""

    district_id: UUID
    code: str
    name: str
    from_id: UUID | None
    caseworker: str = field(repr=False)
    households: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A record that came back to the former caseworker, who alone finishes it, or a promised visit that the new one cannot make.

    `item_id` is the entry or the fixed half-day, `who` the author or the new caseworker.
    """

    kind: UnsettledKind
    district: str
    household_id: UUID
    case_number: str
    day: date
    words: str
    who: str = field(repr=False)
    item_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What the former caseworker still has in the households of a handover: own records by state, and what goes to the new one."""

    drafts: int = 0
    returned: int = 0
    submitted: int = 0
    todos: int = 0
    papers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePreview:
    """What one move would do: how many households of which kind, and what lies with them.

    `drafts` are entries that the former caseworker began: nobody else sees them, their author alone finishes them.
    """

    district: HandoverDistrict
    to_name: str = field(repr=False)
    types: tuple[tuple[str, int], ...]
    grades: tuple[tuple[str, int], ...]
    marks: tuple[tuple[str, int], ...]
    todos: int
    papers: int
    planned_visits: int
    drafts: int
    unsettled: tuple[Unsettled, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The households of one caseworker before and after, by name (never ordered by load)."""

    staff_id: UUID
    name: str = field(repr=False)
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPreview:
    """What would happen, before anything does."""

    effective_on: date
    moves: tuple[MovePreview, ...]
    loads: tuple[Load, ...]

    @property
    def households(self) -> int:
        """How many households would get another caseworker."""
        return sum(move.district.households for move in self.moves)

    @property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """What is better settled before, district by district."""
        return tuple(each for move in self.moves for each in move.unsettled)

    @property
    def is_possible(self) -> bool:
        """Whether nothing of it would be refused."""
        return bool(self.moves) and not any(move.refusal for move in self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """A handover as it is listed, with how far it has come.

    `undo_refusal` says why it cannot be taken back ("" where it can), `can_lead` that this person leads the district, `side`
    on which side this person confirms (also as a stand-in), None on neither. `returned`, of who took it over, counts what came back
    to predecessors.
    """

    handover_id: UUID
    batch_id: UUID
    district_id: UUID
    district: str
    from_id: UUID | None
    from_name: str = field(repr=False)
    to_id: UUID
    to_name: str = field(repr=False)
    effective_on: date
    made_by: str = field(repr=False)
    made_at: datetime
    undone_at: datetime | None
    checked_at: datetime | None
    households: int
    given: int
    taken: int
    contacted: int
    faults: int
    closed_faults: int
    can_lead: bool
    undo_refusal: str
    side: HandoverSide | None = None
    returned: int = 0

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone_at is not None

    def has_begun(self, today: date) -> bool:
        """Whether its day has come."""
        return self.effective_on <= today


def contact_due(effective_on: date) -> date:
    """The last day of the six weeks in which the new caseworker is to have met everybody."""
    return effective_on + timedelta(days=FIRST_CONTACT_DAYS)


def undo_until(effective_on: date) -> date:
    """The last day on which a handover can be taken back."""
    return effective_on + timedelta(days=UNDO_DAYS)
