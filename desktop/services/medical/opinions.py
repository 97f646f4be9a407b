"""Use cases of what doctors are asked and say. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.medical_files import MedicalFile
from desktop.domain.medical_opinions import (
    EnquiryInput,
    EnquiryStep,
    EnquiryStepInput,
    OpinionInput,
    enquiry_errors,
    opinion_errors,
)
from desktop.domain.medical_orders import OrderStep
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.medical import (
    MedicalEnquiry,
    MedicalEnquiryStep,
    MedicalEnquiryText,
    MedicalOpinion,
    MedicalOpinionText,
)
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord
from desktop.services.medical.holding import need_person
from desktop.services.medical.loading import of_household
from desktop.services.permission import needs

_NO_ENQUIRY = "この照会は見つからないか、この世帯のものではありません。"
_ENDED = "この照会は回答が届いたか、取りやめになっています。"
_WITHDRAWN = "この照会は取りやめになっています。"
_NO_RESULT = "検診の結果は、交付した検診命令に、一度だけ記録できます。"
_STEP_DAY = "照会日から今日までの日付にしてください。"


@dataclass(frozen=True, slots=True)
class MedicalOpinionService:
    """The signed-in person's work on enquiries and opinions of opened files."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> MedicalFile:
        """Everything medical of the present members, newest first; ways alone for whoever may not read what is sensitive."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.ASSESS)
    def ask(self, given: EnquiryInput) -> None:
        """Keep an enquiry to a doctor. A retry stores once. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(MedicalEnquiry, given.enquiry_id) is not None:
                return
            need_person(session, self.staff, given.household_id, given.person_id)
            _refuse(enquiry_errors(given, self.clock.today()))
            owner = self._owner(given.household_id)
            session.add(
                MedicalEnquiry(
                    id=given.enquiry_id,
                    person_id=given.person_id,
                    asked_on=given.asked_on,
                    reply_by=given.reply_by,
                    asked_by=self.staff.staff_id,
                    asked_at=self.clock.now(),
                    **owner,
                )
            )
            session.flush()
            session.add(
                MedicalEnquiryText(
                    enquiry_id=given.enquiry_id,
                    institution=given.institution.strip(),
                    doctor=given.doctor.strip(),
                    questions={"rows": list(given.questions)},
                    consent=given.consent.strip(),
                    **owner,
                )
            )

    @needs(Permission.ASSESS)
    def step_enquiry(self, given: EnquiryStepInput) -> None:
        """Note a reminder or that no answer is wanted. Raises ConflictError where nothing is waited for any more."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(MedicalEnquiryStep, given.step_id) is not None:
                return
            enquiry = self._enquiry(session, given.enquiry_id, given.household_id)
            if _is_answered(session, enquiry.id) or _is_withdrawn(session, enquiry.id):
                raise ConflictError(_ENDED)
            if not enquiry.asked_on <= given.done_on <= self.clock.today():
                raise ValidationError(done_on=_STEP_DAY)
            session.add(
                MedicalEnquiryStep(
                    id=given.step_id,
                    enquiry_id=enquiry.id,
                    kind=given.kind,
                    done_on=given.done_on,
                    done_by=self.staff.staff_id,
                    done_at=self.clock.now(),
                    **self._owner(given.household_id),
                )
            )

    @needs(Permission.ASSESS)
    def note_opinion(self, given: OpinionInput) -> None:
        """Keep what a doctor said as it was said. A retry stores once; nothing else is filled from it.

        Raises ValidationError per field, ConflictError for an enquiry that was withdrawn or an order without delivery.
        """
        given = replace(given, words=given.words.strip(), doctor=given.doctor.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(MedicalOpinion, given.opinion_id) is not None:
                return
            need_person(session, self.staff, given.household_id, given.person_id)
            _refuse(opinion_errors(given, self.clock.today()))
            self._need_origin(session, given)
            self._store(session, given)

    def _need_origin(self, session: Session, given: OpinionInput) -> None:
        if given.enquiry_id is not None:
            enquiry = self._enquiry(session, given.enquiry_id, given.household_id)
            if enquiry.person_id != given.person_id:
                raise NotPermittedError(_NO_ENQUIRY)
            if _is_withdrawn(session, enquiry.id):
                raise ConflictError(_WITHDRAWN)
        if given.order_id is not None and not _awaits_result(session, given):
            raise ConflictError(_NO_RESULT)

    def _store(self, session: Session, given: OpinionInput) -> None:
        owner = self._owner(given.household_id)
        session.add(
            MedicalOpinion(
                id=given.opinion_id,
                person_id=given.person_id,
                given_by=given.source,
                enquiry_id=given.enquiry_id,
                order_id=given.order_id,
                given_on=given.given_on,
                rejudge_on=given.rejudge_on,
                noted_by=self.staff.staff_id,
                noted_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        rows = [{"question": each.question, "answer": each.answer} for each in given.answers]
        session.add(
            MedicalOpinionText(
                opinion_id=given.opinion_id,
                institution=given.institution.strip(),
                doctor=given.doctor,
                answers={"rows": rows},
                words=given.words,
                papers=given.papers.strip(),
                interpretation=given.interpretation.strip(),
                **owner,
            )
        )

    def _enquiry(self, session: Session, enquiry_id: UUID, household_id: UUID) -> MedicalEnquiry:
        e = MedicalEnquiry
        found = session.scalar(select(e).where(e.id == enquiry_id, e.household_id == household_id))
        if found is None or found.office_id != self.staff.office_id:
            raise NotPermittedError(_NO_ENQUIRY)
        return found

    def _owner(self, household_id: UUID) -> dict[str, UUID]:
        return {"office_id": self.staff.office_id, "household_id": household_id}


def _refuse(errors: dict[str, str]) -> None:
    if errors:
        raise ValidationError(**errors)


def _is_answered(session: Session, enquiry_id: UUID) -> bool:
    o = MedicalOpinion
    return session.scalar(select(o.id).where(o.enquiry_id == enquiry_id).limit(1)) is not None


def _is_withdrawn(session: Session, enquiry_id: UUID) -> bool:
    s = MedicalEnquiryStep
    ended = select(s.id).where(s.enquiry_id == enquiry_id, s.kind == EnquiryStep.WITHDRAWN)
    return session.scalar(ended.limit(1)) is not None


def _awaits_result(session: Session, given: OpinionInput) -> bool:
    """Whether the order is this person's, was handed over, not withdrawn, and has no result yet."""
    x, s, o = ExaminationOrderRecord, ExaminationStepRecord, MedicalOpinion
    order = session.scalar(
        select(x).where(
            x.id == given.order_id,
            x.household_id == given.household_id,
            x.person_id == given.person_id,
        )
    )
    steps = set(session.scalars(select(s.step).where(s.order_id == given.order_id)))
    known = session.scalar(select(o.id).where(o.order_id == given.order_id).limit(1))
    is_out = OrderStep.DELIVERED in steps and OrderStep.WITHDRAWN not in steps
    return order is not None and is_out and known is None
