"""Who was met, as far as the radar may know: ids, never a name or a word.

Who was met stands in content (`contact_met`), behind a ticket. PostgreSQL answers these two questions by functions of its
own (`security/sql/56_met_in_visits.sql`), to those who supervise; the training office looks itself.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Date, Uuid, cast, func, select
from sqlalchemy.orm import Session

from desktop.database.papering import on_server
from desktop.domain.records import ContactMethod, EntryState, Place
from desktop.models.households import Person
from desktop.models.records import Contact, ContactMet, EntryRecord

_FACE_TO_FACE = (ContactMethod.VISIT, ContactMethod.OFFICE)
_INSTITUTIONS = (Place.HOSPITAL, Place.FACILITY)


def children_seen(session: Session, office_id: UUID, since: date, born_after: date) -> set[UUID]:
    """Persons born after a day whom somebody met face to face after another, in a visit or in the office."""
    if on_server(session):
        asked = func.app.children_seen(*_bound(office_id, since), cast(born_after, Date))
        return set(session.scalars(select(asked)))
    found = (
        select(ContactMet.person_id)
        .join(Contact, Contact.id == ContactMet.contact_id)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .join(Person, Person.id == ContactMet.person_id)
        .distinct()
        .where(
            Contact.office_id == office_id,
            Contact.happened_on > since,
            Contact.method.in_(_FACE_TO_FACE),
            Person.birth_date > born_after,
            EntryRecord.state != EntryState.DRAFT,
            EntryRecord.is_annulled.is_(False),
        )
    )
    return {person_id for person_id in session.scalars(found) if person_id is not None}


def spoken_to_in_institutions(session: Session, office_id: UUID, since: date) -> set[UUID]:
    """Households of which a doctor or other staff of a hospital or facility was asked after a day."""
    if on_server(session):
        asked = func.app.spoken_to_in_institutions(*_bound(office_id, since))
        return set(session.scalars(select(asked)))
    found = (
        select(Contact.household_id)
        .join(ContactMet, ContactMet.contact_id == Contact.id)
        .distinct()
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .where(
            Contact.office_id == office_id,
            Contact.happened_on > since,
            Contact.place.in_(_INSTITUTIONS),
            ContactMet.person_id.is_(None),
            EntryRecord.state != EntryState.DRAFT,
            EntryRecord.is_annulled.is_(False),
        )
    )
    return set(session.scalars(found))


def _bound(office_id: UUID, since: date) -> tuple[object, object]:
    return cast(office_id, Uuid), cast(since, Date)
