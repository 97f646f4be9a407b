"""Corrections of trips already made where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.database.carrying_here import at_hand, leads, put_step, words_of
from desktop.domain import carry_outs as rules
from desktop.domain.carry_outs import CarryOutCorrection
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff


def correct(session: Session, staff: SignedInStaff, given: CarryOutCorrection, at: datetime) -> int:
    """Correct the return time or add a remark, as a dated step."""
    trip = at_hand(session, staff, given.carry_out_id, given.version)
    if trip.staff_id != staff.staff_id and not leads(session, staff, trip.staff_id, japan_day(at)):
        raise NotPermittedError(rules.OWN_SHEET)
    words = words_of(given.words, "words", rules.MOST_WORDS)
    if not words:
        raise ValidationError(words=rules.NO_WORDS)
    was, is_other = trip.back_at, given.back_at not in {None, trip.back_at}
    if is_other and given.back_at is not None:
        if was is None or trip.left_at is None:
            raise ConflictError(rules.NOT_BACK)
        if not trip.left_at <= given.back_at <= (trip.closed_at or at):
            raise ValidationError(back_at=rules.BAD_BACK)
        trip.back_at = given.back_at
    trip.version += 1
    session.flush()
    put_step(session, staff, trip.id, trip.state, words, at, was_back_at=was if is_other else None)
    return trip.version
