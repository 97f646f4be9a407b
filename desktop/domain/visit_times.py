"""Times of day of visits (訪問の時間帯): in which somebody was not at home, and in which to try next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.calendar import BusinessCalendar

_NOON, _LATE = 12 * 60, 15 * 60


class TimeBand(StrEnum):
    """A part of the working day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    LATE = "late"


TIME_BAND: dict[TimeBand, str] = {
    TimeBand.MORNING: "午前",
    TimeBand.AFTERNOON: "昼過ぎ",
    TimeBand.LATE: "夕方",
}


def band_of(minute: int) -> TimeBand:
    """The band of a minute since midnight."""
    if minute < _NOON:
        return TimeBand.MORNING
    return TimeBand.AFTERNOON if minute < _LATE else TimeBand.LATE


def another_band(vain: Iterable[int | None]) -> TimeBand | None:
    """The band tried least among vain attempts, an earlier one of the day first; None where no time is known."""
    tried = [band_of(minute) for minute in vain if minute is not None]
    if not tried:
        return None
    return min(TimeBand, key=tried.count)


def revisit_on(absent_on: date, days: int, calendar: BusinessCalendar) -> date:
    """The last open day on which to come again within so many days; the next open one where none is left."""
    due = calendar.previous_open(absent_on + timedelta(days=days))
    return due if due > absent_on else calendar.add_open_days(absent_on, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """When to come again after an absence, as a proposal with its reason; `band` None where no time is known."""

    due_on: date
    band: TimeBand | None
    reason: str

    @property
    def words(self) -> str:
        """As the next step says it."""
        return f"再訪問（{TIME_BAND[self.band]}）" if self.band else "再訪問"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitTerms:
    """What a proposal needs to know: minutes of the absences so far, the office's limit in days, its open days."""

    vain: tuple[int | None, ...] = ()
    days: int = 7
    calendar: BusinessCalendar = field(default_factory=BusinessCalendar)

    def propose(self, absent_on: date, minute: int | None) -> Revisit:
        """The proposal after one more absence at this minute."""
        vain = (*self.vain, minute)
        band = another_band(vain)
        tried = "・".join(TIME_BAND[b] for b in TimeBand if b in _bands(vain))
        why = f"これまでの不在は{tried}なので、別の時間帯に。" if tried else ""
        return Revisit(
            due_on=revisit_on(absent_on, self.days, self.calendar),
            band=band,
            reason=f"不在から{self.days}日以内に再訪問します。{why}",
        )


def _bands(vain: Iterable[int | None]) -> set[TimeBand]:
    return {band_of(minute) for minute in vain if minute is not None}


def same_band(vain: Iterable[int | None]) -> TimeBand | None:
    """The one band in which all attempts were made; None where they differ or a time is unknown."""
    tried = {None if minute is None else band_of(minute) for minute in vain}
    return tried.pop() if len(tried) == 1 else None
