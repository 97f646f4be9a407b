"""Small planning problems written by hand: places on a line, a minute apart per unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from desktop.planning.halves import Half, HalfDay
from desktop.planning.problem import Basis, Household, Partner, PlanningProblem, Slot, Visit
from desktop.planning.travel import TravelTable

MONDAY = date(2027, 5, 10)


def at(day: int, half: Half = Half.MORNING) -> HalfDay:
    """The half-day so many days after the Monday."""
    return HalfDay(day=MONDAY + timedelta(days=day), half=half)


def line(minutes: Sequence[int]) -> TravelTable:
    """The office at 0 and places at so many minutes along one road."""
    places = [0, *minutes]
    return TravelTable(
        size=len(places), price=tuple(abs(a - b) * 100 for a in places for b in places)
    )


def make_visit(household: str = "0001", code: str = "", /, **changes: Any) -> Visit:
    """A visit of 30 minutes with two weeks from the Monday on."""
    made = Visit(
        code=code or f"{household}-1",
        household=household,
        basis=Basis.GRADE,
        grade="B",
        visits_a_year=6,
        period_days=60,
        due=MONDAY + timedelta(days=4),
        earliest=MONDAY,
        latest=MONDAY + timedelta(days=11),
        minutes=30,
    )
    return replace(made, **changes)


def small_problem(
    visits: Sequence[Visit],
    *,
    days: Sequence[int] = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11),
    minutes: int = 120,
    ways: Sequence[int] | None = None,
    partners: tuple[Partner, ...] = (),
    **changes: Any,
) -> PlanningProblem:
    """Mornings of two weeks; each household lives ten minutes from the office unless `ways` says more."""
    numbers = list(dict.fromkeys(visit.household for visit in visits))
    made = PlanningProblem(
        caseworker="CW-01",
        first=MONDAY,
        last=MONDAY + timedelta(days=27),
        today=MONDAY,
        households=tuple(
            Household(number=number, place=place, town=place)
            for place, number in enumerate(numbers, start=1)
        ),
        visits=tuple(visits),
        slots=tuple(Slot(at=at(day), minutes=minutes) for day in days),
        travel=line(ways or [10] * len(numbers)),
        partners=partners,
    )
    return replace(made, **changes)
