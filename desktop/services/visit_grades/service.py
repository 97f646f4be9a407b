"""Use cases of visit grades (訪問格付)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from desktop.database import moving
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.visit_grades import SUBJECT, GradeInput, GradesOfFile, KeptInput
from desktop.models.approvals import Approval
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.permission import needs
from desktop.services.routes import route_of
from desktop.services.visit_grades import writing
from desktop.services.visit_grades.loading import of_household
from desktop.services.visit_grades.subject import VERSION, VisitGradeSubject


@dataclass(frozen=True, slots=True)
class VisitGradeService:
    """The signed-in person's work on visit grades."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    subject: VisitGradeSubject

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> GradesOfFile:
        """The household's grades, what asks for a review, and what a proposal is made of."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def propose(self, given: GradeInput) -> UUID:
        """Hand a grade to the approvers and return the submission's id.

        Raises ValidationError per field (also under the legal floor without an exception), ConflictError where
        another proposal of the household waits.
        """
        given = _tidy(given)
        self.reading.open(Purpose.FILE, [given.household_id])
        today, at = self.clock.today(), self.clock.now()
        with self.work() as session:
            record = writing.store(session, given, self.staff, at, today)
            new = moving.NewSubmission(
                office_id=record.office_id,
                household_id=record.household_id,
                subject_kind=SUBJECT,
                subject_id=record.id,
                root_version=VERSION,
                content_hash=record.content_hash,
                author_id=record.proposed_by,
                route=lambda: route_of(
                    session, self.staff, record.household_id, SUBJECT, record.grade, today
                ),
            )
            return moving.submit(session, self.subject, new, by=self.staff.staff_id, at=at)

    @needs(Permission.WRITE_RECORDS)
    def withdraw(self, grade_id: UUID) -> None:
        """Take a proposal back before the first stamp (引戻し)."""
        with self.work() as session:
            approval_id = session.scalar(
                select(Approval.id)
                .join(VisitGradeRecord, VisitGradeRecord.id == Approval.subject_id)
                .where(
                    Approval.subject_kind == SUBJECT,
                    Approval.subject_id == grade_id,
                    Approval.office_id == self.staff.office_id,
                )
            )
            if approval_id is None:
                raise NotPermittedError("この格付の提案は見つかりません。")
            moving.withdraw(
                session,
                self.subject,
                approval_id,
                by=self.staff.staff_id,
                at=self.clock.now(),
            )

    @needs(Permission.WRITE_RECORDS)
    def keep(self, given: KeptInput) -> None:
        """Record that the grade stays although something happened. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            writing.keep(session, given, self.staff, self.clock.now(), self.clock.today())


def _tidy(given: GradeInput) -> GradeInput:
    return replace(
        given,
        reason=given.reason.strip(),
        exception_reason=given.exception_reason.strip() if given.exception else "",
    )
