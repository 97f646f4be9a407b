"""What was not obeyed is put before people: a proposal on the agenda of the next conference, and nothing else (法28条5項)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.conferences import ConferenceKind, MatterKind
from desktop.domain.ids import new_id
from desktop.domain.medical_orders import OrderStep
from desktop.domain.office import SignedInStaff
from desktop.models.conferences import CaseConference, ConferenceMatter
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord


def propose(
    session: Session,
    staff: SignedInStaff,
    order: ExaminationOrderRecord,
    today: date,
    at: datetime,
) -> None:
    """Put the person's case on the agenda of the next case conference that was not held; nothing where none is planned.

    The conference decides whether anything follows: the matter carries no decision and moves no step.
    """
    c, m = CaseConference, ConferenceMatter
    conference_id = session.scalar(
        select(c.id)
        .where(
            c.office_id == staff.office_id,
            c.kind == ConferenceKind.CASE,
            c.held_on.is_(None),
            c.closed_at.is_(None),
            c.planned_on >= today,
        )
        .order_by(c.planned_on, c.id)
        .limit(1)
    )
    stands = select(m.id).where(
        m.conference_id == conference_id,
        m.person_id == order.person_id,
        m.kind == MatterKind.OTHER,
    )
    if conference_id is None or session.scalar(stands) is not None:
        return
    session.add(
        ConferenceMatter(
            id=new_id(),
            office_id=staff.office_id,
            conference_id=conference_id,
            household_id=order.household_id,
            person_id=order.person_id,
            kind=MatterKind.OTHER,
            added_by=staff.staff_id,
            added_at=at,
        )
    )


def not_obeyed(person_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Whether an order to the person was not obeyed."""
    x, s = ExaminationOrderRecord, ExaminationStepRecord
    return exists().where(
        x.person_id == person_id, s.order_id == x.id, s.step == OrderStep.NOT_OBEYED
    )
