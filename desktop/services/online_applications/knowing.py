"""What the office knows about the applications of a list: kinds of paper, households by number, what was taken in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import applying
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.master_tables import Master
from desktop.domain.office import DatabaseKind, SignedInStaff
from desktop.domain.online_applications import Application, TakenApplication
from desktop.models.households import Household, Member, Person
from desktop.models.office import DatabaseInfo
from desktop.services.masters import lookup
from desktop.services.periods import holds_on

_BATCH = 500
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHousehold:
    """A household as the whole office may find it."""

    household_id: UUID
    case_number: str
    head_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What one list is compared with."""

    kinds: Mapping[str, str]
    by_case: Mapping[str, FoundHousehold]
    by_person: Mapping[str, frozenset[UUID]]
    households: Mapping[UUID, FoundHousehold]
    taken: Mapping[str, TakenApplication]


def know(
    session: Session,
    staff: SignedInStaff,
    source: str,
    applications: Sequence[Application],
    today: date,
) -> Known:
    """Look everything up that the list needs, some numbers at a time."""
    by_case = _by_case(session, staff, {a.case_number for a in applications} - {""})
    by_person = _by_person(session, staff, {a.person_number for a in applications} - {""}, today)
    households = {found.household_id: found for found in by_case.values()}
    others = {key for keys in by_person.values() for key in keys} - households.keys()
    households |= {found.household_id: found for found in households_of(session, staff, others)}
    return Known(
        kinds=lookup.labels(session, staff.office_id, Master.PAPER_KINDS, today),
        by_case=by_case,
        by_person=by_person,
        households=households,
        taken=applying.taken(
            session, staff, source, sorted({a.number for a in applications} - {""})
        ),
    )


def is_training_office(session: Session) -> bool:
    """Whether the database holds invented people only; every file on this machine is one."""
    on_file = session.get_bind().dialect.name == "sqlite"
    return on_file or session.scalar(select(DatabaseInfo.kind)) is DatabaseKind.TRAINING


def households_of(
    session: Session, staff: SignedInStaff, household_ids: Collection[UUID]
) -> Iterator[FoundHousehold]:
    """These households of the office."""
    for batch in _batches(household_ids):
        for household in session.scalars(
            select(Household).where(Household.office_id == staff.office_id, Household.id.in_(batch))
        ):
            yield _found(household)


def _by_case(
    session: Session, staff: SignedInStaff, numbers: Collection[str]
) -> dict[str, FoundHousehold]:
    return {
        household.case_number: _found(household)
        for batch in _batches(numbers)
        for household in session.scalars(
            select(Household).where(
                Household.office_id == staff.office_id, Household.case_number.in_(batch)
            )
        )
    }


def _by_person(
    session: Session, staff: SignedInStaff, numbers: Collection[str], today: date
) -> dict[str, frozenset[UUID]]:
    found: dict[str, set[UUID]] = {}
    for batch in _batches(numbers):
        rows = session.execute(
            select(Person.person_number, Member.household_id)
            .join(Member, Member.person_id == Person.id)
            .where(
                Person.office_id == staff.office_id,
                Person.person_number.in_(batch),
                holds_on(Member, today),
            )
        )
        for number, household_id in rows:
            found.setdefault(number, set()).add(household_id)
    return {number: frozenset(keys) for number, keys in found.items()}


def _found(household: Household) -> FoundHousehold:
    return FoundHousehold(
        household_id=household.id,
        case_number=household.case_number,
        head_name=SHIELDED_NAME if household.is_shielded else household.head_name,
    )


def _batches(keys: Collection[Key]) -> Iterator[list[Key]]:
    every = list(keys)
    for first in range(0, len(every), _BATCH):
        yield every[first : first + _BATCH]
