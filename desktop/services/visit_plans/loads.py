"""What the months of a plan take, against the time that the caseworker has for visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.visit_marks import StandingVisit
from desktop.domain.visit_plan_periods import first_of_month, last_of
from desktop.domain.visit_plan_views import MonthLoad
from desktop.domain.visit_plans import PlanKind
from desktop.services.visit_plans.visiting_time import visiting_time


def month_loads(
    session: Session,
    staff: SignedInStaff,
    district_id: UUID,
    months: Sequence[date],
    stands: Sequence[StandingVisit],
    today: date,
) -> tuple[MonthLoad, ...]:
    """Month by month: visits that stand, their minutes, and the minutes that there are."""
    last = last_of(PlanKind.MONTH, months[-1])
    time = visiting_time(session, staff.office_id, district_id, months[0], last, today)
    there = defaultdict[date, int](int)
    for slot in time.slots:
        there[first_of_month(slot.day)] += slot.minutes
    visits = [s.visit for s in stands if s.visit.is_planned and not s.is_cancelled]
    return tuple(
        MonthLoad(
            month=month,
            visits=sum(v.month == month for v in visits),
            minutes=sum(v.minutes for v in visits if v.month == month),
            capacity_minutes=there[month],
        )
        for month in months
    )
