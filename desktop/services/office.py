"""The office as pickers and filters need it: districts, colleagues, who supervises whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.database.listening import Listener
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.desk_news import EVERYTHING
from desktop.domain.office import AssignmentKind, DistrictRow, SignedInStaff, StaffRow
from desktop.domain.roles import ROLE_LABELS, Permission, Role, roles_with
from desktop.models.households import Household
from desktop.models.office import Assignment, District, Staff, StaffRole
from desktop.services.periods import holds_on
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class OfficeService:
    """Districts and staff of the signed-in person's office, as of today."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.FIND_HOUSEHOLDS)
    def listener(self) -> Listener:
        """Hears that other desks changed something; one connection for all channels. Whoever asks for one closes it."""
        return Listener(self.work, *EVERYTHING)

    @needs(Permission.FIND_HOUSEHOLDS)
    def districts(self) -> tuple[DistrictRow, ...]:
        """All districts by code, with today's caseworker."""
        today = self.clock.today()
        with self.work() as session:
            main = main_caseworkers(session, today)
            rows = session.scalars(
                select(District)
                .where(District.office_id == self.staff.office_id)
                .order_by(District.code)
            )
            return tuple(
                DistrictRow(
                    district_id=d.id,
                    code=d.code,
                    name=d.name,
                    caseworker=main.get(d.id, ("", None))[0],
                )
                for d in rows
            )

    @needs(Permission.FIND_HOUSEHOLDS)
    def colleagues(self, role: Role | None = None) -> tuple[StaffRow, ...]:
        """Everybody who holds a role today (or this role), by kana."""
        today = self.clock.today()
        condition = holds_on(StaffRole, today) & (Staff.office_id == self.staff.office_id)
        if role is not None:
            condition &= StaffRole.role == role
        with self.work() as session:
            found: dict[UUID, tuple[str, list[Role]]] = {}
            for staff_id, name, held in session.execute(
                select(Staff.id, Staff.name, StaffRole.role)
                .join(StaffRole, StaffRole.staff_id == Staff.id)
                .where(condition)
                .order_by(Staff.kana, Staff.login)
            ):
                found.setdefault(staff_id, (name, []))[1].append(held)
        return tuple(
            StaffRow(
                staff_id=staff_id, name=name, role_label="・".join(ROLE_LABELS[r] for r in roles)
            )
            for staff_id, (name, roles) in found.items()
        )

    @needs(Permission.OPEN_CASE_FILES)
    def supervisors_of(self, household_id: UUID) -> tuple[StaffRow, ...]:
        """The supervisors of the household's district today."""
        with self.work() as session:
            return supervisors_of(session, household_id, self.clock.today())


def people_with(
    session: Session, office_id: UUID, permission: Permission, day: date
) -> tuple[StaffRow, ...]:
    """Everybody in service who may do an act on a day, by kana."""
    found: dict[UUID, tuple[str, list[str]]] = {}
    for staff_id, name, role in session.execute(
        select(Staff.id, Staff.name, StaffRole.role)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.office_id == office_id,
            StaffRole.role.in_(roles_with(permission)),
            Staff.active_from <= day,
            or_(Staff.active_to.is_(None), Staff.active_to >= day),
            holds_on(StaffRole, day),
        )
        .order_by(Staff.kana, Staff.login)
    ):
        found.setdefault(staff_id, (name, []))[1].append(ROLE_LABELS[role])
    return tuple(
        StaffRow(staff_id=staff_id, name=name, role_label="・".join(labels))
        for staff_id, (name, labels) in found.items()
    )


def supervisors_of(session: Session, household_id: UUID, day: date) -> tuple[StaffRow, ...]:
    """The supervisors of the household's district on a day."""
    rows = session.execute(
        select(Staff.id, Staff.name)
        .join(Assignment, Assignment.staff_id == Staff.id)
        .join(Household, Household.district_id == Assignment.district_id)
        .where(
            Household.id == household_id,
            Assignment.kind == AssignmentKind.SUPERVISOR,
            holds_on(Assignment, day),
        )
        .order_by(Assignment.valid_from)
    )
    return tuple(
        StaffRow(staff_id=i, name=name, role_label=ROLE_LABELS[Role.SUPERVISOR]) for i, name in rows
    )


def main_caseworkers(
    session: Session, day: date, district_ids: Collection[UUID] | None = None
) -> dict[UUID, tuple[str, UUID | None]]:
    """District → name and id of its main caseworker on a day, of these districts or of all; a vacant one is missing."""
    query = (
        select(Assignment.district_id, Staff.name, Staff.id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Assignment.kind == AssignmentKind.MAIN, holds_on(Assignment, day))
        .order_by(Assignment.valid_from)
    )
    if district_ids is not None:
        query = query.where(Assignment.district_id.in_(district_ids))
    return {district: (name, staff_id) for district, name, staff_id in session.execute(query)}
