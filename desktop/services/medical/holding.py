"""Whether a question of safety holds everything about a person, as `app.is_on_hold` says."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.medical_orders import ON_HOLD
from desktop.domain.office import SignedInStaff
from desktop.models.assessments import AssessmentRecord, SupportHoldLift
from desktop.models.households import Household, Member, Person

_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"
_NOT_OF_HOUSEHOLD = "この世帯の人を選んでください。"


def is_held(person_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """The newest assessment of the person asks for safety first and was not lifted."""
    a, newer, lift = aliased(AssessmentRecord), aliased(AssessmentRecord), SupportHoldLift
    is_replaced = exists().where(
        newer.person_id == a.person_id,
        tuple_(newer.made_on, newer.saved_at, newer.id) > tuple_(a.made_on, a.saved_at, a.id),
    )
    lifted = exists().where(lift.assessment_id == a.id)
    return exists().where(a.person_id == person_id, a.on_hold, ~lifted, ~is_replaced)


def held_people(session: Session, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these people about whom a question of safety is open."""
    held = select(Person.id).where(Person.id.in_(person_ids), is_held(Person.id))
    return frozenset(session.scalars(held))


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
