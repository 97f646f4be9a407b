"""What comes in the next weeks for a household: visits of approved plans, fixed half-days, days of the policy, promises and papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.briefs import Brief
from desktop.domain.handover_sheets import HandoverLine, line_of
from desktop.domain.office import SignedInStaff
from desktop.domain.working_time import HALF_LABEL
from desktop.models.households import Household
from desktop.models.working_time import VisitAppointment
from desktop.services.visit_grades import open_grade_events
from desktop.services.visit_plans.announced import planned_of_household


def ahead_lines(
    session: Session,
    staff: SignedInStaff,
    household_id: UUID,
    brief: Brief,
    today: date,
    until: date,
) -> Iterator[HandoverLine]:
    """Everything with a day between today and the last day; what is over stands among the open items."""
    yield from _visits(session, staff, household_id, today, until)
    for duty in brief.open_duties:
        if _comes(duty.by_on, today, until):
            yield line_of("方針の取組", duty.by_on, duty.words, today)
    for promise in brief.promises:
        if _comes(promise.due_on, today, until):
            words = f"{promise.who}：{promise.what}" if promise.who else promise.what
            yield line_of("約束", promise.due_on, words, today)
    if _comes(brief.review_due_on, today, until):
        yield line_of("見直し", brief.review_due_on, "援助方針の見直し", today)
    own = Household.id == household_id
    for event in open_grade_events(session, staff.office_id, own, today):
        if _comes(event.due_on, today, until):
            yield line_of("格付", event.due_on, f"訪問格付の見直し：{event.label}", today)


def _visits(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date, until: date
) -> Iterator[HandoverLine]:
    """Planned visits, and half-days that were fixed without a plan."""
    planned = planned_of_household(session, staff.office_id, household_id, today, until)
    for visit in planned:
        half = HALF_LABEL[visit.half] if visit.half else ""
        yield line_of("訪問計画", visit.day, f"訪問{half}", today)
    a = VisitAppointment
    fixed = session.execute(
        select(a.day, a.half).where(
            a.household_id == household_id,
            a.day.between(today, until),
            a.cancelled_at.is_(None),
            a.day.not_in([visit.day for visit in planned]),
        )
    )
    for day, half in fixed:
        yield line_of("約束の訪問", day, f"訪問{HALF_LABEL[half]}", today)


def _comes(day: date | None, today: date, until: date) -> bool:
    return day is not None and today <= day <= until
