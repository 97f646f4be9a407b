"""Ticking off households that a change of the rules concerns (改正の確認): who looked at which one, and what came of it.

Rows are only added. A further tick names the one it stands for; of a household and a change the newest counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from desktop.domain.rule_changes import RuleChange

NOT_YOURS = "この世帯は担当する世帯ではありません。"
CHANGED = "この世帯は、ほかの人が確認しています。最新の一覧を確認してください。"
GONE_CHANGE = "この改正はもうありません。改正の窓を開き直してください。"
NO_TASK = "この改正には、やることが決められていません。"
TOO_EARLY = "今日以後、1年以内の日付を入力してください。"
TOO_LONG = "メモは500文字までにしてください。"
MOST_NOTE = 500
_MOST_DAYS = 366
_CHANGES = UUID("5b1d6c1e-8a52-5c0d-9a3e-2f7b40c1d6aa")


class TickState(StrEnum):
    """What came of looking at a household."""

    DONE = "done"
    NOT_CONCERNED = "not_concerned"
    OPEN_AGAIN = "open_again"


TICK_STATE: Mapping[TickState, str] = {
    TickState.DONE: "済",
    TickState.NOT_CONCERNED: "該当なし",
    TickState.OPEN_AGAIN: "未確認に戻す",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A tick that stands. `version` is that of the change at that time; `has_note` says whether there are words to it."""

    tick_id: UUID
    state: TickState
    version: int
    by: str
    at: datetime
    has_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TickInput:
    """A household looked at: what came of it, in words of one's own where needed, and the tick that was shown."""

    tick_id: UUID
    change_key: str
    household_id: UUID
    state: TickState
    note: str = field(default="", repr=False)
    replaces_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernedHousehold:
    """A household that is concerned, who in it (names on the ledger), and the tick that stands."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    district: str
    people: tuple[str, ...] = field(repr=False, default=())
    tick: Tick | None = None

    def is_open(self, version: int) -> bool:
        """Whether it is still to be looked at for this version of the change."""
        tick = self.tick
        return tick is None or tick.state is TickState.OPEN_AGAIN or tick.version < version


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictProgress:
    """How many households of a district are concerned, and how many of them were looked at."""

    district: str
    total: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """The households that a change concerns, of those that somebody looks after or supervises, by district and case number."""

    change: RuleChange
    households: tuple[ConcernedHousehold, ...]
    may_tick: bool

    @property
    def open(self) -> tuple[ConcernedHousehold, ...]:
        """Those that are still to be looked at."""
        version = self.change.version
        return tuple(each for each in self.households if each.is_open(version))

    @property
    def progress(self) -> tuple[DistrictProgress, ...]:
        """By district, in the order of districts: nobody is ranked."""
        return progress_of(self.households, self.change.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodosMade:
    """How many to-dos were made, and how many households had one that is still open."""

    made: int
    stood: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentChanges:
    """Changes that came into force a short while ago, and within how many days that is."""

    changes: tuple[RuleChange, ...]
    days: int

    def at(self, place: str) -> tuple[RuleChange, ...]:
        """Those that touch a place of the program."""
        return tuple(change for change in self.changes if place in change.where)

    def of_card(self, card: str) -> tuple[RuleChange, ...]:
        """Those that a card of the help is about."""
        return tuple(change for change in self.changes if card in change.cards)


def progress_of(
    households: Sequence[ConcernedHousehold], version: int
) -> tuple[DistrictProgress, ...]:
    """Done and all, district by district, in the order in which they come."""
    districts: dict[str, list[bool]] = {}
    for each in households:
        districts.setdefault(each.district, []).append(not each.is_open(version))
    return tuple(
        DistrictProgress(district=name, total=len(done), done=sum(done))
        for name, done in districts.items()
    )


def change_id(key: str) -> UUID:
    """What the to-dos of a change name as their origin: a change has no row of its own."""
    return uuid5(_CHANGES, key)


def todo_text(change: RuleChange) -> str:
    """The words of the to-do that a change makes of a household."""
    task = change.task.text if change.task is not None else ""
    return f"【改正：{change.title}】{task}"


def is_day_of_todo(due_on: date, today: date) -> bool:
    """Whether a to-do may be due on a day."""
    return 0 <= (due_on - today).days <= _MOST_DAYS
