"""Who has booked whom for which half-day: one table for the office, so that nobody is promised twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.planning.halves import HalfDay
from desktop.planning.problem import Placement, PlanningProblem


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


def bookings_of(
    problem: PlanningProblem, placements: Iterable[Placement]
) -> dict[Booking, list[str]]:
    """Return what visits that lie there book, with the visits; a partner may go along to several visits of one half-day.

    The caseworker's own half-days are booked too where he has a code as a partner of others (`PlanningProblem.staff`).
    """
    visits = {visit.code: visit for visit in problem.visits}
    booked: dict[Booking, list[str]] = {}
    for placed in placements:
        own = (problem.staff,) if problem.staff else ()
        for partner in (*visits[placed.visit].partners, *own):
            booked.setdefault(Booking(partner=partner, at=placed.at), []).append(placed.visit)
    return booked


def promised(problem: PlanningProblem) -> dict[Booking, list[str]]:
    """Return what the visits fixed to a half-day book, whatever else is planned."""
    return bookings_of(
        problem,
        (Placement(visit=one.code, at=one.pin) for one in problem.visits if one.pin is not None),
    )


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
