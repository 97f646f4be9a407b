"""Use cases of transfers (移管)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.database import transferring
from desktop.database.reading import ReadingDoor
from desktop.database.transferring import KnownCodes
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.transfers import (
    TransferInput,
    TransferLine,
    TransferMoveInput,
    TransfersOfFile,
)
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.transfers import loading


@dataclass(frozen=True, slots=True)
class TransferService:
    """The signed-in person's transfers. The list of the office opens no file: it shows facts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def lines(self, *, with_ended: bool = False) -> tuple[TransferLine, ...]:
        """Transfers of the own duty that something is still to be done for, the most urgent first; or all."""
        with self.work() as session:
            return loading.lines(session, self.staff, self.clock.today(), with_ended=with_ended)

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> TransfersOfFile:
        """Every transfer of a file with its words and its way, the newest first, and what a new one may choose from."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return loading.of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def save(self, given: TransferInput) -> int:
        """Draft a transfer or change it while it waits or was returned; a retry stores once. Returns its version.

        Raises ValidationError per field, ConflictError where it moved on or another one of the household is open.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        today = self.clock.today()
        with self.work() as session:
            office_id = self.staff.office_id
            known = KnownCodes(
                offices=lookup.labels(session, office_id, Master.WELFARE_OFFICES, today),
                enclosures=lookup.labels(session, office_id, Master.TRANSFER_ENCLOSURES, today),
            )
            return transferring.save(session, self.staff, given, known, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def move(self, household_id: UUID, given: TransferMoveInput) -> int:
        """Approve, return, send, acknowledge or withdraw what was shown. Returns the version it has then.

        Raises NotPermittedError where the person is not the one to do it, ConflictError where it moved on.
        """
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return transferring.move(session, self.staff, given, self.clock.now())

    @needs(Permission.RECEIVE_PAPERS)
    def confirm(self, transfer_id: UUID, version: int) -> int:
        """Say that address and envelope of a shielded household's letter were compared. Returns the new version."""
        with self.work() as session:
            return transferring.confirm(session, self.staff, transfer_id, version, self.clock.now())
