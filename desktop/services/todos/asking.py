"""Whom to ask about a household: its supervisor, for use cases of any noun above this one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.models.office import StaffAbsence
from desktop.services.office import supervisors_of
from desktop.services.periods import holds_on


def supervisor_to_ask(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> UUID | None:
    """The supervisor to ask: not oneself, and one who is in the office if there is one. None without another one."""
    found = [row.staff_id for row in supervisors_of(session, household_id, today)]
    others = [staff_id for staff_id in found if staff_id != staff.staff_id]
    if not others:
        return None
    absent = set(
        session.scalars(
            select(StaffAbsence.staff_id).where(
                StaffAbsence.staff_id.in_(others), holds_on(StaffAbsence, today)
            )
        )
    )
    return next((staff_id for staff_id in others if staff_id not in absent), others[0])
