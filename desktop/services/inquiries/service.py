"""Use cases of inquiries to others (関係先調査)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import inquiring
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.inquiries import (
    AnswerInput,
    InquiriesOfFile,
    InquiryDraft,
    InquiryInput,
    InquiryLine,
    InquiryState,
    inquiry_label,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.inquiries import Inquiry
from desktop.services.inquiries import file, loading
from desktop.services.masters import lookup
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class InquiryService:
    """The signed-in person's inquiries. The register opens no file: it shows facts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def open_lines(self) -> tuple[InquiryLine, ...]:
        """What still waits for somebody, the oldest first."""
        with self.work() as session:
            return loading.open_lines(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def lines_of_year(self, year: int) -> tuple[InquiryLine, ...]:
        """The register of a fiscal year, by number."""
        with self.work() as session:
            return loading.lines_of_year(session, self.staff, year, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> InquiriesOfFile:
        """The inquiries of a file with all their words."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return file.of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def ask(self, given: InquiryInput) -> str:
        """Draft an inquiry and return its number; a retry gives the same. Raises ValidationError per field."""
        with self.work() as session:
            inquiring.ask(session, self.staff, given, self._tables(session), self.clock.now())
            inquiry = session.get_one(Inquiry, given.inquiry_id)
            return inquiry_label(inquiry.fiscal_year, inquiry.number)

    @needs(Permission.WRITE_RECORDS)
    def redraft(self, inquiry_id: UUID, shown: int, draft: InquiryDraft) -> None:
        """Draft a returned inquiry anew. Raises ConflictError where it is not what was shown."""
        with self.work() as session:
            tables, at = self._tables(session), self.clock.now()
            inquiring.redraft(session, self.staff, inquiry_id, shown, draft, tables, at=at)

    @needs(Permission.OPEN_CASE_FILES)
    def move(self, inquiry_id: UUID, shown: int, to: InquiryState, words: str = "") -> None:
        """Approve, return, remind, check or withdraw. Raises NotPermittedError for one's own draft or one not read."""
        with self.work() as session:
            at = self.clock.now()
            inquiring.move(session, self.staff, inquiry_id, shown, to, words, at=at)

    @needs(Permission.WRITE_RECORDS)
    def answer(self, given: AnswerInput) -> None:
        """Take an answer down as it was given. Raises ValidationError per field."""
        with self.work() as session:
            inquiring.answer(session, self.staff, given, self.clock.now())

    def _tables(self, session: Session) -> inquiring.Tables:
        today = self.clock.today()
        office_id = self.staff.office_id
        return (
            lookup.inquiry_agencies(session, office_id, today),
            lookup.inquiry_items(session, office_id, today),
        )
