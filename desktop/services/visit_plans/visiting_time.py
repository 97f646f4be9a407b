"""The half-days in which a district's caseworker can visit."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.working_time import WorkingTime
from desktop.services.office import main_caseworkers
from desktop.services.working_time.loading import working_times

_NO_TIME = WorkingTime(slots=(), removed=(), is_standard=True)


def visiting_time(
    session: Session, office_id: UUID, district_id: UUID, first: date, last: date, today: date
) -> WorkingTime:
    """The half-days from the first to the last day, and those that were taken out; none while the post is vacant.

    They are of whoever has the district when the period begins: a handover may lie between.
    """
    staff_id = caseworker_of(session, district_id, max(first, today))
    if staff_id is None:
        return _NO_TIME
    return working_times(session, office_id, [staff_id], first, last, today)[staff_id]


def caseworker_of(session: Session, district_id: UUID, today: date) -> UUID | None:
    """The district's main caseworker, None while the post is vacant."""
    return main_caseworkers(session, today, [district_id]).get(district_id, ("", None))[1]
