"""What asks for a review of a support policy before its year is over, and by when (visits-records-approval 2.3, 4.3).

An event is derived from facts, never stored by itself. It is settled by a policy that was handed in after it, or by
the answer that no review is needed (見直し不要) for the day on which it happened; that answer leaves the yearly day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.dates import months_later


class Impact(StrEnum):
    """What an entry means for the support policy (援助方針への影響), answered when it is handed in."""

    NONE = "none"
    SOME = "some"


class EventSource(StrEnum):
    """Which facts an event is read from."""

    IMPACT = "impact"
    HANDOVER = "handover"
    JOINED = "joined"
    LEFT = "left"
    BORN = "born"
    DIED = "died"
    MOVED = "moved"
    ADMITTED = "admitted"
    DISCHARGED = "discharged"
    WORK_BEGAN = "work_began"
    WORK_ENDED = "work_ended"
    AGE = "age"
    STARTED = "started"
    ABSENT = "absent"
    YEARLY = "yearly"


class Term(StrEnum):
    """In what an event's term is counted."""

    DAYS = "days"
    MONTHS = "months"


IMPACT: Mapping[Impact, str] = {Impact.NONE: "なし", Impact.SOME: "あり"}
EVENT_SOURCE: Mapping[EventSource, str] = {
    EventSource.IMPACT: "記録の「援助方針への影響：あり」",
    EventSource.HANDOVER: "担当員の交代",
    EventSource.JOINED: "世帯員の転入",
    EventSource.LEFT: "世帯員の転出",
    EventSource.BORN: "出生",
    EventSource.DIED: "死亡",
    EventSource.MOVED: "転居",
    EventSource.ADMITTED: "入院・入所",
    EventSource.DISCHARGED: "退院・退所",
    EventSource.WORK_BEGAN: "就労の開始",
    EventSource.WORK_ENDED: "就労の終了",
    EventSource.AGE: "年齢に達した日",
    EventSource.STARTED: "保護の開始から何か月",
    EventSource.ABSENT: "続けて不在だった回数",
    EventSource.YEARLY: "毎年の決まった月",
}
#: Sources whose events have a number of their own, and what it counts.
NUMBERED: Mapping[EventSource, str] = {
    EventSource.AGE: "歳",
    EventSource.STARTED: "か月",
    EventSource.ABSENT: "回",
    EventSource.YEARLY: "月",
}
TERM_UNIT: Mapping[Term, str] = {Term.DAYS: "日", Term.MONTHS: "か月"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of event in force (見直しのきっかけ): where it is read from, and the term for its review.

    `age` is the number of a source in `NUMBERED`: years, months since the start, absences in a row, or the month.
    """

    code: str
    label: str
    source: EventSource
    number: int
    term: Term = Term.DAYS
    age: int | None = None

    def due(self, happened_on: date) -> date:
        """The day by which the policy is reviewed, or the question answered."""
        if self.term is Term.MONTHS:
            return months_later(happened_on, self.number)
        return happened_on + timedelta(days=self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvent:
    """One open event of a household. `known_on` is the day from which its term counts.

    `who` names the member it is about, `entry_id` the entry whose writer answered あり.
    """

    household_id: UUID
    code: str
    label: str
    source: EventSource
    happened_on: date
    known_on: date
    due_on: date
    who: str = field(default="", repr=False)
    entry_id: UUID | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts by the day it is due, then by when it happened."""
        return (
            self.due_on,
            self.happened_on,
            self.code,
            self.household_id,
            self.who,
            str(self.entry_id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """By when a household's policy is reviewed, the day of its year, and the open events, the most urgent first."""

    due_on: date | None
    yearly_on: date | None
    events: tuple[ReviewEvent, ...] = ()

    @property
    def by_event(self) -> ReviewEvent | None:
        """The event that sets the day; None where the year does."""
        first = next(iter(self.events), None)
        return first if first is not None and first.due_on == self.due_on else None


def review_due(yearly_on: date | None, events: Iterable[ReviewEvent]) -> ReviewDue:
    """Twelve months after the approval, or an event and its term: whichever comes first."""
    ordered = tuple(sorted(events, key=lambda event: event.order))
    days = [day for day in (yearly_on, *(e.due_on for e in ordered[:1])) if day is not None]
    return ReviewDue(due_on=min(days, default=None), yearly_on=yearly_on, events=ordered)
