"""A proposal after an event: the next weeks are searched anew from the standing plan, what lies later stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.planning.budget import Effort, iterations_for
from desktop.planning.describing import describe
from desktop.planning.draft import Draft
from desktop.planning.planner import Report, draft_of, improved_baseline
from desktop.planning.plans import PlannedPeriod, PlannedVisit
from desktop.planning.pricing import Pricing
from desktop.planning.problem import PlanningProblem
from desktop.planning.settling import settle

#: Sentences about visits this much later cannot have changed: no other visit of theirs lies in the weeks planned again.
BEYOND_DAYS = 35


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    """How and how far a proposal is looked for."""

    standing: PlannedPeriod
    until: date
    iterations: int | None
    seed: int
    report: Report | None


def make_proposal(changed: PlanningProblem, search: SearchPlan, firmness: int) -> PlannedPeriod:
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
    far = [placement for placement in changed.baseline if placement.at.day > until]
    draft = draft_of(Pricing(changed), [*found.placements(), *far])
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
