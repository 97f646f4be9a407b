"""Who may answer a second time. PostgreSQL judges the same (`app.may_be_second`)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.blind_checks import Second
from desktop.domain.roles import Permission, Role, roles_with
from desktop.models.assessments import AssessmentRecord
from desktop.models.blind_checks import BlindCheck
from desktop.models.households import Household, Member
from desktop.models.office import Assignment, PersonAssignment, Staff, StaffRole
from desktop.services.periods import holds_on


def seconds(session: Session, check: BlindCheck, me: UUID, today: date) -> tuple[Second, ...]:
    """Caseworkers who supervise nobody, did not write the first answers and do not look after the household, by name."""
    s, r, g, p = Staff, StaffRole, Assignment, PersonAssignment
    author = select(AssessmentRecord.author_id).where(AssessmentRecord.id == check.assessment_id)
    supervises = select(r.staff_id).where(
        r.role.in_(roles_with(Permission.SEE_SUPERVISION)), holds_on(r, today)
    )
    in_charge = (
        select(g.staff_id)
        .join(Household, Household.district_id == g.district_id)
        .where(Household.id == check.household_id, holds_on(g, today))
    )
    cares = (
        select(p.staff_id)
        .join(Member, Member.person_id == p.person_id)
        .where(
            Member.household_id == check.household_id, holds_on(p, today), holds_on(Member, today)
        )
    )
    rows = session.execute(
        select(s.id, s.name)
        .where(
            s.office_id == check.office_id,
            s.active_from <= today,
            or_(s.active_to.is_(None), s.active_to >= today),
            s.id.in_(select(r.staff_id).where(r.role == Role.CASEWORKER, holds_on(r, today))),
            s.id != me,
            *(s.id.not_in(others) for others in (author, supervises, in_charge, cares)),
        )
        .order_by(s.kana, s.id)
    )
    return tuple(Second(staff_id=row[0], name=row[1]) for row in rows)
