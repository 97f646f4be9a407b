"""Who looks after the districts of a training office: its ledger names them, and nobody else could sign in.

A real office sets up its people itself, so 担当者名 is not taken in there.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from desktop.database.staging import ROWS
from desktop.domain.office import AssignmentKind, DatabaseKind
from desktop.domain.roles import Role
from desktop.models.office import Assignment, DatabaseInfo, District, Staff, StaffRole
from desktop.services.ledger_import.run_context import Run
from desktop.services.periods import holds_on

_SUPERVISOR_LOGIN, _SUPERVISOR_NAME = "sasatsu", "研修用　査察指導員"


def staff_training_office(run: Run) -> None:
    """Give every district without a caseworker the one the ledger names, and one without a supervisor a supervisor."""
    if run.session.scalar(select(DatabaseInfo.kind)) is not DatabaseKind.TRAINING:
        return
    named = _named_caseworkers(run)
    for district in _without(run, AssignmentKind.MAIN):
        name = named.get(district.code)
        if name:
            staff_id = _person(run, f"cw-{district.code}", name, Role.CASEWORKER)
            _assign(run, district.id, staff_id, AssignmentKind.MAIN)
    for district in _without(run, AssignmentKind.SUPERVISOR):
        _assign(run, district.id, _supervisor(run), AssignmentKind.SUPERVISOR)


def _named_caseworkers(run: Run) -> dict[str, str]:
    """District code → name of its caseworker, "" where the ledger names none."""
    rows = run.session.execute(
        select(ROWS.c.district_code, func.max(ROWS.c.caseworker)).group_by(ROWS.c.district_code)
    )
    return {code: name for code, name in rows}  # noqa: C416 - rows are no plain tuples


def _without(run: Run, kind: AssignmentKind) -> list[District]:
    held = select(Assignment.district_id).where(
        Assignment.kind == kind, holds_on(Assignment, run.today)
    )
    districts = select(District).where(
        District.office_id == run.office_id, District.id.not_in(held)
    )
    return list(run.session.scalars(districts.order_by(District.code)))


def _person(run: Run, login: str, name: str, role: Role) -> UUID:
    known = select(Staff.id).where(
        Staff.office_id == run.office_id, (Staff.name == name) | (Staff.login == login)
    )
    found = run.session.scalars(known.order_by(Staff.login).limit(1)).one_or_none()
    if found is not None:
        return found
    staff = Staff(office_id=run.office_id, login=login, name=name, kana="", active_from=run.today)
    run.session.add(staff)
    run.session.flush()
    run.session.add(
        StaffRole(office_id=run.office_id, staff_id=staff.id, role=role, valid_from=run.today)
    )
    run.session.flush()
    return staff.id


def _supervisor(run: Run) -> UUID:
    holder = (
        select(StaffRole.staff_id)
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(
            StaffRole.office_id == run.office_id,
            StaffRole.role == Role.SUPERVISOR,
            holds_on(StaffRole, run.today),
        )
        .order_by(Staff.login)
        .limit(1)
    )
    found = run.session.scalars(holder).one_or_none()
    return found or _person(run, _SUPERVISOR_LOGIN, _SUPERVISOR_NAME, Role.SUPERVISOR)


def _assign(run: Run, district_id: UUID, staff_id: UUID, kind: AssignmentKind) -> None:
    run.session.add(
        Assignment(
            office_id=run.office_id,
            district_id=district_id,
            staff_id=staff_id,
            kind=kind,
            valid_from=run.today,
        )
    )
    run.session.flush()
