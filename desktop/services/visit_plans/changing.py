"""Changing a draft by hand, with what it would cost said first: which rules it breaks, what it costs, who else would move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.errors import ConflictError
from desktop.domain.visit_plan_proposals import MoveTrial, TrialMove
from desktop.domain.visit_plans import NO_VISIT, PlannedVisit
from desktop.domain.working_time import Half
from desktop.planning import plans
from desktop.planning.costs import CostTable
from desktop.planning.explaining import Explainer, WhyNot
from desktop.planning.halves import Half as PlannerHalf
from desktop.planning.halves import HalfDay
from desktop.planning.problem import Levelling
from desktop.planning.reasons import REASON_WORDS
from desktop.planning.weights import MINUTE
from desktop.services.visit_plans.planning_inputs import PlanningInputs
from desktop.services.visit_plans.proposing import Asked, asked_of_standing

_NO_HALF_DAY = "この月には訪問できる半日がありません。"


@dataclass(frozen=True, slots=True)
class Trials:
    """Answers about one draft; made once, every question is then a few insertions."""

    inputs: PlanningInputs
    visits: Sequence[PlannedVisit]
    asked: Asked
    explainer: Explainer
    codes: dict[str, str]

    @classmethod
    def of(
        cls, inputs: PlanningInputs, visits: Sequence[PlannedVisit], levelling: Levelling
    ) -> Trials:
        """The draft as the planner knows it."""
        asked = asked_of_standing(inputs, visits, levelling=levelling)
        codes = {str(visit_id): code for code, visit_id in asked.visit_ids.items()}
        explainer = Explainer(asked.problem, period_of(asked, visits, codes))
        return cls(inputs, visits, asked, explainer, codes)

    def move(
        self, visit: PlannedVisit, month: date, day: date | None = None, half: Half | None = None
    ) -> MoveTrial:
        """What it would take to have the visit in that month, on that day or half-day: the best one of those that fit."""
        code = self.codes.get(str(visit.visit_id))
        open_halves = self._half_days(month, day, half)
        if code is None or not open_halves:
            at = HalfDay(day=day or month, half=PlannerHalf(half.value if half else "am"))
            broken = (self.explainer.why_not(code, at).words,) if code and day else (_NO_HALF_DAY,)
            return MoveTrial(visit_id=visit.visit_id, month=month, broken=broken)
        answers = [self.explainer.why_not(code, at) for at in open_halves]
        best = min(answers, key=_least)
        return self._trial(visit, month, best)

    def _half_days(self, month: date, day: date | None, half: Half | None) -> list[HalfDay]:
        last = months_later(month, 1) - timedelta(days=1)
        return [
            slot.at
            for slot in self.asked.problem.slots
            if month <= slot.at.day <= last
            and day in {None, slot.at.day}
            and (half is None or half.value == slot.at.half.value)
        ]

    def _trial(self, visit: PlannedVisit, month: date, answer: WhyNot) -> MoveTrial:
        moved = tuple(
            TrialMove(
                visit_id=self.asked.visit_ids[mover.visit],
                household_id=self.asked.household_ids[mover.visit],
                before=mover.before.words,
                after=mover.after.words if mover.after else "",
            )
            for mover in answer.movers
        )
        return MoveTrial(
            visit_id=visit.visit_id,
            month=month,
            day=answer.at.day,
            half=Half(answer.at.half.value),
            change_minutes=None if answer.change is None else answer.change // MINUTE,
            words=answer.words,
            broken=tuple(REASON_WORDS[reason] for reason in answer.broken),
            moved=moved,
        )


def _least(answer: WhyNot) -> tuple[object, ...]:
    """Fewest broken rules first, then fewest others that move, then the price, then the earliest."""
    change = answer.change if answer.change is not None else 1 << 60
    return (len(answer.broken), len(answer.movers), change, answer.at)


def period_of(
    asked: Asked, visits: Sequence[PlannedVisit], codes: dict[str, str]
) -> plans.PlannedPeriod:
    """The visits as a plan of the planner: those with a half-day that is still there."""
    problem = asked.problem
    there = {slot.at for slot in problem.slots}
    planned = []
    for visit in visits:
        code = codes.get(str(visit.visit_id))
        if code is None or visit.day is None or visit.half is None:
            continue
        at = HalfDay(day=visit.day, half=PlannerHalf(visit.half.value))
        if at in there:
            order = visit.place or 1
            planned.append(plans.PlannedVisit(visit=code, at=at, order=order, costs=CostTable()))
    return plans.PlannedPeriod(
        caseworker=problem.caseworker,
        first=problem.first,
        last=problem.last,
        planned=tuple(sorted(planned, key=lambda p: (p.at, p.order))),
        unplanned=(),
        cost=0,
        travel_minutes=0,
        iterations=0,
        seed=0,
    )


def one_of(visits: Sequence[PlannedVisit], visit_id: UUID) -> PlannedVisit:
    """The visit of the plan. Raises ConflictError where it is not there any more."""
    found = next((visit for visit in visits if visit.visit_id == visit_id), None)
    if found is None:
        raise ConflictError(NO_VISIT)
    return found
