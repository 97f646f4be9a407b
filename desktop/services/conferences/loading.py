"""The conferences of an office with how far their agendas are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.conference_boards import MatterRow, Minutes
from desktop.domain.conferences import LEGAL_MATTERS, ConferenceMember, ConferenceRow, MatterKind
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.assessments import AssessmentRecord
from desktop.models.conferences import (
    CaseConference,
    ConferenceMatter,
    ConferenceMemberRow,
    ConferenceMinutes,
)
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.assessments.blinded import open_to
from desktop.services.duty import duty_households
from desktop.services.medical.meeting import not_obeyed


def conferences(session: Session, staff: SignedInStaff) -> tuple[ConferenceRow, ...]:
    """All of them, the newest day first. Counts are those of the households that the person may see."""
    c, m, office_id = CaseConference, ConferenceMatter, staff.office_id
    counts = {
        conference_id: (matters, decided)
        for conference_id, matters, decided in session.execute(
            select(m.conference_id, func.count(), func.count(SupportGroupDecision.id))
            .outerjoin(SupportGroupDecision, SupportGroupDecision.matter_id == m.id)
            .where(m.office_id == office_id, *_seen(staff))
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


def _seen(staff: SignedInStaff) -> tuple[ColumnElement[bool], ...]:
    """Matters of the legal side are not for those who only help towards work."""
    if staff.may(Permission.CALL_CONFERENCES):
        return ()
    return (ConferenceMatter.kind.not_in(LEGAL_MATTERS),)


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


def matters(session: Session, staff: SignedInStaff, conference_id: UUID) -> tuple[MatterRow, ...]:
    """The agenda as far as it is the person's duty, in the order in which it was made."""
    m = ConferenceMatter
    rows = session.execute(
        _matters(staff).where(m.conference_id == conference_id).order_by(m.added_at, m.id)
    )
    return tuple(map(_matter, rows))


def matter_row(session: Session, staff: SignedInStaff, matter_id: UUID) -> MatterRow:
    """One matter. Raises NotPermittedError where it is not the person's duty."""
    row = session.execute(_matters(staff).where(ConferenceMatter.id == matter_id)).one_or_none()
    if row is None:
        raise NotPermittedError("この議題は見つかりません。")
    return _matter(row)


def minutes_of(session: Session, matter_id: UUID) -> Minutes | None:
    """What was written about a matter. The caller holds a ticket."""
    w = ConferenceMinutes
    row = session.execute(
        select(w, Staff.name).join(Staff, Staff.id == w.written_by).where(w.matter_id == matter_id)
    ).one_or_none()
    if row is None:
        return None
    words, by = row
    return Minutes(
        papers=words.papers,
        discussion=words.discussion,
        persons_view=words.persons_view,
        dissent=words.dissent,
        written_by=by,
        written_at=words.written_at,
    )


def _matters(staff: SignedInStaff) -> Select[*tuple[Any, ...]]:
    m, h, p, a, d = ConferenceMatter, Household, Person, AssessmentRecord, SupportGroupDecision
    return (
        select(
            *(m.id, m.conference_id, m.kind, m.household_id, h.case_number, m.person_id, p.name),
            *(m.assessment_id, a.proposed_group, d.group.label("group")),
            (not_obeyed(m.person_id) & (m.kind == MatterKind.OTHER)).label("is_of_order"),
        )
        .join(h, h.id == m.household_id)
        .join(p, p.id == m.person_id)
        .outerjoin(a, a.id == m.assessment_id)
        .outerjoin(d, d.matter_id == m.id)
        .where(duty_households(staff), open_to(staff, h.id), *_seen(staff))
    )


def _matter(row: Any) -> MatterRow:  # noqa: ANN401 - a row of `_matters`
    return MatterRow(
        matter_id=row.id,
        conference_id=row.conference_id,
        kind=row.kind,
        household_id=row.household_id,
        case_number=row.case_number,
        person_id=row.person_id,
        name=row.name,
        assessment_id=row.assessment_id,
        proposed=row.proposed_group,
        decided=row.group,
        is_of_order=bool(row.is_of_order),
    )
