"""The month out of the year: the visits that the approved year has in it, to be laid out anew within the month's real half-days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop.planning.plans import PlannedPeriod
from desktop.planning.problem import Blocked, Levelling, PlanningProblem, Slot, Visit


def month_problem(
    year: PlanningProblem,
    approved: PlannedPeriod,
    first: date,
    last: date,
    *,
    slots: Sequence[Slot] | None = None,
    blocked: Sequence[Blocked] | None = None,
) -> PlanningProblem:
    """Return the problem of the days from first to last; `slots` and `blocked` are the month's own working time if known better.

    In it are the visits that the year has there, and those it has nowhere whose days reach into it. Leaving the year's half-day is
    cheap: people approved the month, not the half-day.
    """
    stands = {planned.visit: planned.at.day for planned in approved.planned}
    chains = _chains(year, stands)
    visits = [
        _within(visit, chains[visit.household], first, last)
        for visit in year.visits
        if _belongs(visit, stands, first, last)
    ]
    weights = year.weights
    return replace(
        year,
        first=first,
        last=last,
        today=first,
        visits=tuple(visits),
        slots=tuple(
            slot
            for slot in (year.slots if slots is None else slots)
            if first <= slot.at.day <= last
        ),
        blocked=tuple(
            taken
            for taken in (year.blocked if blocked is None else blocked)
            if first <= taken.at.day <= last
        ),
        baseline=tuple(
            placement for placement in approved.baseline() if first <= placement.at.day <= last
        ),
        levelling=Levelling.WEEK,
        weights=replace(
            weights, moved_near=weights.moved_in_month, moved_far=weights.moved_in_month
        ),
    )


def _belongs(visit: Visit, stands: dict[str, date], first: date, last: date) -> bool:
    day = stands.get(visit.code)
    if day is not None:
        return first <= day <= last
    return visit.earliest <= last and visit.latest >= first


def _chains(year: PlanningProblem, stands: dict[str, date]) -> dict[str, list[tuple[date, bool]]]:
    """Per household the planned days of its spaced visits."""
    chains: dict[str, list[tuple[date, bool]]] = {
        household.number: [] for household in year.households
    }
    for visit in year.visits:
        if visit.code in stands:
            chains[visit.household].append((stands[visit.code], visit.spaced))
    return chains


def _within(
    visit: Visit,
    chain: list[tuple[date, bool]],
    first: date,
    last: date,
) -> Visit:
    """Clip the days to the month; what the year has before and after it counts for the distance."""
    before = [day for day, spaced in chain if spaced and day < first]
    after = [day for day, spaced in chain if spaced and day > last]
    made = [visit.last_visit] if visit.last_visit else []
    earliest = max(visit.earliest, first)
    return replace(
        visit,
        earliest=earliest,
        latest=max(earliest, min(visit.latest, last)),
        last_visit=max([*made, *before], default=None),
        next_visit=min(after, default=visit.next_visit),
    )
