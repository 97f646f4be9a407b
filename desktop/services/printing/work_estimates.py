"""Printing of what remains in hand (手取り試算, S-36). It is reckoned anew from what was entered; nothing is stored but the print."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.work_estimates_forms import HandSheet, HandSheetAsked
from desktop.models.support_policies import PrintedFile
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.work_estimates import WorkEstimateService
from desktop.services.work_estimates.loading import people

FORM = "S-36"


@dataclass(frozen=True, slots=True)
class WorkEstimatePrinting:
    """The sheet for the person, and the note that it went to paper."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    estimates: WorkEstimateService

    @needs(Permission.PRINT_DRAFTS)
    def hand_sheet(self, asked: HandSheetAsked) -> HandSheet:
        """The sheet about somebody of the household, with the estimate by the office's values."""
        estimate = self.estimates.estimate(asked.household_id, asked.person_id, asked.given)
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            (bar,) = identities(
                session, self.staff, [asked.household_id], today, opened=True
            ).values()
            names = {one.person_id: one.name for one in people(session, asked.household_id)}
            contact, phone, _ = lookup.letter_contact(session, self.staff.office_id, today)
            return HandSheet(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar.case_number,
                name=names[asked.person_id],
                month=asked.given.on,
                gross=asked.given.gross,
                estimate=estimate,
                contact=contact,
                caseworker=bar.caseworker,
                phone=phone,
            )

    @needs(Permission.PRINT_DRAFTS)
    def record(self, batch_id: UUID, household_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the sheet went to paper or into a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            is_new = note_batch(
                session,
                batch_id,
                FormMark.PLAIN,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
            )
            if is_new:
                session.add(
                    PrintedFile(
                        batch_id=batch_id,
                        household_id=household_id,
                        office_id=self.staff.office_id,
                        form=FORM,
                    )
                )
