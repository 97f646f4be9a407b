"""A corrected first day of protection (保護開始日) or closing day (保護廃止日) of a case whose state stays the same.

A day that lies before the last import corrects what that import said: the period is moved. A later one is no
correction, as the case was known to run before: protection began anew, and the old period ends the day before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id

_DAY = timedelta(days=1)
_PROTECTED = frozenset({HouseholdState.RECEIVING, HouseholdState.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePeriod:
    """A stored period of a case; `is_new` for one that a correction adds."""

    period_id: UUID
    state: HouseholdState
    valid_from: date
    valid_to: date | None
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the file says of the case's present state."""

    state: HouseholdState
    started_on: date
    closed_on: date | None


def corrected(
    periods: Sequence[StatePeriod], said: Said, last_import: date | None
) -> tuple[StatePeriod, ...] | None:
    """All periods, oldest first, as the file has them; the same ones where it says nothing else.

    None where the days fit no course of periods: somebody has to look.
    """
    earlier, protected, closing = _parts(periods, said.state)
    if protected and all(period.valid_from != said.started_on for period in protected):
        if _decided_late(earlier, said.started_on):
            return tuple(periods)
        if last_import and said.started_on > max(last_import, protected[0].valid_from):
            protected = _began_anew(protected, said.started_on)
        else:
            earlier = _ending(earlier, said.started_on)
            protected = (replace(protected[0], valid_from=said.started_on), *protected[1:])
    if closing and said.closed_on and closing[0].valid_from != said.closed_on:
        closing = (replace(closing[0], valid_from=said.closed_on),)
        if protected:
            protected = _ending(protected, said.closed_on)
        else:
            earlier = _ending(earlier, said.closed_on)
    found = (*earlier, *protected, *closing)
    return found if _follow_each_other(found) else None


_Periods = tuple[StatePeriod, ...]


def _parts(periods: Sequence[StatePeriod], state: HouseholdState) -> tuple[_Periods, ...]:
    """What lies before, the present or last course of protection, and the closing after it."""
    is_closed = state is HouseholdState.CLOSED and periods and periods[-1].state is state
    before, closing = (periods[:-1], periods[-1:]) if is_closed else (periods, ())
    start = len(before)
    while start and before[start - 1].state in _PROTECTED:
        start -= 1
    return tuple(before[:start]), tuple(before[start:]), tuple(closing)


def _decided_late(earlier: _Periods, started_on: date) -> bool:
    """An application was decided from a day on which the ledger still called it one: that is how it was known then."""
    return bool(
        earlier
        and earlier[-1].state is HouseholdState.APPLYING
        and started_on <= earlier[-1].valid_from
    )


def _began_anew(protected: _Periods, day: date) -> _Periods:
    found: list[StatePeriod] = []
    for period in protected:
        if period.valid_from < day and (period.valid_to is None or day <= period.valid_to):
            found += (
                replace(period, valid_to=day - _DAY),
                replace(period, period_id=new_id(), valid_from=day, is_new=True),
            )
        else:
            found.append(period)
    return tuple(found)


def _ending(periods: _Periods, next_day: date) -> _Periods:
    """The last of them runs up to the next day."""
    return (*periods[:-1], replace(periods[-1], valid_to=next_day - _DAY)) if periods else ()


def _follow_each_other(periods: _Periods) -> bool:
    each = all(p.valid_to is None or p.valid_from <= p.valid_to for p in periods)
    return each and all(
        one.valid_to is not None and one.valid_to < other.valid_from
        for one, other in pairwise(periods)
    )
