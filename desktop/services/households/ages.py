"""How old the members of a household are."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.dates import age_on
from desktop.models.households import Member, Person
from desktop.services.periods import holds_on


def ages(session: Session, household_id: UUID, on: date) -> dict[UUID, int]:
    """Person → full years, of the members on that day whose day of birth is known."""
    rows = session.execute(
        select(Person.id, Person.birth_date)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, on))
    )
    return {person_id: age_on(birth, on) for person_id, birth in rows if birth is not None}
