"""Blind double checks (二重確認): a second caseworker answers A, B, C and E of a decided case without seeing the first answers (9.3).

They tell whether the anchors of the form are read alike. Nothing follows from an answer: no group, no proposal, no figure of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from desktop.domain.assessment_forms import AssessmentTables
from desktop.domain.assessments import Barriers, Health, Motivation, SelfDrive
from desktop.domain.dates import months_later
from desktop.domain.support_groups import SupportGroup

#: Most cases of one draw; seeds are numbers below this one.
MOST_DRAWN = 50
SEEDS = 2**48
#: Most characters of what the second says beside the codes, and of why a quarter is drawn again.
MOST_WORDS = 2_000
_QUARTER = 3


class BlindItem(StrEnum):
    """What is answered twice, by the letters of the form."""

    HEALTH = "health"
    MOTIVATION = "motivation"
    BARRIERS = "barriers"
    DRIVE = "drive"


BLIND_ITEM: Mapping[BlindItem, str] = {
    BlindItem.HEALTH: "A 健康",
    BlindItem.MOTIVATION: "B 本人の意向",
    BlindItem.BARRIERS: "C 阻害要因（全体）",
    BlindItem.DRIVE: "E 自走",
}


class WithdrawnWhy(StrEnum):
    """Why somebody's check was taken back before it was answered."""

    ABSENT = "absent"
    IN_CHARGE = "in_charge"
    KNOWS = "knows"
    MISTAKE = "mistake"


WITHDRAWN_WHY: Mapping[WithdrawnWhy, str] = {
    WithdrawnWhy.ABSENT: "休み・異動",
    WithdrawnWhy.IN_CHARGE: "この世帯の担当になった",
    WithdrawnWhy.KNOWS: "はじめの評価を知っていた",
    WithdrawnWhy.MISTAKE: "割り当ての誤り",
}


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day (January, April, July, October)."""
    return date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1)


def quarter_end(first: date) -> date:
    """The last day of a quarter."""
    return months_later(first, _QUARTER) - timedelta(days=1)


def quarter_words(first: date) -> str:
    """2024年10～12月."""
    return f"{first.year}年{first.month}～{first.month + _QUARTER - 1}月"


def picked(seed: int, decision_ids: Iterable[UUID], count: int) -> tuple[UUID, ...]:
    """The decisions that a seed draws: the first by SHA-256 of `seed:decision`. PostgreSQL draws the same again."""

    def place(decision_id: UUID) -> str:
        return sha256(f"{seed}:{decision_id}".encode()).hexdigest()

    return tuple(sorted(decision_ids, key=place)[:count])


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawInput:
    """Draw so many decided cases of a quarter; `reason` where the same person drew from the quarter before."""

    draw_id: UUID
    quarter_on: date
    wanted: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw as the list shows it: what chance made of it can be made again from seed and number of cases."""

    draw_id: UUID
    quarter_on: date
    wanted: int
    pool: int
    seed: int
    reason: str
    drawn_by: str = field(repr=False)
    drawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One drawn case for who supervises. `same` says item by item whether both answered alike, None until both answers are in."""

    check_id: UUID
    draw_id: UUID
    household_id: UUID
    person_id: UUID
    case_number: str
    name: str = field(repr=False)
    group: SupportGroup
    decided_on: date
    assignment_id: UUID | None = None
    second: str = field(default="", repr=False)
    assigned_at: datetime | None = None
    answered_at: datetime | None = None
    same: Mapping[BlindItem, bool] | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody was asked and has not answered."""
        return self.assignment_id is not None and self.answered_at is None

    @property
    def differs(self) -> tuple[BlindItem, ...]:
        """The items that were answered otherwise."""
        return tuple(item for item, alike in (self.same or {}).items() if not alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often an item was answered alike; of so few that it only gives an idea where `is_few` (参考値)."""

    item: BlindItem
    count: int
    alike: int
    few: int

    @property
    def percent(self) -> float | None:
        """Exact agreement."""
        return 100 * self.alike / self.count if self.count else None

    @property
    def is_few(self) -> bool:
        """Whether the number is small."""
        return self.count < self.few


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindBoard:
    """A quarter for who supervises: its draws, its cases, and how often the items were answered alike."""

    quarter_on: date
    quarters: tuple[date, ...]
    draws: tuple[Draw, ...]
    rows: tuple[CheckRow, ...]
    agreement: tuple[Agreement, ...]
    agreement_so_far: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """Somebody who may be asked for a second answer."""

    staff_id: UUID
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCheck:
    """A case that the signed-in person is asked to answer: nothing of what was answered or decided.

    `name` is that of the household's head: who else lives there is told once the file is opened.
    """

    assignment_id: UUID
    household_id: UUID
    person_id: UUID
    case_number: str
    name: str = field(repr=False)
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindForm:
    """What the second fills in: whom it is about, and the answers by the office's words of today."""

    name: str = field(repr=False)
    tables: AssessmentTables = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindInput:
    """The second answers to A, B, C and E, with what they rest on."""

    assignment_id: UUID
    household_id: UUID
    health: Health
    motivation: Motivation
    barriers: Barriers
    drive: SelfDrive
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BothAnswers:
    """First and second answers of a case beside each other, in the words of the form; `words` are the second's."""

    row: CheckRow
    answers: tuple[tuple[BlindItem, str, str], ...]
    first_by: str = field(repr=False)
    words: str = field(default="", repr=False)


def agreement_of(rows: Sequence[CheckRow], few: int) -> tuple[Agreement, ...]:
    """A line for each item over the cases that both answered."""
    both = [row.same for row in rows if row.same is not None]
    return tuple(
        Agreement(item=item, count=len(both), alike=sum(same[item] for same in both), few=few)
        for item in BlindItem
    )
