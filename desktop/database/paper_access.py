"""Which papers a person works on where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.domain import papers as rules
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.papers import PaperRecord


def at_hand(session: Session, staff: SignedInStaff, paper_id: UUID, at: datetime) -> PaperRecord:
    """The paper, for whoever sees its household or owns it."""
    paper = session.get(PaperRecord, paper_id, populate_existing=True)
    if paper is None or paper.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_PAPER)
    household = session.get_one(Household, paper.household_id)
    if paper.owner_id != staff.staff_id and not is_before(session, staff, household, at):
        raise NotPermittedError(rules.NO_PAPER)
    return paper


def is_before(session: Session, staff: SignedInStaff, household: Household, at: datetime) -> bool:
    """Whether a household is the person's duty, or its file is open before the person now."""
    if staff.has_duty_for(household.id, household.district_id):
        return True
    held = exists().where(
        Ticket.id == TicketHousehold.ticket_id,
        Ticket.staff_id == staff.staff_id,
        Ticket.valid_until > at,
        TicketHousehold.household_id == household.id,
    )
    return bool(session.scalar(select(held)))
