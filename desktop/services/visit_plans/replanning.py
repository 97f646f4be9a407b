"""A new order of an approved plan after an absence, an urgent visit or lost half-days, that moves as little as it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from desktop.domain.errors import ConflictError
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_periods import first_of_month
from desktop.domain.visit_plan_proposals import ProposalMove
from desktop.domain.visit_plans import (
    NO_VISIT,
    NOT_OF_DISTRICT,
    Deviation,
    DeviationInput,
    PlannedVisit,
    VisitKind,
)
from desktop.domain.visit_replans import (
    LostHalves,
    NobodyMet,
    NotPlaced,
    PlanEvent,
    Replan,
    UrgentVisit,
)
from desktop.domain.working_time import Half
from desktop.planning import events, plans
from desktop.planning import replanning as planner
from desktop.planning.costs import CostTable
from desktop.planning.explaining import why
from desktop.planning.halves import Half as PlannerHalf
from desktop.planning.halves import HalfDay
from desktop.planning.problem import Basis, Levelling, Visit
from desktop.services.visit_plans.agreed import accompanied
from desktop.services.visit_plans.changing import period_of
from desktop.services.visit_plans.planner_data import half_day
from desktop.services.visit_plans.planning_inputs import PlanningInputs
from desktop.services.visit_plans.proposing import Asked, asked_of_standing
from desktop.services.visit_plans.stored_reasons import words_of_missed

#: Why each kind of deviation comes about; keys of the office's table of reasons.
_MOVED, _AGAIN, _URGENT = "replanned", "absent", "need"
_URGENT_CODE = "臨時"


def replan(
    inputs: PlanningInputs,
    plan_id: UUID,
    visits: Sequence[PlannedVisit],
    event: PlanEvent,
    *,
    shown: int,
    iterations: int | None = None,
) -> Replan:
    """What would move of the visits as they stand, after what happened. `shown` is the number of the newest deviation.

    Raises ConflictError where the visit or the household is not in the plan.
    """
    asked = asked_of_standing(inputs, visits, levelling=Levelling.MONTH)
    codes = {str(visit_id): code for code, visit_id in asked.visit_ids.items()}
    standing = _with_absence(period_of(asked, visits, codes), codes, event)
    happened, kind = _event(inputs, asked, event)
    found = planner.replan(
        asked.problem, standing, happened, today=inputs.today, iterations=iterations
    )
    moves = _moves(asked, visits, found, inputs.weights.near_days)
    wanted = {v.code: v for v in found.problem.visits if v.code not in asked.visit_ids}
    placed = [p for p in found.plan.planned if p.visit in wanted]
    added = tuple(_added(inputs, wanted[p.visit], p.at, p.order, kind) for p in placed)
    return Replan(
        plan_id=plan_id,
        moves=moves,
        added=added,
        deviations=_deviations(plan_id, moves, added, shown),
        why_added={
            visit.visit_id: why(wanted[p.visit], p) for visit, p in zip(added, placed, strict=True)
        },
        not_placed=tuple(
            NotPlaced(
                household_id=_household_of(inputs, wanted[missed.visit]),
                until=wanted[missed.visit].latest,
                words=words_of_missed(missed),
            )
            for missed in found.plan.unplanned
            if missed.visit in wanted
        ),
        near_days=inputs.weights.near_days,
    )


def _event(
    inputs: PlanningInputs, asked: Asked, event: PlanEvent
) -> tuple[events.Event, VisitKind]:
    match event:
        case NobodyMet():
            code = next((c for c, v in asked.visit_ids.items() if v == event.visit_id), None)
            if code is None:
                raise ConflictError(NO_VISIT)
            at = HalfDay(day=event.on, half=PlannerHalf(event.half.value))
            return events.Absent(visit=code, at=at), VisitKind.REVISIT
        case UrgentVisit():
            return events.Urgent(visit=_urgent(inputs, event)), VisitKind.EXTRA
        case LostHalves():
            halves = frozenset(half_day(at) for at in event.halves)
            return events.LostHalfDays(halves=halves), VisitKind.EXTRA


def _urgent(inputs: PlanningInputs, event: UrgentVisit) -> Visit:
    facts = inputs.households.get(event.household_id)
    if facts is None:
        raise ConflictError(NOT_OF_DISTRICT)
    visit = Visit(
        code=f"{facts.case_number}-{_URGENT_CODE}",
        household=facts.case_number,
        basis=Basis.EXTRA,
        due=event.until,
        earliest=inputs.today,
        latest=event.until,
        minutes=event.minutes,
        statutory=True,
    )
    return accompanied(inputs, event.household_id, visit)


def _with_absence(
    standing: plans.PlannedPeriod, codes: dict[str, str], event: PlanEvent
) -> plans.PlannedPeriod:
    """The visit at which nobody was met lies where somebody went, be that in the past or on another day than planned."""
    code = codes.get(str(event.visit_id)) if isinstance(event, NobodyMet) else None
    if code is None or not isinstance(event, NobodyMet):
        return standing
    at = HalfDay(day=event.on, half=PlannerHalf(event.half.value))
    went = plans.PlannedVisit(visit=code, at=at, order=1, costs=CostTable())
    others = (planned for planned in standing.planned if planned.visit != code)
    return replace(standing, planned=tuple(sorted((went, *others), key=lambda p: (p.at, p.order))))


def _moves(
    asked: Asked, visits: Sequence[PlannedVisit], found: planner.Replanned, near_days: int
) -> tuple[ProposalMove, ...]:
    """What would stand elsewhere, in order of time: also what stands in a half-day that was taken out since it was planned."""
    stored = {visit.visit_id: visit for visit in visits}
    known = {visit.code: visit for visit in found.problem.visits}
    now = {planned.visit: planned for planned in found.plan.planned}
    missed = {each.visit: each for each in found.plan.unplanned}
    open_halves = {slot.at for slot in found.problem.slots}
    moves = []
    for code, visit_id in asked.visit_ids.items():
        visit = stored[visit_id]
        if code not in known or visit.day is None or visit.half is None:
            continue
        before = HalfDay(day=visit.day, half=PlannerHalf(visit.half.value))
        then = now.get(code)
        if then is not None and then.at == before:
            continue
        words = why(known[code], then) if then else ""
        moves.append(
            ProposalMove(
                visit_id=visit_id,
                household_id=visit.household_id,
                before=visit.day,
                after=then.at.day if then else None,
                before_half=visit.half,
                after_half=Half(then.at.half.value) if then else None,
                is_announced=visit.is_announced,
                is_statutory=visit.is_statutory,
                is_near=(visit.day - found.problem.today).days <= near_days,
                is_forced=before not in open_halves,
                words=words_of_missed(missed[code]) if code in missed else words,
            )
        )
    return tuple(sorted(moves, key=lambda m: (m.before, m.before_half or "", str(m.visit_id))))


def _household_of(inputs: PlanningInputs, visit: Visit) -> UUID:
    return next(
        each for each, facts in inputs.households.items() if facts.case_number == visit.household
    )


def _added(
    inputs: PlanningInputs, visit: Visit, at: HalfDay, order: int, kind: VisitKind
) -> PlannedVisit:
    return PlannedVisit(
        visit_id=new_id(),
        household_id=_household_of(inputs, visit),
        kind=kind,
        month=first_of_month(at.day),
        day=at.day,
        half=Half(at.half.value),
        place=order,
        minutes=visit.minutes,
        rule=visit.basis.value,
        first_on=visit.earliest,
        last_on=visit.latest,
        due_on=visit.due,
    )


def _deviations(
    plan_id: UUID, moves: Sequence[ProposalMove], added: Sequence[PlannedVisit], shown: int
) -> tuple[DeviationInput, ...]:
    """What takes the proposal over, each naming the one before it."""
    found = [
        DeviationInput(
            deviation_id=new_id(),
            plan_id=plan_id,
            visit_id=move.visit_id,
            household_id=move.household_id,
            change=Deviation.MOVED if move.after else Deviation.CANCELLED,
            shown=shown + number,
            reason=_MOVED,
            month=first_of_month(move.after) if move.after else None,
            day=move.after,
            half=move.after_half,
        )
        for number, move in enumerate(moves)
    ]
    for visit in added:
        is_again = visit.kind is VisitKind.REVISIT
        found.append(
            DeviationInput(
                deviation_id=new_id(),
                plan_id=plan_id,
                visit_id=visit.visit_id,
                household_id=visit.household_id,
                change=Deviation.ADDED,
                shown=shown + len(found),
                reason=_AGAIN if is_again else _URGENT,
                month=visit.month,
                day=visit.day,
                half=visit.half,
                kind=visit.kind,
                minutes=visit.minutes,
            )
        )
    return tuple(found)
