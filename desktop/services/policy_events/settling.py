"""What policies and grades share: reading the events that kinds ask for, and whether one is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from sqlalchemy.orm import Session

from desktop.domain.policy_events import EventKind, EventSource, ReviewEvent
from desktop.services.policy_events import course, happening
from desktop.services.policy_events.handovers import handovers
from desktop.services.policy_events.happening import Happening, Households


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """Up to when a household's events were considered: what was handed in at an instant, else the ledger's day."""

    day: date
    at: datetime | None = None


def happenings(
    session: Session, asked: Households, kinds: Iterable[EventKind]
) -> Iterator[Happening]:
    """Everything of the sources that a kind in force reads."""
    kinds = tuple(kinds)
    sources = {kind.source for kind in kinds}
    readers: tuple[tuple[set[EventSource], Callable[[], Iterator[Happening]]], ...] = (
        ({EventSource.IMPACT}, lambda: happening.impacts(session, asked)),
        ({EventSource.HANDOVER}, lambda: handovers(session, asked)),
        (
            {EventSource.BORN, EventSource.JOINED, EventSource.LEFT, EventSource.DIED},
            lambda: happening.members(session, asked),
        ),
        ({EventSource.MOVED}, lambda: happening.moves(session, asked)),
        (
            {EventSource.ADMITTED, EventSource.DISCHARGED},
            lambda: happening.stays(session, asked),
        ),
        (
            {EventSource.WORK_BEGAN, EventSource.WORK_ENDED},
            lambda: happening.works(session, asked),
        ),
        (
            {EventSource.AGE},
            lambda: happening.birthdays(session, asked, _numbers(kinds, EventSource.AGE)),
        ),
        (
            {EventSource.STARTED},
            lambda: course.starts(session, asked, _numbers(kinds, EventSource.STARTED)),
        ),
        (
            {EventSource.ABSENT},
            lambda: course.absences(session, asked, _numbers(kinds, EventSource.ABSENT)),
        ),
        (
            {EventSource.YEARLY},
            lambda: course.yearly(session, asked, _numbers(kinds, EventSource.YEARLY)),
        ),
    )
    return chain.from_iterable(read() for reads, read in readers if reads & sources)


def is_settled(one: Happening, considered: Considered | None, answered_at: datetime | None) -> bool:
    """Whether what happened was answered, or considered by what was handed in after it became known."""
    if answered_at is not None and (one.known_at is None or answered_at >= one.known_at):
        return True
    if considered is None:
        return False
    if one.known_at is not None and considered.at is not None:
        return one.known_at <= considered.at
    return one.known_on <= considered.day


def as_events(found: Iterable[Happening], kinds: Iterable[EventKind]) -> tuple[ReviewEvent, ...]:
    """One event for each kind that reads a happening, the most urgent first."""
    kinds = tuple(kinds)
    events = (
        ReviewEvent(
            household_id=one.household_id,
            code=kind.code,
            label=kind.label,
            source=kind.source,
            happened_on=one.happened_on,
            known_on=one.known_on,
            due_on=kind.due(one.known_on),
            who=one.who,
            entry_id=one.entry_id,
        )
        for one in found
        for kind in kinds
        if kind.source is one.source and kind.age == one.age
    )
    return tuple(sorted(events, key=lambda event: event.order))


def _numbers(kinds: Iterable[EventKind], source: EventSource) -> frozenset[int]:
    return frozenset(k.age for k in kinds if k.source is source and k.age is not None)
