"""What a trip must be to be a reading pack, where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain import reading_packs as rules
from desktop.domain.carry_outs import CarryOutInput
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.reading_packs import PackRules, is_pack
from desktop.models.carry_outs import ReadingPackRecord
from desktop.models.households import Household


def check(session: Session, given: CarryOutInput, office: PackRules, at: datetime) -> None:
    """What cannot be made as a pack, in the words of the field."""
    if not is_pack(given.kinds):
        if given.expires_at is not None:
            raise ValidationError(expires_at=rules.NOT_A_PACK)
        return
    if len(set(given.kinds)) > 1:
        raise ValidationError(kinds=rules.ALONE)
    if given.sheets != 1:
        raise ValidationError(sheets=rules.ONE_FILE)
    if not given.items:
        raise ValidationError(items=rules.NO_HOUSEHOLDS)
    if len(given.items) > office.most_households:
        raise ValidationError(items=rules.too_many_in_pack(office.most_households))
    _check_expiry(given, office, at)
    check_shielded(session, [item.household_id for item in given.items], office)


def check_shielded(session: Session, household_ids: Collection[UUID], office: PackRules) -> None:
    """Households under 支援措置 are in no pack unless the office allows it."""
    shielded = select(Household.id).where(Household.id.in_(household_ids), Household.is_shielded)
    if not office.with_shielded and session.scalar(shielded.limit(1)) is not None:
        raise ValidationError(items=rules.SHIELDED)


def put(session: Session, given: CarryOutInput, office_id: UUID) -> None:
    """Write down until when the pack will open."""
    if given.expires_at is not None:
        session.add(
            ReadingPackRecord(
                carry_out_id=given.carry_out_id, office_id=office_id, expires_at=given.expires_at
            )
        )
        session.flush()


def refuse_sheet(session: Session, carry_out_id: UUID) -> None:
    """A pack leaves by its file, not by a carry sheet."""
    if session.get(ReadingPackRecord, carry_out_id) is not None:
        raise ConflictError(rules.BY_FILE)


def refuse_kept(session: Session, carry_out_id: UUID) -> None:
    """A pack comes back by being destroyed."""
    if session.get(ReadingPackRecord, carry_out_id) is not None:
        raise ConflictError(rules.NOT_DESTROYED)


def _check_expiry(given: CarryOutInput, office: PackRules, at: datetime) -> None:
    if given.expires_at is None:
        raise ValidationError(expires_at=rules.NO_EXPIRY)
    latest = given.leaving_at + timedelta(hours=office.most_hours)
    if not max(given.leaving_at, at) < given.expires_at <= latest:
        raise ValidationError(expires_at=rules.too_long(office.most_hours))
