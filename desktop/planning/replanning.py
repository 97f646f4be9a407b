"""After an absence, an urgent visit or lost half-days: a new plan that moves as little near and nothing announced, and what would move.

Nothing is changed by asking: the answer is a proposal to be looked at first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.planning.budget import Effort, iterations_for
from desktop.planning.describing import describe
from desktop.planning.draft import Draft
from desktop.planning.halves import HalfDay
from desktop.planning.planner import SEED, Report, draft_of, improved_baseline
from desktop.planning.plans import PlannedPeriod, PlannedVisit
from desktop.planning.pricing import Pricing
from desktop.planning.problem import Basis, Blocked, Placement, PlanningProblem, Visit
from desktop.planning.reasons import Reason
from desktop.planning.settling import settle

REVISIT_DAYS = 14
#: So many weeks after the event are planned again; what lies later stays.
HORIZON_WEEKS = 6
#: More moves near by than these are worth a second search, in which a move costs this many times as much.
CALM, CALMER = 2, 4
#: Sentences about visits this much later cannot have changed: no other visit of theirs lies in the weeks planned again.
BEYOND_DAYS = 35


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A visit that would stand elsewhere than before.

    `after` is None if it would fall out. `near`: within the next days; `forced`: its half-day fell away, so it could not stay.
    """

    visit: str
    before: HalfDay
    after: HalfDay | None
    near: bool
    announced: bool
    forced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """The proposal: the new problem (from the event on), its plan, and exactly what would move."""

    problem: PlanningProblem
    plan: PlannedPeriod
    moves: tuple[Move, ...]

    @property
    def broken_promises(self) -> tuple[Move, ...]:
        """Announced visits that cannot stay: the households must be told."""
        return tuple(move for move in self.moves if move.announced)

    @property
    def near_moves(self) -> tuple[Move, ...]:
        """Visits of the next days that would move although their own half-day is still there."""
        return tuple(move for move in self.moves if move.near and not move.forced)


def replan(
    problem: PlanningProblem,
    standing: PlannedPeriod,
    event: Event,
    *,
    today: date,
    iterations: int | None = None,
    seed: int = SEED,
    report: Report | None = None,
) -> Replanned:
    """Return the plan from today (after an absence: from the next half-day) that stays as near to the standing one as it can.

    An announced visit gives way only where a statutory one would be lost otherwise. What lies more than some weeks after the event stays
    where it is.
    """
    changed = changed_problem(problem, standing, event, today)
    until = _horizon(changed, event)
    search = _Search(
        standing=standing, until=until, iterations=iterations, seed=seed, report=report
    )
    while True:
        proposal = _calm_proposal(changed, search, event)
        broken = promises_in_the_way(changed, proposal)
        if not broken:
            break
        changed = _released(changed, broken)
    return Replanned(
        problem=changed, plan=proposal, moves=moves_between(changed, standing, proposal, event)
    )


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
        visits=(*remaining, *_new_visits(problem, event)),
        slots=slots,
        blocked=tuple(sorted(blocked, key=lambda taken: taken.at)),
        baseline=tuple(
            Placement(visit=planned.visit, at=planned.at, order=planned.order)
            for planned in standing.planned
            if planned.visit not in made
        ),
    )


