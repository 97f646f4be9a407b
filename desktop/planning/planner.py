"""The caseworker's planner: a problem in, the same explained plan out on every machine.

Why own code: no solver library found keeps the distance between two visits of one household, explains itself, stays near to an
earlier plan and runs inside a closed network without a large runtime (`domain/visit-planning.md` compares them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.planning.budget import Effort, iterations_for
from desktop.planning.describing import describe
from desktop.planning.draft import Draft
from desktop.planning.engine import Search
from desktop.planning.plans import PlannedPeriod
from desktop.planning.pricing import Pricing
from desktop.planning.problem import Placement, PlanningProblem
from desktop.planning.settling import settle
from desktop.planning.translating import translate

SEED = 1
#: Told (done, of) iterations between slices of the search; False stops it with the best plan so far.
Report = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A plan that is found but not yet told: an office may have to make it anew before anybody reads its reasons."""

    draft: Draft
    iterations: int
    seed: int

    def told(self) -> PlannedPeriod:
        """Return the plan with its reasons."""
        return describe(self.draft, iterations=self.iterations, seed=self.seed)


def plan(
    problem: PlanningProblem,
    *,
    effort: Effort = Effort.YEAR,
    iterations: int | None = None,
    seed: int = SEED,
    report: Report | None = None,
) -> PlannedPeriod:
    """Plan the period afresh; the baseline only has its prices. `iterations` overrides the effort's budget."""
    return sketch(problem, effort=effort, iterations=iterations, seed=seed, report=report).told()


def sketch(
    problem: PlanningProblem,
    *,
    effort: Effort = Effort.YEAR,
    iterations: int | None = None,
    seed: int = SEED,
    report: Report | None = None,
) -> Sketch:
    """Find what `plan` tells."""
    pricing = Pricing(problem)
    count = iterations_for(effort, len(problem.visits)) if iterations is None else iterations
    draft = _search(pricing, None, count, seed, report)
    return Sketch(draft=draft, iterations=count, seed=seed)


def sketch_from_baseline(problem: PlanningProblem, *, iterations: int | None = None) -> Sketch:
    """Find a plan that begins from the baseline, so that little moves."""
    count = iterations
    if count is None:
        count = iterations_for(Effort.REPLAN, len(problem.visits))
    draft = improved_baseline(problem, count)
    return Sketch(draft=draft, iterations=count, seed=SEED)


def improved_baseline(
    problem: PlanningProblem, iterations: int, seed: int = SEED, report: Report | None = None
) -> Draft:
    """Return the draft that a short, cool search finds from the baseline."""
    pricing = Pricing(problem)
    start = _baseline_where_it_goes(pricing)
    settle(start)
    return _search(pricing, start, iterations, seed, report)


def draft_of(pricing: Pricing, placements: Iterable[Placement]) -> Draft:
    """Return kept placements as a draft again, route order and all; they must be legal ones."""
    numbers = {visit.code: number for number, visit in enumerate(pricing.problem.visits)}
    draft = Draft(pricing)
    for placement in sorted(placements, key=lambda placed: (placed.at, placed.order)):
        slot = pricing.slot_at[placement.at]
        draft.add(numbers[placement.visit], slot, len(draft.routes[slot]))
    return draft


def _baseline_where_it_goes(pricing: Pricing) -> Draft:
    """The baseline as far as its half-days are still there and legal; pinned and statutory visits have the first choice."""
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


def _search(
    pricing: Pricing, start: Draft | None, iterations: int, seed: int, report: Report | None
) -> Draft:
    translation = translate(pricing)
    draft = start or Draft(pricing)
    if translation.problem.customers and iterations:
        begin = None if start is None else translation.plan(start.routes)
        result = Search(translation.problem, seed).solve(iterations, begin, report)
        draft = Draft(pricing, translation.routes(result.routes))
    settle(draft)
    return draft
