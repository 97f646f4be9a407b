"""Who has booked whom for which half-day: one table for the office, so that nobody is promised twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.planning.halves import HalfDay
from desktop.planning.plans import PlannedPeriod
from desktop.planning.problem import PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Booking:
    """A partner (同行者・公用車) in a half-day."""

    partner: str
    at: HalfDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A booking that several caseworkers made."""

    booking: Booking
    caseworkers: tuple[str, ...]


def bookings_of(problem: PlanningProblem, period: PlannedPeriod) -> dict[Booking, list[str]]:
    """Return what the plan books, with the visits; a partner may go along to several visits of one half-day.

    The caseworker's own half-days are booked too where he has a code as a partner of others (`PlanningProblem.staff`).
    """
    visits = {visit.code: visit for visit in problem.visits}
    booked: dict[Booking, list[str]] = {}
    for planned in period.planned:
        own = (problem.staff,) if problem.staff else ()
        for partner in (*visits[planned.visit].partners, *own):
            booked.setdefault(Booking(partner=partner, at=planned.at), []).append(planned.visit)
    return booked


def clashes(tables: Iterable[tuple[str, Iterable[Booking]]]) -> tuple[Clash, ...]:
    """Return the bookings that more than one caseworker has, in order."""
    holders: dict[Booking, list[str]] = {}
    for caseworker, booked in tables:
        for booking in booked:
            holders.setdefault(booking, []).append(caseworker)
    return tuple(
        Clash(booking=booking, caseworkers=tuple(sorted(names)))
        for booking, names in sorted(holders.items())
        if len(names) > 1
    )
