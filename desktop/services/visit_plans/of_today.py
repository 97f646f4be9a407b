"""The visits that the caseworker has to make today, for the desk."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_periods import first_of_month
from desktop.domain.visit_plan_views import TodayVisits
from desktop.services.masters import lookup
from desktop.services.visit_plans.month import month_plan, month_visits

_OVER = frozenset({VisitMark.DONE, VisitMark.CANCELLED})


def today_visits(session: Session, staff: SignedInStaff, today: date) -> TodayVisits:
    """Of the districts that the person looks after, in route order; a district without a visit today costs two questions."""
    month = first_of_month(today)
    lines = []
    for district_id in sorted(staff.district_ids):
        found = month_visits(session, staff, district_id, month)
        if any(s.visit.day == today and not s.is_cancelled for s in found.standing):
            plan = month_plan(session, staff, district_id, month, today)
            lines += [
                line
                for line in plan.lines
                if line.visit and line.visit.day == today and line.outcome.mark not in _OVER
            ]
    purposes = lookup.labels(session, staff.office_id, Master.VISIT_PURPOSES, today)
    return TodayVisits(lines=tuple(lines), purposes=purposes if lines else {})
