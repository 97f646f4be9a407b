"""The one door through which districts are handed over (担当替え), confirmed, taken back and checked.

PostgreSQL judges by itself (`security/sql/59_handovers.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, cast, exists, func, select
from sqlalchemy.orm import Session

from desktop.database import handing_over_here
from desktop.database.papering import on_server
from desktop.domain.clock import japan_day
from desktop.domain.handovers import HandoverSide, Move
from desktop.domain.office import SignedInStaff
from desktop.models.handovers import HandoverRecord


def hand_over(
    session: Session, staff: SignedInStaff, batch_id: UUID, move: Move, day: date, at: datetime
) -> int:
    """Hand one district over from a day on; the same once more changes nothing. Returns how many households it has."""
    if not on_server(session):
        return handing_over_here.hand_over(session, staff, batch_id, move, day, at)
    shown = cast(move.shown_from_id, Uuid)
    whom = (move.handover_id, batch_id, move.district_id, move.to_id, day, shown)
    return _call(session, func.app.hand_over_district(*whom))


def undo(session: Session, staff: SignedInStaff, handover_id: UUID, at: datetime) -> int:
    """Take a handover back, as though it had not been. Returns how many households it had."""
    if not on_server(session):
        return handing_over_here.undo(session, staff, handover_id, at)
    return _call(session, func.app.undo_handover(handover_id))


def confirm(
    session: Session,
    staff: SignedInStaff,
    handover_id: UUID,
    household_ids: Collection[UUID],
    side: HandoverSide,
    at: datetime,
) -> int:
    """Confirm households on one side. Returns for how many it was news."""
    if not on_server(session):
        return handing_over_here.confirm(session, staff, handover_id, household_ids, side, at)
    ids = cast(list(household_ids), ARRAY(Uuid()))
    return _call(session, func.app.confirm_handover(handover_id, ids, cast(side.value, Text)))


def take_faults(
    session: Session,
    staff: SignedInStaff,
    handover_id: UUID,
    found: Collection[tuple[UUID, str]],
    at: datetime,
) -> int:
    """Keep what the radar found in its households, pairs of household and rule, once. Returns how many there are."""
    if not on_server(session):
        return handing_over_here.take_faults(session, staff, handover_id, found, at)
    households = cast([household_id for household_id, _ in found], ARRAY(Uuid()))
    rules = cast([rule for _, rule in found], ARRAY(Text()))
    return _call(session, func.app.take_handover_faults(handover_id, households, rules))


def tick(session: Session, staff: SignedInStaff, fault_id: UUID, at: datetime) -> int:
    """Tick a fault off. Returns 0 where somebody did before."""
    if not on_server(session):
        return handing_over_here.tick(session, staff, fault_id, at)
    return _call(session, func.app.tick_handover_fault(fault_id))


def follow_due(session: Session, staff: SignedInStaff, at: datetime) -> None:
    """Let to-dos and papers follow where the day of a handover has come; whoever looks at a desk asks for it."""
    due = exists().where(
        HandoverRecord.office_id == staff.office_id,
        HandoverRecord.settled_at.is_(None),
        HandoverRecord.undone_at.is_(None),
        HandoverRecord.effective_on <= japan_day(at),
    )
    if not session.scalar(select(due)):
        return
    if on_server(session):
        _call(session, func.app.follow_handovers())
    else:
        handing_over_here.follow_due(session, staff, at)


def _call(session: Session, function: ColumnElement[Any]) -> int:
    session.flush()
    found = session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again
    return int(found)
