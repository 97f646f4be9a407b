"""What upsets a plan (不在・臨時訪問・使えなくなった半日), and what is left to plan after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.planning.halves import HalfDay
from desktop.planning.plans import PlannedPeriod, PlannedVisit
from desktop.planning.problem import Basis, Blocked, Placement, PlanningProblem, Visit
from desktop.planning.reasons import Reason

REVISIT_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Nobody was met (不在): the household is visited again within days, in another half of the day if that goes."""

    visit: str
    at: HalfDay
    within_days: int = REVISIT_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """A visit that was not planned and must be made (臨時訪問・申請時訪問)."""

    visit: Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class LostHalfDays:
    """Half-days that fell away (病気・応援・災害), and why."""

    halves: frozenset[HalfDay]
    reason: Reason = Reason.LOST


Event = Absent | Urgent | LostHalfDays


def changed_problem(
    problem: PlanningProblem, standing: PlannedPeriod, event: Event, today: date
) -> PlanningProblem:
    """Return what is left to plan after the event, with the standing plan as its baseline.

    Visits that the standing plan has before now count as made, except the one at which nobody was met. Announced visits keep their
    half-day if there still is one.
    """
    lost = event.halves if isinstance(event, LostHalfDays) else frozenset()
    slots = tuple(
        slot for slot in problem.slots if _ahead(slot.at, event, today) and slot.at not in lost
    )
    open_halves = {slot.at for slot in slots}
    stands = {planned.visit: planned for planned in standing.planned}
    made = {code for code, planned in stands.items() if not _ahead(planned.at, event, today)}
    last_made = _last_made(problem, stands, made, event)
    remaining = [
        _freed_or_pinned(
            replace(visit, last_visit=last_made.get(visit.household, visit.last_visit)),
            stands[visit.code].at if visit.code in stands else None,
            open_halves,
        )
        for visit in problem.visits
        if visit.code not in made
    ]
    blocked = [taken for taken in problem.blocked if taken.at.day >= today]
    if isinstance(event, LostHalfDays):
        gone = [slot.at for slot in problem.slots if slot.at in lost]
        blocked += [Blocked(at=at, reason=event.reason) for at in gone]
    return replace(
        problem,
        first=today,
        today=today,
        visits=(*remaining, *new_visits(problem, event)),
        slots=slots,
        blocked=tuple(sorted(blocked, key=lambda taken: taken.at)),
        baseline=tuple(
            Placement(visit=planned.visit, at=planned.at, order=planned.order)
            for planned in standing.planned
            if planned.visit not in made
        ),
    )


def _ahead(at: HalfDay, event: Event, today: date) -> bool:
    return at.day >= today and (not isinstance(event, Absent) or at > event.at)


def _last_made(
    problem: PlanningProblem,
    stands: dict[str, PlannedVisit],
    made: Iterable[str],
    event: Event,
) -> dict[str, date]:
    """Per household the last visit that was made by now."""
    households = {visit.code: visit.household for visit in problem.visits}
    last: dict[str, date] = {
        visit.household: visit.last_visit for visit in problem.visits if visit.last_visit
    }
    absent = event.visit if isinstance(event, Absent) else None
    for code in made:
        if code != absent:
            household = households[code]
            last[household] = max(last.get(household, date.min), stands[code].at.day)
    return last


def _freed_or_pinned(visit: Visit, at: HalfDay | None, open_halves: set[HalfDay]) -> Visit:
    """An announced visit stays where it is; where its half-day is gone, no promise can be kept."""
    if visit.pin is not None and visit.pin not in open_halves:
        return replace(visit, appointment=None, locked=None)
    if visit.announced and visit.pin is None and at in open_halves:
        return replace(visit, appointment=at)
    return visit


def new_visits(problem: PlanningProblem, event: Event) -> list[Visit]:
    """Return the visits that the event asks for."""
    if isinstance(event, Urgent):
        return [event.visit]
    if isinstance(event, LostHalfDays):
        return []
    missed = next((visit for visit in problem.visits if visit.code == event.visit), None)
    if missed is None:
        return []
    day = event.at.day
    return [
        replace(
            missed,
            code=f"{missed.code}再",
            basis=Basis.REVISIT,
            due=day + timedelta(days=event.within_days // 2),
            earliest=day + timedelta(days=1),
            latest=day + timedelta(days=event.within_days),
            appointment=None,
            locked=None,
            announced=False,
            avoid=event.at.half,
        )
    ]
