"""The agencies with which a household's entries tell of a contact (関係機関)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.agency_contacts import AgencyContact, agency_contacts
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.records import ContactMethod, Place
from desktop.domain.roles import Permission
from desktop.models.records import Contact, ContactMet, EntryRecord
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import partners
from desktop.services.permission import needs
from desktop.services.records.loading import visible_to


@dataclass(frozen=True, slots=True)
class AgencyContactService:
    """Reads them off the file, which is opened for it."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.WRITE_RECORDS)
    def agencies(self, household_id: UUID) -> tuple[AgencyContact, ...]:
        """The agencies that entries named, the latest first, then the office's other partners."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            kinds = [
                kind.code
                for kind in lookup.entry_kinds(session, self.staff.office_id, today).values()
                if kind.method is ContactMethod.AGENCY and kind.place is not Place.OTHER
            ]
            met = session.execute(
                select(ContactMet.label, Contact.happened_on)
                .join(Contact, Contact.id == ContactMet.contact_id)
                .join(EntryRecord, EntryRecord.contact_id == Contact.id)
                .where(
                    ContactMet.household_id == household_id,
                    EntryRecord.household_id == household_id,
                    EntryRecord.kind.in_(kinds),
                    EntryRecord.is_annulled.is_(False),
                    ContactMet.person_id.is_(None),
                    visible_to(self.staff),
                )
            ).all()
            known = tuple(partners(session, self.staff.office_id, today).values())
            return agency_contacts([(label, day) for label, day in met], known)
