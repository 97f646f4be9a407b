"""Who missed two appointments running and was neither visited nor called since. Facts only."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from desktop.domain.medical_plans import MISSED_RUNNING, NOT_KEPT
from desktop.domain.records import ContactMethod, EntryState
from desktop.models.households import Household
from desktop.models.medical_plans import HospitalAppointment, HospitalVisit
from desktop.models.records import Contact, EntryRecord

_CALLS = (ContactMethod.OFFICE, ContactMethod.TELEPHONE_IN, ContactMethod.TELEPHONE_OUT)


def missed_twice(where: ColumnElement[bool], today: date) -> Select[*tuple[Any, ...]]:
    """Household, person and the day of the last missed appointment; one row a person.

    Only what is known counts: an appointment that nobody noted anything about is passed over; one that was moved or is
    unknown ends the series.
    """
    a, v = HospitalAppointment, HospitalVisit
    newest = select(
        v.appointment_id,
        v.status,
        func.row_number()
        .over(partition_by=v.appointment_id, order_by=(v.noted_at.desc(), v.id.desc()))
        .label("place"),
    ).subquery()
    known = (
        select(
            a.household_id,
            a.person_id,
            a.on_day,
            newest.c.status,
            func.row_number()
            .over(partition_by=a.person_id, order_by=(a.on_day.desc(), a.at.desc(), a.id.desc()))
            .label("place"),
        )
        .join(newest, and_(newest.c.appointment_id == a.id, newest.c.place == 1))
        .join(Household, Household.id == a.household_id)
        .where(where, a.on_day <= today)
        .subquery()
    )
    last = (
        select(known.c.household_id, known.c.person_id, func.max(known.c.on_day).label("last_on"))
        .where(known.c.place <= MISSED_RUNNING, known.c.status.in_(NOT_KEPT))
        .group_by(known.c.household_id, known.c.person_id)
        .having(func.count() == MISSED_RUNNING)
        .subquery()
    )
    return select(last.c.household_id, last.c.person_id, last.c.last_on).where(
        ~_spoken_since(last.c.household_id, last.c.last_on, today)
    )


def _spoken_since(
    household_id: ColumnElement[Any], since: ColumnElement[date], today: date
) -> ColumnElement[bool]:
    """Somebody spoke at a visit, in the office or by telephone on that day or later, in an entry that was handed in."""
    c, e = Contact, EntryRecord
    return exists().where(
        c.household_id == household_id,
        c.happened_on >= since,
        c.happened_on <= today,
        c.is_absence.is_(False),
        or_(c.is_home_visit, c.method.in_(_CALLS)),
        e.contact_id == c.id,
        e.household_id == c.household_id,
        e.state != EntryState.DRAFT,
        e.is_annulled.is_(False),
    )
