"""What somebody outside the office told of a household (外部からの情報): to whom it goes, and by when it is answered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.errors import UserError
from desktop.models.households import Household
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers, supervisors_of

_NOBODY = "この地区には担当者も査察指導員もいません。課長に直接伝えてください。"


def owner_of(session: Session, household: Household, today: date) -> UUID:
    """The caseworker of the household's district; where the post is vacant, its supervisor. Raises UserError."""
    found = main_caseworkers(session, today, {household.district_id})
    _, caseworker = found.get(household.district_id, ("", None))
    if caseworker is not None:
        return caseworker
    supervisors = supervisors_of(session, household.id, today)
    if not supervisors:
        raise UserError(_NOBODY)
    return supervisors[0].staff_id


def due_on(session: Session, office_id: UUID, today: date) -> date:
    """The next day on which the office is open (翌営業日)."""
    return lookup.business_calendar(session, office_id, today).add_open_days(today, 1)
