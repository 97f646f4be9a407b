"""Supervisors who came along (同行訪問) in the training office: with each new caseworker but the first, who was left alone (V19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.office import AssignmentKind
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.models.records import Contact, ContactStaff, EntryRecord
from desktop.services.training.plants import PlantList

_A_YEAR, _MONTHS = timedelta(days=365), 3


@dataclass(frozen=True, slots=True)
class _New:
    """A caseworker in the first year, with district and supervisor."""

    staff_id: UUID
    login: str
    district_id: UUID
    since: date


def accompany(session: Session, office_id: UUID, today: date, planted: PlantList) -> int:
    """Note who came along, and return the rows of `contact_staff` that were added.

    A supervisor comes along once a day, so that no two visits of the same hour have the same supervisor.
    """
    taken: set[tuple[UUID, date]] = set()
    added = 0
    for number, one in enumerate(_new_ones(session, office_id, today)):
        is_alone = number == 0
        if not is_alone:
            is_alone = not _come_along(session, one, today, taken)
            added += not is_alone
        said = "同行訪問なし" if is_alone else "同行訪問あり"
        planted.staff("V19", one.login, said, is_near=not is_alone, since=one.since)
    session.flush()
    return added


def _new_ones(session: Session, office_id: UUID, today: date) -> Iterator[_New]:
    """Main caseworkers of today who began in the last year, but not in the last quarter; by login."""
    a = Assignment
    began = (
        select(a.staff_id, func.min(a.valid_from).label("since"))
        .where(a.office_id == office_id, a.kind != AssignmentKind.SUPERVISOR)
        .group_by(a.staff_id)
        .subquery()
    )
    rows = session.execute(
        select(Staff.id, Staff.login, a.district_id, began.c.since)
        .join(a, a.staff_id == Staff.id)
        .join(began, began.c.staff_id == Staff.id)
        .where(
            a.kind == AssignmentKind.MAIN,
            a.valid_from <= today,
            or_(a.valid_to.is_(None), a.valid_to >= today),
            began.c.since >= today - _A_YEAR,
            began.c.since <= months_later(today, -_MONTHS),
        )
        .order_by(Staff.login)
    )
    for row in rows:
        yield _New(*row)


def _come_along(session: Session, one: _New, today: date, taken: set[tuple[UUID, date]]) -> bool:
    """The supervisor goes on one of the newcomer's real visits of the last quarter."""
    a = Assignment
    supervisor = session.scalar(
        select(a.staff_id)
        .where(a.district_id == one.district_id, a.kind == AssignmentKind.SUPERVISOR)
        .order_by(a.valid_from.desc())
        .limit(1)
    )
    visits = session.scalars(
        select(Contact)
        .join(ContactStaff, ContactStaff.contact_id == Contact.id)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .join(Household, Household.id == Contact.household_id)
        .where(
            ContactStaff.staff_id == one.staff_id,
            Household.district_id == one.district_id,
            Contact.is_home_visit,
            Contact.happened_on > months_later(today, -_MONTHS),
            EntryRecord.approved_at.is_not(None),
            EntryRecord.is_annulled.is_(False),
        )
        .order_by(Contact.happened_on.desc(), Contact.id)
    )
    for visit in visits:
        if supervisor is None or (supervisor, visit.happened_on) in taken:
            continue
        taken.add((supervisor, visit.happened_on))
        given = {"office_id": visit.office_id, "household_id": visit.household_id}
        session.add(ContactStaff(contact_id=visit.id, staff_id=supervisor, **given))
        return True
    return False
