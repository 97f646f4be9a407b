"""When a household can be found at home (訪問の都合), and how often it was (面接できた割合).

A preference belongs to the household's file and is set by its caseworker. There are no words: why two people go is told
by the safety mark. Telephone numbers are kept apart (`visit_telephones`): they are content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from desktop.domain.places import Place
from desktop.domain.visit_telephones import Telephones
from desktop.domain.working_time import WEEKDAYS, Half

_NOON = time(12)


class Liking(StrEnum):
    """How a half-day of the week suits a household. What is not said is as good as any other."""

    GOOD = "good"
    BAD = "bad"
    IMPOSSIBLE = "impossible"


LIKING_LABEL: Mapping[Liking, str] = {
    Liking.GOOD: "よい",
    Liking.BAD: "避けたい",
    Liking.IMPOSSIBLE: "できない",
}
#: Signs of the same, for cells: shape and word, never colour alone.
LIKING_SIGN: Mapping[Liking, str] = {
    Liking.GOOD: "○ よい",
    Liking.BAD: "△ 避けたい",
    Liking.IMPOSSIBLE: "× できない",
}

#: Half-day of the week (Monday = 0) → how it suits.
Times = Mapping[tuple[int, Half], Liking]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPreference:
    """What holds for a household. `version` is 0 where nobody ever said anything."""

    household_id: UUID
    version: int = 0
    times: Times = field(default_factory=dict)
    is_announced: bool = False
    needs_two: bool = False
    set_by: str = field(default="", repr=False)
    set_at: datetime | None = None

    @property
    def has_any_time(self) -> bool:
        """Whether a half-day of the week is left in which the household can be visited."""
        gone = [at for at, liking in self.times.items() if liking is Liking.IMPOSSIBLE]
        return len(gone) < len(WEEKDAYS) * len(Half)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceInput:
    """What the caseworker says; `version` is the one that was shown, `preference_id` is made by the screen.

    `telephones` are those of the whole version: none said, none kept.
    """

    preference_id: UUID
    household_id: UUID
    version: int
    times: Times
    is_announced: bool
    needs_two: bool
    telephones: Telephones = field(default=Telephones(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTry:
    """A visit that was tried: when, and whether the household was met. `began_at` None: nobody noted the time."""

    happened_on: date
    began_at: time | None
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRate:
    """How often somebody was met in a half-day of the week; `weekday` None: of all days together."""

    weekday: int | None
    half: Half
    met: int
    tried: int

    @property
    def percent(self) -> int:
        """The share that was met."""
        return round(100 * self.met / self.tried)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsOfFile:
    """What the file's section shows: preference, rates since a day, place, telephones, and what safety marks ask for."""

    preference: VisitPreference
    rates: tuple[HitRate, ...]
    rates_since: date
    place: Place = field(repr=False)
    is_marked_for_two: bool
    may_edit: bool
    telephones: Telephones = field(default=Telephones(), repr=False)
    is_marked_no_phone: bool = False


def half_of(began_at: time) -> Half:
    """The half of the day in which something began."""
    return Half.AM if began_at < _NOON else Half.PM


def hit_rates(tries: Iterable[VisitTry]) -> tuple[HitRate, ...]:
    """Rates by half-day of the week and by half alone, only where somebody tried; tries without a time are left out."""
    met: dict[tuple[int | None, Half], int] = {}
    tried: dict[tuple[int | None, Half], int] = {}
    for each in tries:
        if each.began_at is None:
            continue
        half = half_of(each.began_at)
        for at in ((each.happened_on.weekday(), half), (None, half)):
            tried[at] = tried.get(at, 0) + 1
            met[at] = met.get(at, 0) + each.is_met
    order = sorted(tried, key=lambda at: (at[0] is not None, at[0] or 0, at[1]))
    return tuple(
        HitRate(weekday=weekday, half=half, met=met[weekday, half], tried=tried[weekday, half])
        for weekday, half in order
    )
