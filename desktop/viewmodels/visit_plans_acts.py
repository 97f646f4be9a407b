"""What may be done with the visit at hand and with the plan. The services judge again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.domain.errors import ConflictError
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_views import MonthPlan, PlanHead, PlanHousehold, YearPlan
from desktop.domain.visit_plans import (
    NO_VISIT,
    Deviation,
    DeviationInput,
    PlanChange,
    PlanException,
    PlanMove,
    PlanMoveInput,
    PlannedVisit,
    VisitKind,
    WhyVersion,
)
from desktop.domain.working_time import Half, HalfDay

#: The rule of a visit that somebody put into the plan by hand.
BY_HAND = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearActs:
    """What may be done now."""

    may_propose: bool = False
    may_move: bool = False
    may_lock: bool = False
    may_note: bool = False
    may_add: bool = False
    may_cancel: bool = False
    may_except: bool = False
    may_ask: bool = False
    may_submit: bool = False
    may_withdraw: bool = False
    may_approve: bool = False
    may_return: bool = False


def acts_for(
    plan: YearPlan | None, household: PlanHousehold | None, visit: PlannedVisit | None
) -> YearActs:
    """What the reader may do with the plan and the visit at hand."""
    if plan is None:
        return YearActs()
    edits, deviates = plan.may_edit, plan.may_deviate
    has_visit = visit is not None
    return YearActs(
        may_propose=edits,
        may_move=has_visit and (edits or deviates),
        may_lock=has_visit and edits,
        may_note=has_visit and edits,
        may_add=household is not None and (edits or deviates),
        may_cancel=has_visit and (edits or deviates),
        may_except=edits
        and household is not None
        and (household.is_short or bool(household.exception)),
        may_ask=visit is not None and visit.day is not None and (edits or deviates),
        may_submit=PlanMove.SUBMIT in plan.moves,
        may_withdraw=PlanMove.WITHDRAW in plan.moves,
        may_approve=PlanMove.APPROVE in plan.moves,
        may_return=PlanMove.RETURN in plan.moves,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a change puts a visit; of an added one also what it is."""

    month: date | None = None
    day: date | None = None
    half: Half | None = None
    kind: VisitKind = VisitKind.EXTRA
    minutes: int = 0


def change_of(
    head: PlanHead,
    *,
    visits: tuple[PlannedVisit, ...] = (),
    removed: tuple[UUID, ...] = (),
    exceptions: tuple[PlanException, ...] = (),
) -> PlanChange:
    """A saving of the plan as it was shown."""
    return PlanChange(
        plan_id=head.plan_id,
        save_id=new_id(),
        district_id=head.district_id,
        kind=head.kind,
        first_on=head.first_on,
        version=head.version,
        why=WhyVersion.EDITED,
        visits=visits,
        removed=removed,
        exceptions=exceptions,
    )


def visit_by_hand(
    household_id: UUID,
    month: date,
    kind: VisitKind,
    minutes: int,
    *,
    at: HalfDay | None = None,
) -> PlannedVisit:
    """A visit more, in a month; without a half-day the month's plan finds one. It stays there when a proposal is made."""
    return PlannedVisit(
        visit_id=new_id(),
        household_id=household_id,
        kind=kind,
        month=month,
        day=at.day if at else None,
        half=at.half if at else None,
        minutes=minutes,
        is_locked=True,
        rule=BY_HAND,
    )


def move_of(head: PlanHead, move: PlanMove, words: str = "") -> PlanMoveInput:
    """A move of the plan as it was shown."""
    return PlanMoveInput(
        plan_id=head.plan_id,
        version=head.version,
        content_hash=head.content_hash,
        move=move,
        words=words,
    )


def deviation_of(
    plan: YearPlan | MonthPlan,
    change: Deviation,
    household_id: UUID,
    visit: PlannedVisit | None,
    *,
    reason: str,
    words: str,
    to: Target,
) -> DeviationInput:
    """A change after the approval; an added visit gets an id of its own. A plan that is not there cannot be changed (ConflictError)."""
    if plan.head is None:
        raise ConflictError(NO_VISIT)
    return DeviationInput(
        deviation_id=new_id(),
        plan_id=plan.head.plan_id,
        visit_id=visit.visit_id if visit is not None else new_id(),
        household_id=household_id,
        change=change,
        shown=plan.shown_deviation,
        reason=reason,
        month=to.month,
        day=to.day,
        half=to.half,
        kind=to.kind,
        minutes=to.minutes,
        words=words,
    )
