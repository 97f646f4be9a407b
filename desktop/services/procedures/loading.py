"""Procedures of an opened file."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.procedures import Procedure, ProcedureDates
from desktop.models.households import Person
from desktop.models.office import Staff
from desktop.models.procedures import ProcedureRecord, ProcedureText


def counts() -> ColumnElement[bool]:
    """The row is what the office holds true now: not taken back, and no later row stands for it."""
    later = aliased(ProcedureRecord)
    replaced = exists().where(later.replaces_id == ProcedureRecord.id).correlate(ProcedureRecord)
    return ProcedureRecord.is_void.is_(False) & ~replaced


def procedures(session: Session, household_id: UUID) -> tuple[Procedure, ...]:
    """All rows of a household, the newest first, with those that a later row stands for."""
    p, t, later = ProcedureRecord, ProcedureText, aliased(ProcedureRecord)
    rows = session.execute(
        select(p, t, Person.name, Staff.name, later.id)
        .join(Staff, Staff.id == p.made_by)
        .outerjoin(t, t.procedure_id == p.id)
        .outerjoin(Person, Person.id == p.person_id)
        .outerjoin(later, later.replaces_id == p.id)
        .where(p.household_id == household_id)
        .order_by(p.begun_on.desc(), p.made_at.desc(), p.id.desc())
    )
    return tuple(_procedure(*row) for row in rows)


def procedure(session: Session, household_id: UUID, procedure_id: UUID) -> Procedure | None:
    """One row of a household."""
    found = procedures(session, household_id)
    return next((each for each in found if each.procedure_id == procedure_id), None)


def _procedure(
    row: ProcedureRecord,
    text: ProcedureText | None,
    person: str | None,
    made_by: str,
    later_id: UUID | None,
) -> Procedure:
    return Procedure(
        procedure_id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        person=person or "",
        facts=ProcedureDates(
            begun_on=row.begun_on,
            confirmed_on=row.confirmed_on,
            ended_on=row.ended_on,
            year=row.year,
            yen=row.yen,
            choice=row.choice,
        ),
        who=text.who if text else "",
        note=text.note if text else "",
        made_by=made_by,
        made_at=row.made_at,
        replaces_id=row.replaces_id,
        is_void=row.is_void,
        is_old=later_id is not None,
        reason=text.reason if text else "",
    )
