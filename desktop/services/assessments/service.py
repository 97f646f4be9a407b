"""Use cases of assessments, in a household's file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.assessment_forms import AssessmentInput
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.assessments import AssessmentRecord, SupportHoldLift, SupportHoldLiftText
from desktop.services.assessments.writing import store
from desktop.services.duty import may_decide_for
from desktop.services.masters.lookup_assessments import assessment_tables
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class AssessmentService:
    """The signed-in person's work on assessments."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.ASSESS)
    def save(self, given: AssessmentInput) -> None:
        """Store an assessment. It becomes the person's newest; a retry stores once.

        Raises ValidationError per field, ConflictError where the office's tables changed since the form was opened in a
        way that another rule fits now.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            known = session.get(AssessmentRecord, given.assessment_id)
            if known is not None and known.author_id == self.staff.staff_id:
                return
            tables = assessment_tables(session, self.staff.office_id, self.clock.today())
            store(session, given, tables, self.staff, self.clock.now())

    @needs(Permission.DECIDE_APPROVALS)
    def lift_hold(self, assessment_id: UUID, household_id: UUID, reason: str) -> None:
        """Settle the question of safety that an assessment raised (支援の保留の解除). Never the author's own to settle."""
        if not reason.strip():
            raise ValidationError(reason="どう確かめたかを入力してください。")
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            record = self._held(session, assessment_id, household_id)
            owner = {"office_id": record.office_id, "household_id": household_id}
            session.add(
                SupportHoldLift(
                    assessment_id=assessment_id,
                    lifted_by=self.staff.staff_id,
                    lifted_at=self.clock.now(),
                    **owner,
                )
            )
            session.flush()
            session.add(
                SupportHoldLiftText(assessment_id=assessment_id, reason=reason.strip(), **owner)
            )

    def _held(self, session: Session, assessment_id: UUID, household_id: UUID) -> AssessmentRecord:
        record = session.scalar(
            select(AssessmentRecord).where(
                AssessmentRecord.id == assessment_id,
                AssessmentRecord.household_id == household_id,
                AssessmentRecord.on_hold,
            )
        )
        if record is None:
            raise NotPermittedError("このアセスメントに保留はありません。")
        is_own = record.author_id == self.staff.staff_id
        if is_own or not may_decide_for(session, self.staff, household_id):
            raise NotPermittedError(
                "支援の保留を解けるのは、アセスメントを書いた本人ではない、地区の査察指導員か上位の職だけです。"
            )
        if session.get(SupportHoldLift, assessment_id) is not None:
            raise ConflictError("保留はすでに解かれています。")
        return record
