"""The file of a reading pack leaves the office, where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import carrying_here
from desktop.database.pack_checks_here import check_shielded
from desktop.domain import reading_packs as rules
from desktop.domain.carry_outs import NO_MOVE, CarryOutMove, CarryOutMoveInput
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.reading_packs import READING_PACK, PackInput
from desktop.models.carry_outs import CarryOutItem, ReadingPackRecord
from desktop.models.imports import Ticket, TicketHousehold

if TYPE_CHECKING:
    from desktop.database.carrying import CarryTables


def leave(
    session: Session,
    staff: SignedInStaff,
    given: PackInput,
    sha256: str,
    tables: CarryTables,
    *,
    at: datetime,
) -> int:
    """Note the file of an approved pack, once, after every household in it was opened by ticket."""
    trip = carrying_here.at_hand(session, staff, given.carry_out_id, given.version)
    pack = session.get(ReadingPackRecord, trip.id, populate_existing=True)
    if pack is None or pack.made_at is not None:
        raise ConflictError(NO_MOVE)
    medium = tables.media.get(READING_PACK)
    if medium is None or not medium.is_allowed:
        raise ConflictError(rules.OFF)
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValidationError(rules.NO_HASH)
    if pack.expires_at <= at:
        raise ConflictError(rules.ALREADY_OVER)
    if pack.expires_at > at + timedelta(hours=tables.packs.most_hours):
        raise ConflictError(rules.TOO_EARLY)
    item = CarryOutItem
    named = set(session.scalars(select(item.household_id).where(item.carry_out_id == trip.id)))
    check_shielded(session, named, tables.packs)
    if not named <= _opened(session, staff.staff_id, at):
        raise ConflictError(rules.NOT_READ)
    move = CarryOutMoveInput(carry_out_id=trip.id, version=given.version, move=CarryOutMove.LEAVE)
    version = carrying_here.move_on(session, staff, trip, move, tables.rules, at)
    pack.made_by, pack.made_at, pack.sha256 = staff.staff_id, at, sha256
    session.flush()
    return version


def _opened(session: Session, staff_id: UUID, at: datetime) -> set[UUID]:
    """The households that the person has opened for a pack."""
    return set(
        session.scalars(
            select(TicketHousehold.household_id)
            .join(Ticket, Ticket.id == TicketHousehold.ticket_id)
            .where(
                Ticket.staff_id == staff_id,
                Ticket.purpose == Purpose.PACK.value,
                Ticket.valid_until > at,
            )
        )
    )
