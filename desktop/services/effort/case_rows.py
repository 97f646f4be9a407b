"""Case numbers, names and districts of people behind a figure. Names of shielded households are those their duty sees."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.kpis import CaseRow
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household, Person
from desktop.models.office import District

#: Ids asked for at once: each statement costs PostgreSQL the row policies anew.
_CHUNK = 2_000


def case_rows(
    session: Session,
    staff: SignedInStaff,
    asked: Sequence[tuple[UUID, UUID | None, bool, str]],
) -> tuple[CaseRow, ...]:
    """Household, person (None: the household), whether it counts, words → the lines, in the same order."""
    households: dict[UUID, tuple[str, str, str]] = {}
    for ids in _chunks({household_id for household_id, *_ in asked}):
        rows = session.execute(
            select(Household.id, Household.case_number, Household.head_name, District.code)
            .join(District, District.id == Household.district_id)
            .where(Household.id.in_(ids), Household.office_id == staff.office_id)
        )
        households |= {row[0]: (row[1], row[2], row[3]) for row in rows}
    names: dict[UUID, str] = {}
    for ids in _chunks({person_id for _, person_id, *_ in asked if person_id is not None}):
        found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
        names |= {row[0]: row[1] for row in found}
    return tuple(
        CaseRow(
            household_id=household_id,
            person_id=person_id,
            case_number=households[household_id][0],
            name=households[household_id][1] if person_id is None else names.get(person_id, ""),
            district=households[household_id][2],
            counts=counts,
            words=words,
        )
        for household_id, person_id, counts, words in asked
        if household_id in households
    )


def _chunks(ids: set[UUID]) -> list[list[UUID]]:
    ordered = sorted(ids)
    return [ordered[at : at + _CHUNK] for at in range(0, len(ordered), _CHUNK)]
