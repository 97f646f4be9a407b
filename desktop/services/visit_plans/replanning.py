"""A new order of an approved plan after an absence, an urgent visit or lost half-days, that moves as little as it can."""

from __future__ import annotations

from collections.abc import Sequence
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
from desktop.domain.visit_replans import LostHalves, NobodyMet, PlanEvent, Replan, UrgentVisit
from desktop.domain.working_time import Half
from desktop.planning import events
from desktop.planning import replanning as planner
from desktop.planning.halves import Half as PlannerHalf
from desktop.planning.halves import HalfDay
from desktop.planning.problem import Basis, Levelling, Visit
from desktop.services.visit_plans.changing import period_of
from desktop.services.visit_plans.planner_data import half_day
from desktop.services.visit_plans.planning_inputs import PlanningInputs
from desktop.services.visit_plans.proposing import Asked, asked_of_standing

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
    standing = period_of(asked, visits, codes)
    happened, kind = _event(inputs, asked, event)
    found = planner.replan(
        asked.problem, standing, happened, today=inputs.today, iterations=iterations
    )
    stored = {visit.visit_id: visit for visit in visits}
    moves = tuple(_move(asked, stored, move) for move in found.moves)
    added = tuple(
        _added(inputs, visit, planned.at, planned.order, kind)
        for planned in found.plan.planned
        if planned.visit not in asked.visit_ids
        for visit in found.problem.visits
        if visit.code == planned.visit
    )
    return Replan(
        plan_id=plan_id,
        moves=moves,
        added=added,
        deviations=_deviations(plan_id, moves, added, shown),
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
    return Visit(
        code=f"{facts.case_number}-{_URGENT_CODE}",
        household=facts.case_number,
        basis=Basis.EXTRA,
        due=event.until,
        earliest=inputs.today,
        latest=event.until,
        minutes=event.minutes,
        statutory=True,
    )


def _move(asked: Asked, stored: dict[UUID, PlannedVisit], move: planner.Move) -> ProposalMove:
    visit = stored[asked.visit_ids[move.visit]]
    return ProposalMove(
        visit_id=visit.visit_id,
        household_id=visit.household_id,
        before=move.before.day,
        after=move.after.day if move.after else None,
        before_half=Half(move.before.half.value),
        after_half=Half(move.after.half.value) if move.after else None,
        is_announced=move.announced,
    )


def _added(
    inputs: PlanningInputs, visit: Visit, at: HalfDay, order: int, kind: VisitKind
) -> PlannedVisit:
    household_id = next(
        each for each, facts in inputs.households.items() if facts.case_number == visit.household
    )
    return PlannedVisit(
        visit_id=new_id(),
        household_id=household_id,
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
