"""Times of day of visits (訪問の時間帯): in which somebody was not at home, and in which to try next."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

_NOON, _LATE = 12 * 60, 15 * 60


class TimeBand(StrEnum):
    """A part of the working day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    LATE = "late"


TIME_BAND: dict[TimeBand, str] = {
    TimeBand.MORNING: "午前",
    TimeBand.AFTERNOON: "午後（早め）",
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


def same_band(vain: Iterable[int | None]) -> TimeBand | None:
    """The one band in which all attempts were made; None where they differ or a time is unknown."""
    tried = {None if minute is None else band_of(minute) for minute in vain}
    return tried.pop() if len(tried) == 1 else None
