"""The caseworker's planner: a problem in, the same explained plan out on every machine.

Why own code: no solver library found keeps the distance between two visits of one household, explains itself, stays near to an
earlier plan and runs inside a closed network without a large runtime (`domain/visit-planning.md` compares them).
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.planning.budget import Effort, iterations_for
from desktop.planning.describing import describe
from desktop.planning.draft import Draft
from desktop.planning.engine import Search
from desktop.planning.plans import PlannedPeriod
from desktop.planning.pricing import Pricing
from desktop.planning.problem import PlanningProblem
from desktop.planning.settling import fill, settle
from desktop.planning.translating import translate

SEED = 1
#: Told (done, of) iterations between slices of the search; False stops it with the best plan so far.
Report = Callable[[int, int], bool]


def plan(
    problem: PlanningProblem,
    *,
    effort: Effort = Effort.YEAR,
    iterations: int | None = None,
    seed: int = SEED,
    report: Report | None = None,
) -> PlannedPeriod:
    """Plan the period afresh; the baseline only has its prices. `iterations` overrides the effort's budget."""
    return _planned(Pricing(problem), None, effort, iterations, seed, report)


def plan_from_baseline(
    problem: PlanningProblem,
    *,
    effort: Effort = Effort.REPLAN,
    iterations: int | None = None,
    seed: int = SEED,
    report: Report | None = None,
) -> PlannedPeriod:
    """Plan the period beginning from the baseline, so that little moves (re-planning)."""
    pricing = Pricing(problem)
    start = draft_of_baseline(pricing)
    settle(start)
    return _planned(pricing, start, effort, iterations, seed, report)


def draft_of_baseline(pricing: Pricing) -> Draft:
    """Return the baseline as a draft: what still goes where it stood, in its order."""
    numbers = {visit.code: number for number, visit in enumerate(pricing.problem.visits)}
    draft = Draft(pricing)
    standing = [placement for placement in pricing.problem.baseline if placement.visit in numbers]
    standing.sort(key=lambda placement: (placement.at, placement.order))
    standing.sort(key=lambda placement: not pricing.firm[numbers[placement.visit]])
    for placement in standing:
        visit, slot = numbers[placement.visit], pricing.slot_at.get(placement.at)
        if slot is not None and slot in pricing.options[visit].slots:
            draft.put(visit, slot)
    return draft


def draft_of(pricing: Pricing, period: PlannedPeriod) -> Draft:
    """Return a kept plan as a draft again, route order and all."""
    numbers = {visit.code: number for number, visit in enumerate(pricing.problem.visits)}
    draft = Draft(pricing)
    for planned in sorted(period.planned, key=lambda visit: (visit.at, visit.order)):
        slot = pricing.slot_at[planned.at]
        draft.add(numbers[planned.visit], slot, len(draft.routes[slot]))
    return draft


def _planned(
    pricing: Pricing,
    start: Draft | None,
    effort: Effort,
    iterations: int | None,
    seed: int,
    report: Report | None,
) -> PlannedPeriod:
    translation = translate(pricing)
    count = translation.problem.customers
    if iterations is None:
        iterations = iterations_for(effort, count)
    if not count or not pricing.problem.slots or not iterations:
        draft = start or Draft(pricing)
        fill(draft)
        settle(draft)
        return describe(draft, iterations=0, seed=seed)
    search = Search(translation.problem, seed)
    begin = None if start is None else translation.plan(start.routes)
    result = search.solve(iterations, begin, report)
    draft = Draft(pricing, translation.routes(result.routes))
    settle(draft)
    return describe(draft, iterations=iterations, seed=seed)
