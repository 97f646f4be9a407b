"""From a policy to the values of the sheet for the person himself (K-06)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import Clock
from desktop.domain.forms import ExplanationSheet
from desktop.domain.office import SignedInStaff
from desktop.domain.readings import Read, read_name, words_of_name
from desktop.domain.support_policies import SupportPolicy
from desktop.models.households import Household, Member, Person
from desktop.models.office import Staff
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers


def explanation_sheet(
    session: Session,
    policy: SupportPolicy,
    staff: SignedInStaff,
    clock: Clock,
    *,
    with_readings: bool,
) -> ExplanationSheet:
    """The caller holds a ticket. Whom to ask is the district's caseworker of today, else who wrote the policy."""
    today = clock.today()
    bar = identities(session, staff, [policy.household_id], today, opened=True)[policy.household_id]
    people = _people(session, policy.household_id)
    words = lookup.readings(session, staff.office_id, today)
    for name, kana in people.values():
        words |= words_of_name(name, kana)
    return ExplanationSheet(
        imprint=imprint_of(session, staff, clock),
        case_number=bar.case_number,
        head=read_name(bar.head_name, bar.head_kana),
        caseworker=_caseworker(session, policy, today),
        policy=policy,
        names={person: read_name(name, kana) for person, (name, kana) in people.items()},
        words=words if with_readings else None,
        phone=lookup.letter_contact(session, staff.office_id, today)[1],
    )


def _people(session: Session, household_id: UUID) -> dict[UUID, tuple[str, str]]:
    rows = session.execute(
        select(Person.id, Person.name, Person.kana)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id)
    )
    return {person_id: (name, kana) for person_id, name, kana in rows}


def _caseworker(session: Session, policy: SupportPolicy, today: date) -> tuple[Read, ...]:
    district = session.get_one(Household, policy.household_id).district_id
    name, staff_id = main_caseworkers(session, today, {district}).get(district, ("", None))
    found = session.get(Staff, staff_id or policy.author_id)
    return read_name(found.name, found.kana) if found else (Read(name or policy.author),)
