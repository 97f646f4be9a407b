"""Which visits a household is due in a period: from grade, last successful visit, legal floors, stays, appointments, purposes.

Visits are spread evenly from the last real visit, not from April. Every day of protection adds the visits a year that apply on that
day (at home, in hospital, in a facility: different numbers); a visit is due whenever a whole one has come together. How many of them
the law asks for in part-years and after moves between home and hospital says `domain/visit_floors.py`, by the office's table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop.domain.dates import months_later
from desktop.domain.visit_floors import CountingRule, Stay, required_in
from desktop.domain.visit_grades import LivingPlace
from desktop.planning.dates import add_months, month_end
from desktop.planning.demand_fixing import (
    Appointment,
    Companion,
    PurposeDue,
    with_appointments,
    with_companions,
    with_purposes,
)
from desktop.planning.problem import Basis, Visit
from desktop.planning.weights import PERCENT

YEAR = 365
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRule:
    """A grade of the office's table; 0 visits a year means: agreed case by case (随時), only the legal floor counts."""

    code: str
    visits_a_year: int
    longest_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRules:
    """The office's rules, passed in: days for an application, how early a visit may lie, days to catch up with an overdue one.

    `floors`: the fewest visits a year by place (局長通知第12-1, or more by the office's own rule), `counting` how part-years count.
    """

    floors: Mapping[LivingPlace, int]
    counting: CountingRule
    application_days: int = 7
    early_percent: int = 35
    catch_up_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdNeed:
    """What is known of a household when its visits are counted.

    `successes` are its successful visits so far (the latest is where spreading starts). `application_on`: an application (開始・変更)
    that still waits for its first visit. `stays`: where it lives under protection, oldest first; none: at home. `excused` takes the legal floor away (a coded exception, approved elsewhere).
    """

    household: str
    grade: GradeRule
    minutes: int
    protected_from: date
    protected_until: date | None = None
    successes: tuple[date, ...] = ()
    stays: tuple[Stay, ...] = ()
    application_on: date | None = None
    excused: bool = False
    points: int = 0
    announced: bool = False
    companions: tuple[Companion, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    purposes: tuple[PurposeDue, ...] = ()

    def place_on(self, day: date) -> LivingPlace:
        """Return where the household lives on the day; before the first stay as in it, between two as in the one before."""
        begun = [stay for stay in self.stays if stay.since <= day] or self.stays[:1]
        return begun[-1].place if begun else LivingPlace.HOME


@dataclass(slots=True)
class _Walk:
    """One household's walk through the period."""

    need: HouseholdNeed
    rules: DemandRules
    first: date
    last: date
    visits: list[Visit] = field(default_factory=list)

    def rate(self, day: date) -> int:
        """Visits a year that apply on the day; away from home the floor alone."""
        place = self.need.place_on(day)
        floor = 0 if self.need.excused else self.rules.floors[place]
        return max(floor, self.need.grade.visits_a_year) if place is LivingPlace.HOME else floor

    def next_due(self, base: date) -> date | None:
        """The day on which a whole visit has come together since the base, at most the last day."""
        share, day = 0, base
        while day < self.last:
            day += timedelta(days=1)
            share += self.rate(day)
            if share >= YEAR:
                return day
        return None


def demand(need: HouseholdNeed, rules: DemandRules, first: date, last: date) -> tuple[Visit, ...]:
    """Return the visits of the household due in the period, in order of their due dates, coded number-1, number-2 and so on."""
    first = max(first, need.protected_from)
    last = min(last, need.protected_until or last)
    if first > last:
        return ()
    walk = _Walk(need=need, rules=rules, first=first, last=last)
    base = _after_application(walk, _base(need, first))
    _spread(walk, base)
    _reach_floor(walk)
    visits = with_appointments(walk.visits, need.appointments, _extra(walk))
    visits = with_purposes(visits, need.purposes, _extra(walk), first, last)
    visits.sort(key=lambda visit: (visit.pin.day if visit.pin else visit.due, visit.due))
    return tuple(
        replace(visit, code=f"{need.household}-{number}")
        for number, visit in enumerate(with_companions(visits, need.companions), start=1)
    )


def _base(need: HouseholdNeed, first: date) -> date:
    made = [day for day in need.successes if day < first]
    return max(made) if made else need.protected_from


def _after_application(walk: _Walk, base: date) -> date:
    """An application is visited within the days of the law; regular visits are spread from then on."""
    asked = walk.need.application_on
    if asked is None or asked > walk.last:
        return base
    due = asked + timedelta(days=walk.rules.application_days)
    start = max(asked, walk.first)
    latest = due if due >= start else start + timedelta(days=walk.rules.application_days)
    walk.visits.append(
        _visit(walk, due, Basis.APPLICATION, start, min(latest, walk.last), statutory=True)
    )
    return max(due, base)


def _spread(walk: _Walk, base: date) -> None:
    while (due := walk.next_due(base)) is not None:
        deadline = month_end(add_months(base, _longest(walk, due)))
        if walk.need.place_on(base) is walk.need.place_on(due):
            due = min(due, deadline)
        deadline = max(deadline, due)
        period = YEAR // max(walk.rate(due), 1)
        earliest = due - timedelta(days=period * walk.rules.early_percent // PERCENT)
        if due < walk.first:
            catch_up = walk.first + timedelta(days=walk.rules.catch_up_days)
            deadline = min(max(deadline, catch_up), walk.last)
        walk.visits.append(
            _visit(
                walk, due, _basis(walk, due), max(earliest, walk.first), min(deadline, walk.last)
            )
        )
        base = max(due, walk.first)


def _basis(walk: _Walk, due: date) -> Basis:
    """The grade, or the law where the grade asks for less or says nothing about this kind of stay."""
    home = walk.need.place_on(due) is LivingPlace.HOME
    return Basis.GRADE if home and walk.rate(due) == walk.need.grade.visits_a_year else Basis.FLOOR


def _longest(walk: _Walk, due: date) -> int:
    """The longest interval in months: the grade's at home, else the year divided by its visits."""
    grade = walk.need.grade
    if walk.need.place_on(due) is LivingPlace.HOME and grade.visits_a_year:
        return grade.longest_months
    return 12 // max(walk.rate(due), 1)


def _reach_floor(walk: _Walk) -> None:
    """Mark as many visits as the law still asks for as statutory, in even distance; add what is missing."""
    owed = 0 if walk.need.excused else _owed(walk)
    spread = [number for number, visit in enumerate(walk.visits) if visit.spaced]
    if len(spread) < owed:
        walk.visits[:] = [visit for visit in walk.visits if not visit.spaced]
        length = (walk.last - walk.first).days + 1
        for number in range(owed):
            start = walk.first + timedelta(days=length * number // owed)
            end = walk.first + timedelta(days=length * (number + 1) // owed - 1)
            middle = start + (end - start) // 2
            walk.visits.append(
                _visit(walk, middle, Basis.FLOOR, start, max(start, end), statutory=True)
            )
        return
    for number in range(owed):
        which = spread[((2 * number + 1) * len(spread) - 1) // (2 * owed)]
        walk.visits[which] = replace(walk.visits[which], statutory=True)


def _owed(walk: _Walk) -> int:
    """Visits of the law for the year that ends with the period, less those made or already due by law."""
    need, rules = walk.need, walk.rules
    begin = months_later(walk.last + timedelta(days=1), -_MONTHS)
    lived = need.stays or (
        Stay(place=LivingPlace.HOME, since=need.protected_from, until=need.protected_until),
    )
    required = required_in(lived, rules.floors, rules.counting, begin, walk.last)
    made = sum(begin <= day < walk.first for day in need.successes)
    applied = sum(visit.basis is Basis.APPLICATION for visit in walk.visits)
    return max(0, required - made - applied)


def _visit(
    walk: _Walk, due: date, basis: Basis, earliest: date, latest: date, *, statutory: bool = False
) -> Visit:
    need = walk.need
    rate = walk.rate(due)
    regular = basis in {Basis.GRADE, Basis.FLOOR}
    made = [day for day in need.successes if day < walk.first]
    return Visit(
        code="",
        household=need.household,
        basis=basis,
        due=due,
        earliest=earliest,
        latest=max(earliest, latest),
        minutes=need.minutes,
        statutory=statutory,
        grade=need.grade.code,
        visits_a_year=rate,
        period_days=YEAR // max(rate, 1) if regular else 0,
        spaced=regular,
        last_visit=max(made, default=None),
        points=need.points,
        announced=need.announced,
    )


def _extra(walk: _Walk) -> Visit:
    """What an additional visit of the household looks like before its days are set."""
    return _visit(walk, walk.first, Basis.PURPOSE, walk.first, walk.last)
