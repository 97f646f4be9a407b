"""Participations as rows, with the office's labels and what people say to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.participations import ParticipationRow
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.participations import Participation
from desktop.services.masters.lookup_plans import outcomes, programmes
from desktop.services.participations.consents import consents_of


def of_household(
    session: Session, office_id: UUID, household_id: UUID, today: date
) -> Mapping[UUID, tuple[ParticipationRow, ...]]:
    """Person → participations, the latest begun first."""
    found: dict[UUID, list[ParticipationRow]] = defaultdict(list)
    of_it = Participation.household_id == household_id
    for row, _ in rows_of(session, office_id, today, of_it, with_words=True):
        found[row.person_id].append(row)
    return {person_id: tuple(each) for person_id, each in found.items()}


def rows_of(
    session: Session,
    office_id: UUID,
    today: date,
    *conditions: ColumnElement[bool],
    with_words: bool = False,
) -> tuple[tuple[ParticipationRow, UUID], ...]:
    """Rows with the district of each one's household; with the words of consents only in an opened file."""
    p = Participation
    labels = programmes(session, office_id, today)
    ends = outcomes(session, office_id, today)
    said = consents_of(session, office_id, today, *conditions, with_words=with_words)
    rows = session.execute(
        select(p, Person.name, Household.case_number, Household.district_id, Staff.name)
        .join(Person, Person.id == p.person_id)
        .join(Household, Household.id == p.household_id)
        .join(Staff, Staff.id == p.noted_by)
        .where(p.office_id == office_id, *conditions)
        .order_by(p.starts_on.desc(), p.id.desc())
    )
    return tuple(
        (
            ParticipationRow(
                participation_id=row.id,
                household_id=row.household_id,
                person_id=row.person_id,
                person=name,
                programme=row.programme,
                programme_label=labels[row.programme].label
                if row.programme in labels
                else row.programme,
                starts_on=row.starts_on,
                consent_on=row.consent_on,
                consent_way=row.consent_way,
                ended_on=row.ended_on,
                outcome=row.outcome or "",
                outcome_label=ends[row.outcome].label if row.outcome in ends else "",
                case_number=case_number,
                noted_by=by,
                consents=said.get(row.id, ()),
            ),
            district_id,
        )
        for row, name, case_number, district_id, by in rows
    )
