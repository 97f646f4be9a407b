"""The half-days in which a district's caseworker can visit.

Working hours, duty and leave of the single person are not stored yet: until they are, every half-day of an open day counts as the
planner's ordinary office has it. Holidays and days on which the office is closed are office data.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.planning.working_time import TimeRules, WorkingTime, working_time
from desktop.services.masters import lookup


def visiting_time(
    session: Session, office_id: UUID, district_id: UUID, first: date, last: date, today: date
) -> WorkingTime:
    """The half-days from the first to the last day, and those that were taken out, with their reason."""
    calendar = lookup.business_calendar(session, office_id, today)
    return working_time(first, last, TimeRules(calendar=calendar))
