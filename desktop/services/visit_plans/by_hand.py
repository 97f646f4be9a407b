"""The cost table of visits that a person adds to a draft or moves in it: stored with them, like that of planned ones.

The price is the one that the trial shows. It is stored whatever it is, with the rules that stood against it: a person may do so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from desktop.domain.visit_plans import PlannedVisit
from desktop.planning.halves import Half, HalfDay
from desktop.planning.problem import Levelling
from desktop.services.visit_plans.agreed import need_terms
from desktop.services.visit_plans.changing import Trials
from desktop.services.visit_plans.planning_inputs import PlanningInputs
from desktop.services.visit_plans.stored_reasons import ADDED, MOVED, by_hand_terms


def put_by_hand(
    given: Sequence[PlannedVisit], stored: Sequence[PlannedVisit]
) -> tuple[PlannedVisit, ...]:
    """Those of a saving that a person adds or puts elsewhere."""
    known = {visit.visit_id: visit for visit in stored}
    return tuple(
        visit
        for visit in given
        if visit.is_planned
        and ((before := known.get(visit.visit_id)) is None or _place(before) != _place(visit))
    )


def costs_by_hand(
    inputs: PlanningInputs,
    stored: Sequence[PlannedVisit],
    put: Sequence[PlannedVisit],
    levelling: Levelling,
) -> Mapping[UUID, Mapping[str, object]]:
    """Visit → its cost table where it is put, the plan being as stored otherwise."""
    known = {visit.visit_id: visit for visit in stored}
    # Whoever moves a visit frees it first; an added one stands nowhere yet.
    asked = [
        replace(known.get(v.visit_id) or replace(v, day=None, half=None), is_locked=False)
        for v in put
    ]
    ids = {visit.visit_id for visit in put}
    trials = Trials.of(inputs, (*(v for v in stored if v.visit_id not in ids), *asked), levelling)
    return {
        visit.visit_id: _terms(trials, visit, MOVED if visit.visit_id in known else ADDED)
        for visit in put
    }


def _terms(trials: Trials, visit: PlannedVisit, done: str) -> Mapping[str, object]:
    code, at = trials.codes.get(str(visit.visit_id)), _half_day(trials, visit)
    if code is None or at is None:
        return by_hand_terms(done, None, ())
    planned, broken = trials.explainer.put_there(code, at)
    need = trials.inputs.need(visit.household_id, visit.visit_id)
    return by_hand_terms(done, planned, broken) | {"need": need_terms(need)}


def _half_day(trials: Trials, visit: PlannedVisit) -> HalfDay | None:
    """Where it is put; a visit of a month alone is priced in the month's best half-day."""
    day, half = visit.day, visit.half
    if (day is None or half is None) and visit.month is not None:
        best = trials.move(visit, visit.month)
        day, half = best.day, best.half
    if day is None or half is None:
        return None
    return HalfDay(day=day, half=Half(half.value))


def _place(visit: PlannedVisit) -> tuple[object, ...]:
    return visit.month, visit.day, visit.half
