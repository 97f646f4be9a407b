"""After an absence, an urgent visit or lost half-days: a new plan that moves as little near and nothing announced, and what would move.

Nothing is changed by asking: the answer is a proposal to be looked at first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.planning.draft import Draft
from desktop.planning.events import Event, LostHalfDays, changed_problem, new_visits
from desktop.planning.halves import HalfDay
from desktop.planning.planner import SEED, Report, draft_of
from desktop.planning.plans import PlannedPeriod
from desktop.planning.pricing import Pricing
from desktop.planning.problem import PlanningProblem
from desktop.planning.proposals import SearchPlan, make_proposal

#: So many weeks after the event are planned again; what lies later stays.
HORIZON_WEEKS = 6
#: More moves near by than these are worth a second search, in which a move costs this many times as much.
CALM, CALMER = 2, 4


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
    search = SearchPlan(
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


def moves_between(
    problem: PlanningProblem, standing: PlannedPeriod, proposal: PlannedPeriod, event: Event
) -> tuple[Move, ...]:
    """Return what stands elsewhere in the proposal, in order of time; the event's own visit is no move."""
    now = {planned.visit: planned.at for planned in proposal.planned}
    announced = {visit.code: visit.announced for visit in problem.visits}
    open_halves = {slot.at for slot in problem.slots}
    near = problem.today + timedelta(days=problem.weights.near_days)
    own = {visit.code for visit in new_visits(problem, event)}
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


def _calm_proposal(changed: PlanningProblem, search: SearchPlan, event: Event) -> PlannedPeriod:
    """The cheapest proposal, or a calmer one that leaves nothing more out, where many visits of the next days would move."""
    cheapest = make_proposal(changed, search, 1)
    restless = _near_moves(changed, search, event, cheapest)
    if restless <= CALM:
        return cheapest
    calmer = make_proposal(changed, search, CALMER)
    fewer = _near_moves(changed, search, event, calmer) < restless
    return calmer if fewer and _loss(changed, calmer) <= _loss(changed, cheapest) else cheapest


def _near_moves(
    changed: PlanningProblem, search: SearchPlan, event: Event, proposal: PlannedPeriod
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


def _horizon(problem: PlanningProblem, event: Event) -> date:
    """Some weeks after today and after the event's last day."""
    days = [problem.today]
    if isinstance(event, LostHalfDays):
        days += [at.day for at in event.halves]
    days += [visit.latest for visit in new_visits(problem, event)]
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
