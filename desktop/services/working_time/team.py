"""Whose working time somebody keeps; the same as `app.keeps_time_of` says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.working_time import TeamMember
from desktop.models.office import Assignment, Staff
from desktop.services.office import people_with
from desktop.services.periods import holds_on

NOT_YOURS = "登録できるのは、自分の勤務と、査察指導員として受け持つ職員の勤務だけです。"


def members(session: Session, staff: SignedInStaff, today: date) -> tuple[TeamMember, ...]:
    """Everybody who makes visits or goes along: the person first, then whose time he or she keeps, then the others."""
    people = people_with(session, staff.office_id, Permission.WRITE_RECORDS, today)
    kept = kept_by(session, staff, today)
    found = [
        TeamMember(
            staff_id=person.staff_id,
            name=person.name,
            may_edit=person.staff_id == staff.staff_id or kept is None or person.staff_id in kept,
        )
        for person in people
    ]
    return tuple(
        sorted(found, key=lambda member: (member.staff_id != staff.staff_id, not member.may_edit))
    )


def keeps_time_of(session: Session, staff: SignedInStaff, staff_id: UUID, today: date) -> bool:
    """Whether the person may say when somebody visits."""
    if staff_id == staff.staff_id:
        return True
    kept = kept_by(session, staff, today)
    return kept is None or staff_id in kept


def refuse_unless_kept(session: Session, staff: SignedInStaff, staff_id: UUID, today: date) -> None:
    """Raise NotPermittedError where the person may not say when somebody visits."""
    refuse_strangers(session, staff, staff_id)
    if not keeps_time_of(session, staff, staff_id, today):
        raise NotPermittedError(NOT_YOURS)


def refuse_strangers(session: Session, staff: SignedInStaff, staff_id: UUID) -> None:
    """Raise NotPermittedError where somebody is not of the office."""
    if session.scalar(select(Staff.office_id).where(Staff.id == staff_id)) != staff.office_id:
        raise NotPermittedError("この職員は見つかりません。")


def kept_by(session: Session, staff: SignedInStaff, today: date) -> frozenset[UUID] | None:
    """Staff under the person's supervision; None for everybody of the office."""
    if not staff.may(Permission.ASSIGN_TODOS):
        return frozenset()
    if staff.is_office_wide:
        return None
    return frozenset(
        session.scalars(
            select(Assignment.staff_id).where(
                Assignment.district_id.in_(staff.supervised_district_ids),
                Assignment.kind.in_((AssignmentKind.MAIN, AssignmentKind.DEPUTY)),
                holds_on(Assignment, today),
            )
        )
    )
