"""Visits, absences and stays for the tests of the rules about visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from desktop.domain.households import ResidenceKind
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod, VisitGradePeriod
from desktop.models.office import Staff
from desktop.models.records import Contact, ContactMet, ContactStaff, EntryRecord
from tests.services.supervision.conftest import Watched
from tests.support.factories import add, days_ago


def settled(watched: Watched, days: int = 900, **changes: Any) -> Household:
    """A household that has received protection for so many days."""
    return watched.household(since=days_ago(days), **changes)


def visit(
    watched: Watched,
    household: Household,
    days: int,
    *,
    times: tuple[int, int] | None = None,
    by: Staff | None = None,
    met: tuple[object, ...] = (),
    **changes: Any,
) -> EntryRecord:
    """An approved entry of a visit so many days ago; `times` in minutes since midnight, `met` person ids or None."""
    entry = watched.approved(household, event_on=days_ago(days), **changes)
    session, key = watched.session, {"office_id": watched.office.id, "household_id": household.id}
    contact = session.get_one(Contact, entry.contact_id)
    if times is not None:
        contact.started_at, contact.ended_at = times
    staff_id = (by or watched.caseworker).id
    session.add(ContactStaff(contact_id=contact.id, staff_id=staff_id, **key))
    session.add_all(
        ContactMet(contact_id=contact.id, person_id=person, label="面接した方", **key)
        for person in met
    )
    session.flush()
    return entry


def absence(watched: Watched, household: Household, days: int, **changes: Any) -> EntryRecord:
    """A visit at which nobody was at home."""
    given = {"result_code": "21", "is_home_visit": False, "is_absence": True, **changes}
    return visit(watched, household, days, **given)


def graded(watched: Watched, household: Household, code: str) -> None:
    """The household's visit grade, for long."""
    row = VisitGradePeriod(
        office_id=watched.office.id,
        household_id=household.id,
        grade=code,
        valid_from=days_ago(900),
    )
    add(watched.session, row)


def in_hospital(watched: Watched, household: Household, since: date) -> None:
    """The head is in a hospital from a day on."""
    head = select(Member.person_id).where(Member.household_id == household.id, Member.is_head)
    row = ResidencePeriod(
        office_id=watched.office.id,
        person_id=watched.session.scalars(head).one(),
        kind=ResidenceKind.HOSPITAL,
        place="試験病院",
        valid_from=since,
    )
    add(watched.session, row)