def moves_between(
    problem: PlanningProblem, standing: PlannedPeriod, proposal: PlannedPeriod, event: Event
) -> tuple[Move, ...]:
    """Return what stands elsewhere in the proposal, in order of time; the event's own visit is no move."""
    now = {planned.visit: planned.at for planned in proposal.planned}
    announced = {visit.code: visit.announced for visit in problem.visits}
    open_halves = {slot.at for slot in problem.slots}
    near = problem.today + timedelta(days=problem.weights.near_days)
    own = {visit.code for visit in _new_visits(problem, event)}
    return tuple(
        Move(
            visit=planned.visit,
            before=planned.at,
            after=now.get(planned.visit),
            near=planned.at.day <= near,
            announced=announced[planned.visit],
            forced=planned.at not in open_halves,
        )
        for planned in standing.planned
        if planned.visit in announced
        and planned.visit not in own
        and now.get(planned.visit) != planned.at
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """How and how far a proposal is looked for."""

    standing: PlannedPeriod
    until: date
    iterations: int | None
    seed: int
    report: Report | None


def _calm_proposal(changed: PlanningProblem, search: _Search, event: Event) -> PlannedPeriod:
    """The cheapest proposal, or a calmer one that leaves nothing more out, where many visits of the next days would move."""
    cheapest = _proposal(changed, search, 1)
    restless = _near_moves(changed, search, event, cheapest)
    if restless <= CALM:
        return cheapest
    calmer = _proposal(changed, search, CALMER)
    fewer = _near_moves(changed, search, event, calmer) < restless
    return calmer if fewer and _loss(changed, calmer) <= _loss(changed, cheapest) else cheapest


def _near_moves(
    changed: PlanningProblem, search: _Search, event: Event, proposal: PlannedPeriod
) -> int:
    moves = moves_between(changed, search.standing, proposal, event)
    return sum(move.near and not move.forced for move in moves)


def _loss(problem: PlanningProblem, proposal: PlannedPeriod) -> tuple[int, int]:
    """Statutory visits left out, and the price of the others."""
    weights = problem.weights
    return (
        sum(missed.statutory for missed in proposal.unplanned),
        sum(weights.drop_price(missed.points) for missed in proposal.unplanned),
    )


def _proposal(changed: PlanningProblem, search: _Search, firmness: int) -> PlannedPeriod:
    """Search in the next weeks alone, then put both parts together; the far part is told as it was.

    `firmness` multiplies what a move costs, for the search only.
    """
    until, standing = search.until, search.standing
    near = near_problem(changed, until)
    weights = near.weights
    near = replace(
        near,
        weights=replace(
            weights,
            moved_near=weights.moved_near * firmness,
            moved_far=weights.moved_far * firmness,
        ),
    )
    count = search.iterations
    if count is None:
        count = iterations_for(Effort.REPLAN, len(near.visits))
    found = improved_baseline(near, count, search.seed, search.report)
    placed = [
        Placement(visit=near.visits[visit].code, at=slot.at, order=order)
        for slot, route in zip(near.slots, found.routes, strict=True)
        for order, visit in enumerate(route, start=1)
    ]
    far = [placement for placement in changed.baseline if placement.at.day > until]
    draft = draft_of(Pricing(changed), [*placed, *far])
    settle(draft)
    known = _untouched(changed, draft, standing, until + timedelta(days=BEYOND_DAYS))
    return describe(draft, iterations=count, seed=search.seed, known=known)


def _untouched(
    changed: PlanningProblem, draft: Draft, standing: PlannedPeriod, after: date
) -> list[PlannedVisit]:
    """What stands where it stood, far behind everything that could have changed."""
    there = {
        changed.visits[visit].code: slot.at
        for slot, route in zip(changed.slots, draft.routes, strict=True)
        if slot.at.day > after
        for visit in route
    }
    return [told for told in standing.planned if there.get(told.visit) == told.at]


def near_problem(problem: PlanningProblem, until: date) -> PlanningProblem:
    """Return the part of the problem up to the day; what the baseline has later counts for the distance only."""
    stands = {placement.visit: placement.at.day for placement in problem.baseline}
    later: dict[str, date] = {}
    for visit in problem.visits:
        day = stands.get(visit.code)
        if day is not None and day > until and visit.spaced:
            later[visit.household] = min(day, later.get(visit.household, day))
    return replace(
        problem,
        last=until,
        visits=tuple(
            replace(visit, next_visit=later.get(visit.household, visit.next_visit))
            for visit in problem.visits
            if stands.get(visit.code, visit.earliest) <= until
        ),
        slots=tuple(slot for slot in problem.slots if slot.at.day <= until),
        blocked=(),
        baseline=tuple(placement for placement in problem.baseline if placement.at.day <= until),
    )


def _horizon(problem: PlanningProblem, event: Event) -> date:
    """Some weeks after today and after the event's last day."""
    days = [problem.today]
    if isinstance(event, LostHalfDays):
        days += [at.day for at in event.halves]
    days += [visit.latest for visit in _new_visits(problem, event)]
    return max(days) + timedelta(weeks=HORIZON_WEEKS)


def promises_in_the_way(problem: PlanningProblem, proposal: PlannedPeriod) -> frozenset[str]:
    """Return the fewest announced visits without which a statutory one that found no half-day would have one; empty if there are none."""
    if not any(missed.statutory for missed in proposal.unplanned):
        return frozenset()
    pricing = Pricing(problem)
    draft = draft_of(pricing, proposal.baseline())
    ways: list[tuple[int, int, frozenset[str]]] = []
    for visit in draft.unplanned():
        if problem.visits[visit].statutory:
            for slot in pricing.options[visit].slots:
                broken = _broken_for(draft, visit, slot)
                if broken:
                    ways.append((len(broken), slot, broken))
    return min(ways, key=lambda way: way[:2])[2] if ways else frozenset()


def _broken_for(draft: Draft, visit: int, slot: int) -> frozenset[str]:
    """The promises to break for the statutory visit to have the slot; empty if that would not do."""
    visits = draft.pricing.problem.visits
    trial = draft.copy()
    soft = [
        other
        for other in draft.routes[slot]
        if visits[other].announced and visits[other].appointment and not visits[other].statutory
    ]
    broken = set()
    for other in sorted(soft, key=lambda other: (visits[other].points, -visits[other].minutes)):
        trial.remove(other)
        broken.add(visits[other].code)
        if trial.price(visit, slot, 0) is not None:
            return frozenset(broken)
    return frozenset()


def _released(problem: PlanningProblem, broken: frozenset[str]) -> PlanningProblem:
    visits = tuple(
        replace(visit, appointment=None) if visit.code in broken else visit
        for visit in problem.visits
    )
    return replace(problem, visits=visits)


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


def _new_visits(problem: PlanningProblem, event: Event) -> list[Visit]:
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
