"""What can be ticked while a record is written (チェック→文): the office's sheet, without anything of a household."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.tick_reading import reader_of
from desktop.domain.ticks import TickSheet
from desktop.services.masters.lookup_ticks import tick_sheet
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class TickService:
    """Gives the editor the office's sheet."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.WRITE_RECORDS)
    def sheet(self) -> TickSheet:
        """The subjects, sources and grammar in force today; its reader is made here already, not while somebody waits at a key."""
        with self.work() as session:
            found = tick_sheet(session, self.staff.office_id, self.clock.today())
        reader_of(found)
        return found
