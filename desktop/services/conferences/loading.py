"""The conferences of an office with how far their agendas are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.conferences import ConferenceMember, ConferenceRow
from desktop.models.conferences import (
    CaseConference,
    ConferenceMatter,
    ConferenceMemberRow,
    ConferenceMinutes,
)
from desktop.models.office import Staff


def conferences(session: Session, office_id: UUID) -> tuple[ConferenceRow, ...]:
    """All of them, the newest day first. Counts are those of the households that the person may see."""
    c, m = CaseConference, ConferenceMatter
    counts = {
        conference_id: (matters, decided)
        for conference_id, matters, decided in session.execute(
            select(m.conference_id, func.count(), func.count(ConferenceMinutes.matter_id))
            .outerjoin(ConferenceMinutes, ConferenceMinutes.matter_id == m.id)
            .where(m.office_id == office_id)
            .group_by(m.conference_id)
        )
    }
    members = _members(session, office_id)
    rows = session.scalars(
        select(c).where(c.office_id == office_id).order_by(c.planned_on.desc(), c.id.desc())
    )
    return tuple(
        ConferenceRow(
            conference_id=row.id,
            kind=row.kind,
            planned_on=row.planned_on,
            place=row.place,
            held_on=row.held_on,
            closed_at=row.closed_at,
            matters=counts.get(row.id, (0, 0))[0],
            decided=counts.get(row.id, (0, 0))[1],
            members=members.get(row.id, ()),
        )
        for row in rows
    )


def _members(session: Session, office_id: UUID) -> Mapping[UUID, tuple[ConferenceMember, ...]]:
    p = ConferenceMemberRow
    found: dict[UUID, list[ConferenceMember]] = defaultdict(list)
    rows = session.execute(
        select(p.conference_id, p.staff_id, p.name, p.role, Staff.name)
        .outerjoin(Staff, Staff.id == p.staff_id)
        .where(p.office_id == office_id)
        .order_by(p.conference_id, p.number)
    )
    for conference_id, staff_id, name, role, staff_name in rows:
        found[conference_id].append(
            ConferenceMember(staff_id=staff_id, name=staff_name or name, role=role)
        )
    return {conference_id: tuple(each) for conference_id, each in found.items()}
