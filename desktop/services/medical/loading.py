"""What a file holds of medical matters. The caller holds a ticket; what is sensitive is read with its right alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.medical_files import MedicalFile, MedicalPerson
from desktop.domain.medical_opinions import (
    Answer,
    DoctorQuestion,
    Enquiry,
    EnquiryInput,
    EnquiryStep,
    Opinion,
    OpinionInput,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.households import Member, Person
from desktop.models.medical import (
    MedicalEnquiry,
    MedicalEnquiryStep,
    MedicalEnquiryText,
    MedicalOpinion,
    MedicalOpinionText,
)
from desktop.models.office import Staff
from desktop.services.duty import may_decide_for
from desktop.services.masters.lookup_assessments import assessment_numbers
from desktop.services.masters.lookup_medical import doctor_questions
from desktop.services.medical.holding import held_people
from desktop.services.medical.loading_orders import orders_of
from desktop.services.medical.loading_plans import appointments_of, plans_of, trips_of
from desktop.services.periods import holds_on


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> MedicalFile:
    """Every present member, the head first."""
    people = session.execute(
        select(Person.id, Person.name, Person.birth_date)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, holds_on(Member, today))
        .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
    ).all()
    may_read = staff.may(Permission.READ_SENSITIVE)
    trips = trips_of(session, household_id)
    read = _read(session, staff, household_id, today) if may_read else {}
    held = held_people(session, [person_id for person_id, *_ in people]) if may_read else ()
    return MedicalFile(
        people=tuple(
            MedicalPerson(
                person_id=person_id,
                name=name,
                birth_date=birth_date,
                is_held=person_id in held,
                **{name: tuple(found[person_id]) for name, found in read.items()},
                trips=tuple(trips[person_id]),
            )
            for person_id, name, birth_date in people
        ),
        questions=questions_of(session, staff, today),
        may_read=may_read,
        may_note=may_read and staff.may(Permission.ASSESS),
        may_order=may_read and staff.may(Permission.ORDER_EXAMINATION),
        may_decide=may_read and may_decide_for(session, staff, household_id),
        may_travel=staff.may(Permission.WRITE_RECORDS),
    )


def _read(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Mapping[str, Mapping[UUID, list[Any]]]:
    """What is sensitive, by the name of its field: person → rows, newest first."""
    return {
        "enquiries": enquiries_of(session, household_id),
        "opinions": opinions_of(session, staff, household_id, today),
        "orders": orders_of(session, staff, household_id),
        "plans": plans_of(session, household_id),
        "appointments": appointments_of(session, household_id),
    }


def questions_of(session: Session, staff: SignedInStaff, today: date) -> tuple[DoctorQuestion, ...]:
    """The office's questions to doctors in their order."""
    return doctor_questions(session, staff.office_id, today)


def enquiries_of(session: Session, household_id: UUID) -> Mapping[UUID, list[Enquiry]]:
    """Person → enquiries, newest first."""
    e, t, o = MedicalEnquiry, MedicalEnquiryText, MedicalOpinion
    answers = session.execute(
        select(o.enquiry_id, func.max(o.given_on))
        .where(o.household_id == household_id, o.enquiry_id.is_not(None))
        .group_by(o.enquiry_id)
    )
    answered = {enquiry_id: day for enquiry_id, day in answers if enquiry_id is not None}
    s = MedicalEnquiryStep
    steps: dict[UUID, list[EnquiryStep]] = defaultdict(list)
    for enquiry_id, kind in session.execute(
        select(s.enquiry_id, s.kind).where(s.household_id == household_id)
    ):
        steps[enquiry_id].append(kind)
    rows = session.execute(
        select(e, t, Staff.name)
        .join(t, t.enquiry_id == e.id)
        .join(Staff, Staff.id == e.asked_by)
        .where(e.household_id == household_id)
        .order_by(e.asked_on.desc(), e.asked_at.desc(), e.id.desc())
    )
    found: dict[UUID, list[Enquiry]] = defaultdict(list)
    for row, text, name in rows:
        found[row.person_id].append(
            Enquiry(
                given=EnquiryInput(
                    enquiry_id=row.id,
                    household_id=row.household_id,
                    person_id=row.person_id,
                    asked_on=row.asked_on,
                    reply_by=row.reply_by,
                    institution=text.institution,
                    doctor=text.doctor,
                    questions=tuple(str(each) for each in text.questions["rows"]),
                    consent=text.consent,
                ),
                asked_by=name,
                reminders=steps[row.id].count(EnquiryStep.REMINDED),
                is_withdrawn=EnquiryStep.WITHDRAWN in steps[row.id],
                answered_on=answered.get(row.id),
            )
        )
    return found


def opinions_of(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Mapping[UUID, list[Opinion]]:
    """Person → opinions, newest first, each with whether it is older than the office's months."""
    months = assessment_numbers(session, staff.office_id, today).evidence_age
    o, t = MedicalOpinion, MedicalOpinionText
    rows = session.execute(
        select(o, t, Staff.name)
        .join(t, t.opinion_id == o.id)
        .join(Staff, Staff.id == o.noted_by)
        .where(o.household_id == household_id)
        .order_by(o.given_on.desc(), o.noted_at.desc(), o.id.desc())
    )
    found: dict[UUID, list[Opinion]] = defaultdict(list)
    for row, text, name in rows:
        found[row.person_id].append(
            Opinion(
                given=_given(row, text),
                noted_by=name,
                noted_at=row.noted_at,
                is_old=months_later(row.given_on, months) < today,
            )
        )
    return found


def _given(row: MedicalOpinion, text: MedicalOpinionText) -> OpinionInput:
    return OpinionInput(
        opinion_id=row.id,
        household_id=row.household_id,
        person_id=row.person_id,
        source=row.given_by,
        given_on=row.given_on,
        institution=text.institution,
        doctor=text.doctor,
        answers=tuple(
            Answer(question=str(each["question"]), answer=str(each["answer"]))
            for each in text.answers["rows"]
        ),
        words=text.words,
        papers=text.papers,
        interpretation=text.interpretation,
        rejudge_on=row.rejudge_on,
        enquiry_id=row.enquiry_id,
        order_id=row.order_id,
    )
