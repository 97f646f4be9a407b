"""What doctors were asked and what they said (病状照会・医師の意見). Rows are only added.

That a doctor was asked, and when, is a fact; whom, what and the answer are content with a read right of its own.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.assessments import HealthSource
from desktop.domain.medical_opinions import EnquiryStep
from desktop.models.base import Base, Keyed, code, content, facts


class MedicalEnquiry(Keyed, Base):
    """That a doctor was asked, and by when the answer is wanted."""

    __tablename__ = "medical_enquiry"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "office_id", "reply_by"),
        CheckConstraint("reply_by >= asked_on", name="days"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_on: Mapped[date]
    reply_by: Mapped[date]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]


class MedicalEnquiryText(Base):
    """Whom and what was asked: `questions` as they were worded then, and how the person agreed."""

    __tablename__ = "medical_enquiry_text"
    __table_args__ = content(Index(None, "household_id"))

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("medical_enquiry.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    institution: Mapped[str]
    doctor: Mapped[str]
    questions: Mapped[dict[str, Any]]
    consent: Mapped[str]


class MedicalEnquiryStep(Keyed, Base):
    """A reminder, or that no answer is wanted any more."""

    __tablename__ = "medical_enquiry_step"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "enquiry_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("medical_enquiry.id"))
    kind: Mapped[EnquiryStep] = mapped_column(code(EnquiryStep))
    done_on: Mapped[date]
    done_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime]


class MedicalOpinion(Keyed, Base):
    """That a doctor gave an opinion, on which day, in answer to what; and when he wants to judge again."""

    __tablename__ = "medical_opinion"
    __table_args__ = facts(
        Index("ix_medical_opinion_newest", "person_id", "given_on", "noted_at"),
        Index(None, "household_id"),
        Index(None, "enquiry_id"),
        Index(None, "order_id"),
        Index(None, "office_id", "rejudge_on"),
        CheckConstraint("(given_by = 'examined') = (order_id IS NOT NULL)", name="of_an_order"),
        CheckConstraint("rejudge_on IS NULL OR rejudge_on >= given_on", name="days"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    given_by: Mapped[HealthSource] = mapped_column(code(HealthSource))
    enquiry_id: Mapped[UUID | None] = mapped_column(ForeignKey("medical_enquiry.id"))
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("examination_order.id"))
    given_on: Mapped[date]
    rejudge_on: Mapped[date | None]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class MedicalOpinionText(Base):
    """The doctor's words as they were given (`answers`, `words`); the caseworker's reading of them stands apart."""

    __tablename__ = "medical_opinion_text"
    __table_args__ = content(Index(None, "household_id"))

    opinion_id: Mapped[UUID] = mapped_column(ForeignKey("medical_opinion.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    institution: Mapped[str]
    doctor: Mapped[str]
    answers: Mapped[dict[str, Any]]
    words: Mapped[str]
    papers: Mapped[str]
    interpretation: Mapped[str]
