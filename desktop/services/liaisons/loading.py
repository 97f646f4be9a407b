"""Liaisons of an opened file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.liaisons import Liaison, in_order
from desktop.models.households import Person
from desktop.models.liaisons import LiaisonRecord
from desktop.models.office import Staff


def versions(session: Session, household_id: UUID) -> Mapping[UUID, tuple[Liaison, ...]]:
    """Every version of each liaison of a household, the newest first."""
    x = LiaisonRecord
    rows = session.execute(
        select(x, Person.name, Staff.name)
        .join(Staff, Staff.id == x.made_by)
        .outerjoin(Person, Person.id == x.person_id)
        .where(x.household_id == household_id)
        .order_by(x.liaison_id, x.version.desc())
    )
    found: dict[UUID, list[Liaison]] = {}
    for row, person, made_by in rows:
        found.setdefault(row.liaison_id, []).append(_liaison(row, person or "", made_by))
    return {liaison_id: tuple(each) for liaison_id, each in found.items()}


def held_today(session: Session, household_id: UUID, today: date) -> tuple[Liaison, ...]:
    """Those that hold today, in the order of the file."""
    found = (each[0] for each in versions(session, household_id).values())
    return in_order((x for x in found if x.holds_on(today)), today)


def _liaison(row: LiaisonRecord, person: str, made_by: str) -> Liaison:
    return Liaison(
        row_id=row.id,
        liaison_id=row.liaison_id,
        version=row.version,
        kind=row.kind,
        name=row.name,
        valid_from=row.valid_from,
        whom=row.whom,
        telephone=row.telephone,
        hours=row.hours,
        note=row.note,
        bar=row.bar,
        reason=row.reason,
        person_id=row.person_id,
        person=person,
        valid_to=row.valid_to,
        made_by=made_by,
        made_at=row.made_at,
    )
