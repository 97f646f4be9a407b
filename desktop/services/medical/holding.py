"""Whether a question of safety holds everything about a person, as `app.is_on_hold` says."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.medical_orders import ON_HOLD
from desktop.domain.office import SignedInStaff
from desktop.models.assessments import AssessmentRecord, SupportHoldLift
from desktop.models.households import Household, Member

_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
_NOT_OF_HOUSEHOLD = "この世帯の人を選んでください。"


def held_people(session: Session, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those whose newest assessment asks for safety first and was not lifted."""
    a, lift = AssessmentRecord, SupportHoldLift
    place = func.row_number().over(
        partition_by=a.person_id, order_by=(a.made_on.desc(), a.saved_at.desc(), a.id.desc())
    )
    newest = select(a.id, place.label("place")).where(a.person_id.in_(person_ids)).subquery()
    rows = session.scalars(
        select(a.person_id)
        .join(newest, (newest.c.id == a.id) & (newest.c.place == 1))
        .outerjoin(lift, lift.assessment_id == a.id)
        .where(a.on_hold, lift.assessment_id.is_(None))
    )
    return frozenset(rows)


def need_no_hold(session: Session, person_id: UUID) -> None:
    """Raise ConflictError while a question of safety is open."""
    if held_people(session, [person_id]):
        raise ConflictError(ON_HOLD)


def need_person(
    session: Session, staff: SignedInStaff, household_id: UUID, person_id: UUID
) -> None:
    """Raise NotPermittedError for another office's household, ValidationError for somebody not of it."""
    known = select(Household.id).where(
        Household.id == household_id, Household.office_id == staff.office_id
    )
    if session.scalar(known) is None:
        raise NotPermittedError(_NO_HOUSEHOLD)
    member = select(Member.id).where(
        Member.household_id == household_id, Member.person_id == person_id
    )
    if session.scalar(member.limit(1)) is None:
        raise ValidationError(person_id=_NOT_OF_HOUSEHOLD)
