"""How many visits the law asks for in twelve months of protection (局長通知 第12-1): pure counting.

The year of a household is counted from the day its protection began. What a part of a year asks for, and what a year
asks for in which the household changed between home, hospital and facility, says the office's table (訪問回数の数え方).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from desktop.domain.dates import months_later
from desktop.domain.visit_grades import LivingPlace

_DAY = timedelta(days=1)
_MONTHS = 12


class PartYear(StrEnum):
    """What a year asks for of which only a part was under protection."""

    UP = "up"
    NEAREST = "nearest"
    DOWN = "down"
    WHOLE = "whole"


class Changes(StrEnum):
    """What a year asks for in which the household lived at several places."""

    BY_DAYS = "by_days"
    HIGHEST = "highest"
    LONGEST = "longest"
    LAST = "last"


PART_YEAR: Mapping[PartYear, str] = {
    PartYear.UP: "日数で割り当て、端数は切り上げる",
    PartYear.NEAREST: "日数で割り当て、端数は四捨五入する",
    PartYear.DOWN: "日数で割り当て、端数は切り捨てる",
    PartYear.WHOLE: "1日でも保護があれば1年分とする",
}
CHANGES: Mapping[Changes, str] = {
    Changes.BY_DAYS: "場所ごとの日数で割り当てて足す",
    Changes.HIGHEST: "いた場所のうち最も多い回数とする",
    Changes.LONGEST: "最も長くいた場所の回数とする",
    Changes.LAST: "最後にいた場所の回数とする",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """The office's table. `pauses_in_hospital`: days in hospital are left out of the year."""

    part_year: PartYear
    changes: Changes
    pauses_in_hospital: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A time under protection at one place; both days inclusive, `until` None where it goes on."""

    place: LivingPlace
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorYear:
    """One year of a household's protection, both days inclusive, and the visits that it asks for."""

    since: date
    until: date
    required: int
    days: Mapping[LivingPlace, int]


def floor_years(
    stays: Sequence[Stay], floors: Mapping[LivingPlace, int], rule: CountingRule, until: date
) -> tuple[FloorYear, ...]:
    """The years from the first stay on up to the one that holds `until`. Stays must not overlap.

    A year that protection does not fill because it goes on counts as a whole one: its rest is still to come.
    """
    ordered = sorted(stays, key=lambda stay: stay.since)
    if not ordered:
        return ()
    return tuple(
        _year(ordered, first, last, floors, rule) for first, last in _years(ordered[0].since, until)
    )


def required_in(
    stays: Sequence[Stay],
    floors: Mapping[LivingPlace, int],
    rule: CountingRule,
    since: date,
    until: date,
) -> int:
    """The visits that the days from `since` to `until`, at most a year, ask for (a fiscal year of a plan)."""
    return _year(sorted(stays, key=lambda s: s.since), since, until, floors, rule).required


def _years(began: date, until: date) -> Iterator[tuple[date, date]]:
    number = 0
    while (first := months_later(began, number * _MONTHS)) <= until:
        number += 1
        yield first, months_later(began, number * _MONTHS) - _DAY


def _year(
    stays: Sequence[Stay],
    since: date,
    until: date,
    floors: Mapping[LivingPlace, int],
    rule: CountingRule,
) -> FloorYear:
    days: dict[LivingPlace, int] = {}
    last: LivingPlace | None = None
    for stay in stays:
        first, end = max(stay.since, since), min(stay.until or until, until)
        if end < first:
            continue
        days[stay.place] = days.get(stay.place, 0) + (end - first).days + 1
        last = stay.place
    counted = {
        place: number
        for place, number in days.items()
        if not (rule.pauses_in_hospital and place is LivingPlace.HOSPITAL)
    }
    required = _required(counted, last, floors, rule, (until - since).days + 1)
    return FloorYear(since=since, until=until, required=required, days=days)


def _required(
    days: Mapping[LivingPlace, int],
    last: LivingPlace | None,
    floors: Mapping[LivingPlace, int],
    rule: CountingRule,
    length: int,
) -> int:
    if not days:
        return 0
    covered = sum(days.values())
    match rule.changes:
        case Changes.BY_DAYS:
            a_year = sum((Fraction(floors[p] * n, covered) for p, n in days.items()), Fraction(0))
        case Changes.HIGHEST:
            a_year = Fraction(max(floors[place] for place in days))
        case Changes.LONGEST:
            a_year = Fraction(floors[max(days, key=lambda p: (days[p], floors[p]))])
        case Changes.LAST:
            ended = last if last is not None and last in days else max(days, key=days.__getitem__)
            a_year = Fraction(floors[ended])
    share = Fraction(1) if rule.part_year is PartYear.WHOLE else Fraction(covered, length)
    return _rounded(a_year * share, rule.part_year)


def _rounded(visits: Fraction, rule: PartYear) -> int:
    match rule:
        case PartYear.DOWN:
            return floor(visits)
        case PartYear.NEAREST:
            return floor(visits + Fraction(1, 2))
        case PartYear.UP | PartYear.WHOLE:
            return ceil(visits)
