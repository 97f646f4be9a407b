"""Making proposals: the district is read in one transaction; the planner then works with none open. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import visits_of
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plan_periods import first_of_month, last_of, months_of
from desktop.domain.visit_plan_proposals import PlanProposal, ProposalMove
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlanChange, PlanKind, PlannedVisit, WhyVersion
from desktop.planning.budget import Effort
from desktop.planning.exchange import to_json, without_points
from desktop.planning.halves import Half, HalfDay
from desktop.planning.planner import Report, plan
from desktop.planning.plans import PlannedPeriod
from desktop.planning.problem import Levelling, Placement, PlanningProblem
from desktop.services.visit_plans import heads
from desktop.services.visit_plans.checking import broken_rules
from desktop.services.visit_plans.month import month_visits
from desktop.services.visit_plans.planning_inputs import PlanningInputs, planning_inputs
from desktop.services.visit_plans.proposing import (
    Asked,
    asked_of,
    asked_of_standing,
    proposed_of,
)

_EFFORTS = {PlanKind.YEAR: Effort.YEAR, PlanKind.MONTH: Effort.MONTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the planner is asked. `present` are the visits of the plan that is there, as far as they are asked about."""

    head: PlanHead | None
    district_id: UUID
    kind: PlanKind
    first_on: date
    inputs: PlanningInputs
    asked: Asked
    present: tuple[PlannedVisit, ...]


def question(
    session: Session,
    staff: SignedInStaff,
    district_id: UUID,
    kind: PlanKind,
    first_on: date,
    today: date,
) -> Question:
    """Read everything that a proposal for the district's year or month is made of."""
    head = heads.plan_of(session, staff, district_id, kind, first_on)
    first = min(max(first_on, today), last_of(kind, first_on))
    months = months_of(kind, first_on)
    plan_id = head.plan_id if head else None
    inputs = planning_inputs(session, staff, district_id, months, first, today, plan_id=plan_id)
    stored = visits_of(session, head.plan_id) if head else ()
    present = tuple(v for v in stored if not v.month or v.month >= first_of_month(first))
    if kind is PlanKind.YEAR:
        asked = asked_of(inputs, present)
    else:
        asked = _of_month(session, staff, district_id, first_on, inputs, present)
    return Question(
        head=head,
        district_id=district_id,
        kind=kind,
        first_on=first_on,
        inputs=inputs,
        asked=asked,
        present=present,
    )


def answer(
    asked: Question, *, iterations: int | None = None, report: Report | None = None
) -> PlanProposal:
    """The plan as it would be stored, with what it moves and what does not fit. The same question has the same answer."""
    problem = asked.asked.problem
    period = plan(problem, effort=_EFFORTS[asked.kind], iterations=iterations, report=report)
    return answer_of(asked, problem, period)


def answer_of(
    asked: Question,
    problem: PlanningProblem,
    period: PlannedPeriod,
    clashes: tuple[str, ...] = (),
) -> PlanProposal:
    """The planner's plan as it would be stored; `clashes` are broken rules that only the whole office shows."""
    found = proposed_of(asked.inputs, asked.asked, period, asked.present)
    head = asked.head
    return PlanProposal(
        change=PlanChange(
            plan_id=head.plan_id if head else new_id(),
            save_id=new_id(),
            district_id=asked.district_id,
            kind=asked.kind,
            first_on=asked.first_on,
            version=head.version if head else 0,
            why=WhyVersion.PROPOSED,
            visits=found.visits,
            removed=found.removed,
            costs=found.costs,
        ),
        planned=sum(visit.is_planned for visit in found.visits),
        unplanned=tuple(visit for visit in found.visits if not visit.is_planned),
        findings=found.findings,
        travel_minutes=found.travel_minutes,
        moves=moves_between(asked.present, found.visits, by_day=asked.kind is PlanKind.MONTH),
        broken=(*broken_rules(problem, period), *clashes),
        problem=to_json(*without_points(problem, period)),
    )


def moves_between(
    before: Sequence[PlannedVisit], after: Sequence[PlannedVisit], *, by_day: bool = False
) -> tuple[ProposalMove, ...]:
    """Planned visits that would stand in another month (`by_day`: in another half-day), or in none, in the order of what they leave."""
    now = {visit.visit_id: visit for visit in after}
    moved = []
    for visit in before:
        if visit.month is None:
            continue
        then = now.get(visit.visit_id)
        elsewhere = then is None or then.month != visit.month
        if elsewhere or (by_day and then and (then.day, then.half) != (visit.day, visit.half)):
            moved.append(
                ProposalMove(
                    visit_id=visit.visit_id,
                    household_id=visit.household_id,
                    before=visit.day or visit.month,
                    after=(then.day or then.month) if then else None,
                    before_half=visit.half,
                    after_half=then.half if then else None,
                    is_announced=visit.is_announced,
                    is_statutory=visit.is_statutory,
                )
            )
    return tuple(sorted(moved, key=lambda move: (move.before, str(move.visit_id))))


def _of_month(
    session: Session,
    staff: SignedInStaff,
    district_id: UUID,
    month: date,
    inputs: PlanningInputs,
    present: Sequence[PlannedVisit],
) -> Asked:
    """A month is laid out from its own draft, else from the year's plan; where there is neither, from the grades."""
    visits = tuple(present)
    if not visits:
        standing = month_visits(session, staff, district_id, month).standing
        visits = tuple(s.visit for s in standing if not s.is_cancelled)
    if not visits:
        return asked_of(inputs, ())
    asked = asked_of_standing(inputs, visits, levelling=Levelling.WEEK, with_agreed=True)
    return replace(asked, problem=replace(asked.problem, baseline=baseline(asked, visits)))


def baseline(asked: Asked, visits: Sequence[PlannedVisit]) -> tuple[Placement, ...]:
    """Where the visits stand now, in the planner's words."""
    stored = {visit.visit_id: visit for visit in visits}
    found = []
    for code, visit_id in asked.visit_ids.items():
        visit = stored.get(visit_id)
        if visit is not None and visit.day is not None and visit.half is not None:
            at = HalfDay(day=visit.day, half=Half(visit.half.value))
            found.append(Placement(visit=code, at=at, order=visit.place or 1))
    return tuple(found)
