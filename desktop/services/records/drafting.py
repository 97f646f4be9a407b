"""Use case that helps while an entry is written: the structure of the last one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.entry_structures import EntryStructure, structure_of
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.records import EntryOrigin, EntryState
from desktop.domain.roles import Permission
from desktop.models.records import EntryRecord
from desktop.services.permission import needs
from desktop.services.records.loading import load_entries


@dataclass(frozen=True, slots=True)
class DraftingService:
    """What the signed-in person may take over into an entry. Nothing of it is a sentence of somebody else."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.WRITE_RECORDS)
    def structure(self, household_id: UUID, kind: str) -> EntryStructure | None:
        """The structure of the household's last entry of this kind that was handed in; None where there is none."""
        self.reading.open(Purpose.FILE, [household_id])
        e = EntryRecord
        handed_in = or_(
            e.state.in_((EntryState.SUBMITTED, EntryState.APPROVED)),
            e.approved_version.is_not(None),
        )
        where = and_(
            e.household_id == household_id,
            e.kind == kind,
            e.origin == EntryOrigin.OFFICE,
            e.is_annulled.is_(False),
            handed_in,
        )
        with self.work() as session:
            found = load_entries(session, self.staff, where, newest=1, today=self.clock.today())
        return structure_of(found[0]) if found else None
