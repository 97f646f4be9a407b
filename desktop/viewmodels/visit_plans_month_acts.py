"""What may be done with the visit at hand and with the month; where a visit may be tried next. The services judge again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.dates import months_later
from desktop.domain.errors import ValidationError
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_views import MonthLine, MonthPlan
from desktop.domain.visit_plans import PlanKind, PlanMove, PlannedVisit, PlanState
from desktop.domain.working_time import AwayKind, Half, HalfDay
from desktop.viewmodels.visit_plans_month import of_the_day

_OPEN = (VisitMark.PLANNED, VisitMark.ABSENT)
#: Minutes since midnight.
_NOON = 12 * 60
#: Nobody says at once that more days are lost.
_MOST_DAYS = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthActs:
    """What may be done now."""

    may_propose: bool = False
    may_move: bool = False
    may_lock: bool = False
    may_note: bool = False
    may_add: bool = False
    may_cancel: bool = False
    may_say_absent: bool = False
    may_replan: bool = False
    may_carry: bool = False
    may_list: bool = False
    may_write_messages: bool = False
    moves: tuple[PlanMove, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether the reader is the one to approve it."""
        return PlanMove.APPROVE in self.moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Half-days in which the caseworker cannot go: from a day to a day, whole days (`half` None) or one half of each."""

    first_on: date
    last_on: date
    half: Half | None
    kind: AwayKind

    @property
    def halves(self) -> frozenset[HalfDay]:
        """Every half-day of it. Raises ValidationError where it ends before it begins, or takes too long."""
        days = (self.last_on - self.first_on).days
        if days < 0:
            raise ValidationError(last="初めの日より後の日を入力してください。")
        if days > _MOST_DAYS:
            raise ValidationError(
                last="3か月を超える不在は、組み直しではなく計画案の作り直しで扱います。"
            )
        return frozenset(
            HalfDay(day=self.first_on + timedelta(days=n), half=half)
            for n in range(days + 1)
            for half in ((self.half,) if self.half else tuple(Half))
        )


def month_acts(
    plan: MonthPlan | None,
    line: MonthLine | None,
    *,
    may_plan: bool,
    may_print: bool = False,
    has_gateway: bool = False,
) -> MonthActs:
    """What the reader may do with the month and the line at hand; `has_gateway` says that files of short messages are offered."""
    if plan is None:
        return MonthActs()
    edits, deviates = plan.may_edit, plan.may_deviate
    has_visit = open_visit(line) is not None
    return MonthActs(
        may_propose=may_plan and (edits or not is_own(plan)),
        may_move=has_visit and (edits or deviates),
        may_lock=has_visit and edits,
        may_note=has_visit and edits,
        may_add=edits or deviates,
        may_cancel=has_visit and (edits or deviates),
        may_say_absent=has_visit and deviates,
        may_replan=deviates,
        may_carry=may_plan and bool(of_the_day(plan.lines, line)),
        may_list=may_print and is_approved(plan),
        may_write_messages=has_gateway and is_approved(plan),
        moves=plan.moves,
    )


def is_own(plan: MonthPlan) -> bool:
    """Whether the month has a plan of its own."""
    return plan.head is not None and plan.head.kind is PlanKind.MONTH


def is_approved(plan: MonthPlan) -> bool:
    """Whether the month has a plan of its own that is approved."""
    return plan.head is not None and is_own(plan) and plan.head.state is PlanState.APPROVED


def open_visit(line: MonthLine | None) -> PlannedVisit | None:
    """The line's planned visit as long as it can be moved: neither made nor cancelled."""
    if line is None or line.outcome.mark not in _OPEN:
        return None
    return line.visit


def halves_ahead(plan: MonthPlan, today: date) -> tuple[HalfDay, ...]:
    """The half-days of the month that are still to come."""
    return tuple(load.at for load in plan.loads if load.day >= today)


def next_half(halves: Sequence[HalfDay], at: HalfDay | None, by: int) -> HalfDay | None:
    """The half-day before (-1) or after (1) another; a visit without one begins at the end it comes from."""
    ordered = sorted(halves)
    if at is None:
        return (ordered[0] if by > 0 else ordered[-1]) if ordered else None
    if by > 0:
        return next((half for half in ordered if half > at), None)
    return next((half for half in reversed(ordered) if half < at), None)


def half_of(visit: PlannedVisit) -> HalfDay | None:
    """Where a visit stands."""
    if visit.day is None or visit.half is None:
        return None
    return HalfDay(day=visit.day, half=visit.half)


def last_day(plan: MonthPlan) -> date:
    """The last day of the month."""
    return months_later(plan.month, 1) - timedelta(days=1)


def went_at(line: MonthLine, today: date) -> HalfDay:
    """When somebody went there in vain: as recorded, else as planned, but not after today."""
    vain = line.outcome.vain[-1] if line.outcome.vain else None
    if vain is not None:
        minute = vain.started_at
        afternoon = minute is not None and minute >= _NOON
        return HalfDay(day=vain.on, half=Half.PM if afternoon else Half.AM)
    visit = line.visit
    planned = half_of(visit) if visit is not None else None
    if planned is None or planned.day > today:
        return HalfDay(day=today, half=planned.half if planned else Half.AM)
    return planned
