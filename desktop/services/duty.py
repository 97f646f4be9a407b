"""What lies within somebody's duty on a day; the same as `app.duty_districts` and `app.care_households` say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Permission, Role, roles_with
from desktop.models.households import Household, Member
from desktop.models.office import Assignment, PersonAssignment, StaffAbsence
from desktop.services.periods import holds_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReach:
    """Districts and households of one person's duty, as `SignedInStaff` names them."""

    district_ids: frozenset[UUID]
    supervised_district_ids: frozenset[UUID]
    team_district_ids: frozenset[UUID]
    care_household_ids: frozenset[UUID]


def reach_of(session: Session, staff_id: UUID, roles: Collection[Role], today: date) -> DutyReach:
    """The duty of a person: own districts, those of the absent he stands in for, the team's, and persons in care.

    Persons are not asked for where no role opens files: the database would refuse it.
    """
    opens_files = any(role in roles for role in roles_with(Permission.OPEN_CASE_FILES))
    absent = select(StaffAbsence.staff_id).where(
        StaffAbsence.substitute_id == staff_id, holds_on(StaffAbsence, today)
    )
    acts_for = {staff_id, *session.scalars(absent)}
    assigned = session.execute(
        select(Assignment.district_id, Assignment.kind).where(
            Assignment.staff_id.in_(acts_for), holds_on(Assignment, today)
        )
    ).all()
    supervised = frozenset(d for d, kind in assigned if kind is AssignmentKind.SUPERVISOR)
    own = frozenset(d for d, kind in assigned if kind is not AssignmentKind.SUPERVISOR)
    return DutyReach(
        district_ids=own,
        supervised_district_ids=supervised,
        team_district_ids=_team(session, own | supervised, today) - own - supervised,
        care_household_ids=_care(session, staff_id, today) if opens_files else frozenset(),
    )


def may_decide_for(session: Session, staff: SignedInStaff, household_id: UUID) -> bool:
    """Whether the person holds a position that decides about this household."""
    district_id = session.scalar(
        select(Household.district_id).where(
            Household.id == household_id, Household.office_id == staff.office_id
        )
    )
    may = staff.may(Permission.DECIDE_APPROVALS)
    return may and district_id is not None and bool(staff.positions_in(district_id))


def own_households(staff: SignedInStaff) -> ColumnElement[bool]:
    """Households that the person looks after or supervises; all of the office for whoever's duty is the office."""
    office = Household.office_id == staff.office_id
    return office if staff.is_office_wide else office & _near(staff, staff.own_district_ids)


def duty_households(staff: SignedInStaff) -> ColumnElement[bool]:
    """The same with those of the team: whatever the person opens without giving a reason."""
    office = Household.office_id == staff.office_id
    return office if staff.is_office_wide else office & _near(staff, staff.duty_district_ids)


def _near(staff: SignedInStaff, district_ids: Collection[UUID]) -> ColumnElement[bool]:
    return or_(Household.district_id.in_(district_ids), Household.id.in_(staff.care_household_ids))


def _team(session: Session, own: Collection[UUID], today: date) -> frozenset[UUID]:
    """All districts of the supervisors of these districts."""
    supervises = (Assignment.kind == AssignmentKind.SUPERVISOR) & holds_on(Assignment, today)
    leaders = select(Assignment.staff_id).where(Assignment.district_id.in_(own), supervises)
    return frozenset(
        session.scalars(
            select(Assignment.district_id).where(Assignment.staff_id.in_(leaders), supervises)
        )
    )


def _care(session: Session, staff_id: UUID, today: date) -> frozenset[UUID]:
    """Households in which a person of the person's care (個人担当) lives now; not those he or she left."""
    return frozenset(
        session.scalars(
            select(Member.household_id)
            .join(PersonAssignment, PersonAssignment.person_id == Member.person_id)
            .where(
                PersonAssignment.staff_id == staff_id,
                holds_on(PersonAssignment, today),
                holds_on(Member, today),
            )
        )
    )
