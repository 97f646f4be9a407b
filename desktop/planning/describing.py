"""From a settled draft to the plan that is kept: cost tables, alternatives, what was closed, and why a visit is unplanned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from desktop.planning.costs import CostTable, cost_table
from desktop.planning.draft import Draft
from desktop.planning.halves import HalfDay, monday_of
from desktop.planning.plans import (
    Alternative,
    Cause,
    PlannedPeriod,
    PlannedVisit,
    ReasonCount,
    UnplannedVisit,
)
from desktop.planning.pricing import FAR
from desktop.planning.reasons import Reason
from desktop.planning.travel import whole_minutes

ALTERNATIVES = 2
_WEEK = timedelta(days=7)


def describe(
    draft: Draft, *, iterations: int, seed: int, known: Iterable[PlannedVisit] = ()
) -> PlannedPeriod:
    """Return the plan of the draft; the draft is as before afterwards. `known` visits stand where they stood and are told as before."""
    problem = draft.pricing.problem
    told = {planned.visit: planned for planned in known}
    planned = [
        told.get(problem.visits[visit].code) or _planned(draft, visit, position + 1)
        for route in map(list, draft.routes)
        for position, visit in enumerate(route)
    ]
    return PlannedPeriod(
        caseworker=problem.caseworker,
        first=problem.first,
        last=problem.last,
        planned=tuple(planned),
        unplanned=tuple(_unplanned(draft, visit) for visit in draft.unplanned()),
        cost=draft.total(),
        travel_minutes=draft.travel_minutes(),
        iterations=iterations,
        seed=seed,
    )


def describe_visit(draft: Draft, visit: int) -> PlannedVisit:
    """Return one planned visit as the plan tells it; the draft is as before afterwards."""
    return _planned(draft, visit, draft.routes[draft.slot[visit]].index(visit) + 1)


def _planned(draft: Draft, visit: int, order: int) -> PlannedVisit:
    pricing = draft.pricing
    here, position = draft.remove(visit)
    others = _others(draft, visit, here)
    travel = draft.travel_of(visit, here, position)
    costs = cost_table(
        pricing.terms(visit, here),
        travel=travel,
        gaps=draft.gaps(visit, here),
        level=draft.levelling(visit, here),
    )
    alternatives, full, next_week = _elsewhere(draft, visit, here)
    draft.add(visit, here, position)
    alone = 2 * pricing.way_price[pricing.place[visit]]
    saved = max(0, alone - travel) // max(pricing.weights.travel, 1)
    return PlannedVisit(
        visit=pricing.problem.visits[visit].code,
        at=pricing.problem.slots[here].at,
        order=order,
        costs=costs,
        alternatives=alternatives,
        refused=_counts(_closed(draft, visit) + full),
        next_week=next_week,
        previous=_previous(draft, visit),
        together=others[0],
        in_house=others[1],
        saved_minutes=whole_minutes(saved),
    )


def _others(draft: Draft, visit: int, slot: int) -> tuple[int, int]:
    """Other households of the same 町内, and of the same facility, in the half-day."""
    home = draft.pricing.home[visit]
    beside = {
        draft.pricing.home[other].number: draft.pricing.home[other] for other in draft.routes[slot]
    }
    town = sum(bool(home.town) and other.town == home.town for other in beside.values())
    house = sum(
        bool(home.facility) and other.facility == home.facility for other in beside.values()
    )
    return town, house


def _elsewhere(
    draft: Draft, visit: int, here: int
) -> tuple[tuple[Alternative, ...], Counter[Reason], Reason | None]:
    """The best half-days of other weeks, how many the plan itself closed, and what speaks against the next week."""
    pricing = draft.pricing
    options = pricing.options[visit]
    own, following = pricing.week[here], pricing.week[here] + _WEEK.days
    best: dict[int, tuple[int, int]] = {}
    full: Counter[Reason] = Counter()
    next_closed: Counter[Reason] = Counter()
    for slot, fixed in zip(options.slots, options.prices, strict=True):
        week = pricing.week[slot]
        if slot == here:
            continue
        found = draft.price(visit, slot, fixed)
        if found is None:
            spacing = draft.gaps(visit, slot) >= FAR or draft.twice(visit, slot)
            reason = Reason.SPACING if spacing else Reason.FULL
            full[reason] += 1
            next_closed[reason] += week == following
        elif week != own and (week not in best or found[0] < best[week][0]):
            best[week] = found[0], slot
    chosen = sorted(best.values())[:ALTERNATIVES]
    next_week = None if following in best else _against_week(draft, visit, following, next_closed)
    return tuple(_alternative(draft, visit, slot) for _, slot in chosen), full, next_week


def _alternative(draft: Draft, visit: int, slot: int) -> Alternative:
    insertion = draft.insertion(visit, slot)
    costs = draft.table(visit, slot, insertion) if insertion else CostTable()
    return Alternative(at=draft.pricing.problem.slots[slot].at, costs=costs)


def _against_week(draft: Draft, visit: int, monday: int, closed: Counter[Reason]) -> Reason | None:
    """The main reason that leaves no half-day in the week that begins on this Monday."""
    pricing = draft.pricing
    wanted = pricing.problem.visits[visit]
    start, end = date.fromordinal(monday), date.fromordinal(monday) + _WEEK - timedelta(days=1)
    if wanted.pin is not None:
        return Reason.PINNED
    if start > wanted.latest:
        return Reason.WINDOW
    found = Counter(closed)
    for slot in _slots_of_week(draft, monday):
        reason = pricing.closing(visit, slot)
        if reason is not None:
            found[reason] += 1
    found += pricing.blocked_between(start, min(end, wanted.latest, pricing.problem.last))
    return main_reason(found)


def _slots_of_week(draft: Draft, monday: int) -> list[int]:
    return [slot for slot, week in enumerate(draft.pricing.week) if week == monday]


def main_reason(found: Counter[Reason]) -> Reason | None:
    """Return the most telling of several reasons: what the caseworker knows by heart (閉庁日, 内勤) last, then by number."""
    everyday = {Reason.OFFICE_CLOSED, Reason.OTHER_WORK, Reason.WINDOW}
    told = [(reason in everyday, -count, reason) for reason, count in found.items() if count > 0]
    return min(told)[2] if told else None


def _unplanned(draft: Draft, visit: int) -> UnplannedVisit:
    pricing = draft.pricing
    wanted = pricing.problem.visits[visit]
    closed = _closed(draft, visit)
    cause = Cause.NO_SLOT
    for slot in pricing.options[visit].slots:
        spacing = draft.gaps(visit, slot) >= FAR or draft.twice(visit, slot)
        closed[Reason.SPACING if spacing else Reason.FULL] += 1
    if pricing.options[visit].slots:
        cause = Cause.FULL if closed[Reason.FULL] else Cause.SPACING
    return UnplannedVisit(
        visit=wanted.code,
        cause=cause,
        statutory=wanted.statutory,
        points=wanted.points,
        refused=_counts(closed),
    )


def _closed(draft: Draft, visit: int) -> Counter[Reason]:
    """What the visit's own rules and working time take out of its window."""
    wanted = draft.pricing.problem.visits[visit]
    return draft.pricing.options[visit].closed + draft.pricing.blocked_between(
        *((wanted.pin.day, wanted.pin.day) if wanted.pin else (wanted.earliest, wanted.latest))
    )


def _counts(found: Counter[Reason]) -> tuple[ReasonCount, ...]:
    return tuple(
        ReasonCount(reason=reason, half_days=count)
        for reason, count in sorted(found.items(), key=lambda row: (-row[1], row[0]))
        if count > 0
    )


def _previous(draft: Draft, visit: int) -> date | None:
    before = draft.pricing.before[visit]
    if before >= 0 and draft.slot[before] >= 0:
        return draft.pricing.day[draft.slot[before]]
    return draft.pricing.problem.visits[visit].last_visit


def week_of(at: HalfDay) -> date:
    """Return the Monday of the half-day's week."""
    return monday_of(at.day)
