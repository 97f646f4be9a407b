"""Inquiries (関係先調査). Whom the office asked when, and where it stands, are facts; what was asked and answered is content."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.inquiries import Consent, InquiryState
from desktop.models.base import Base, Keyed, code, content, facts, log


class InquiryBook(Base):
    """The office's register of inquiries of a fiscal year: the last number given. Nothing is ever counted down."""

    __tablename__ = "inquiry_book"
    __table_args__ = log()

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class Inquiry(Keyed, Base):
    """One letter to one agency about one person. It moves by functions only; `step` is its newest step.

    `agency` is a key of the office's table, `basis` the articles of the items asked, as they stood then.
    """

    __tablename__ = "inquiry"
    __table_args__ = facts(
        UniqueConstraint("office_id", "fiscal_year", "number"),
        Index("ix_inquiry_file", "household_id", "asked_at"),
        Index("ix_inquiry_register", "office_id", "asked_at"),
        Index("ix_inquiry_state", "office_id", "state", "due_on"),
        Index(None, "person_id"),
        Index(None, "paper_id"),
        CheckConstraint("step > 0 AND reminders >= 0", name="counts"),
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)"
            " AND (sent_at IS NULL) = (batch_id IS NULL)"
            " AND (sent_at IS NULL OR approved_at IS NOT NULL)"
            " AND (answered_on IS NULL OR sent_at IS NOT NULL)"
            " AND (checked_at IS NULL OR answered_on IS NOT NULL)",
            name="order",
        ),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    fiscal_year: Mapped[int]
    number: Mapped[int]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    agency: Mapped[str]
    basis: Mapped[str]
    consent: Mapped[Consent] = mapped_column(code(Consent))
    state: Mapped[InquiryState] = mapped_column(code(InquiryState))
    step: Mapped[int]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("print_batch.id"))
    sent_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("paper.id"))
    checked_at: Mapped[datetime | None]


class InquiryStepRecord(Base):
    """A step that an inquiry took; added only. Step 1 is its first draft."""

    __tablename__ = "inquiry_step"
    __table_args__ = facts(Index(None, "household_id"))

    inquiry_id: Mapped[UUID] = mapped_column(ForeignKey("inquiry.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    state: Mapped[InquiryState] = mapped_column(code(InquiryState))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class _OfStep:
    """Words that came with a step."""

    inquiry_id: Mapped[UUID] = mapped_column(ForeignKey("inquiry.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class InquiryStepText(_OfStep, Base):
    """Why it was returned or withdrawn, how the agency was reminded, the answer as given, and what follows from it."""

    __tablename__ = "inquiry_step_text"
    __table_args__ = content(Index(None, "household_id"))

    words: Mapped[str]


class InquiryText(_OfStep, Base):
    """What a draft asks for beside its items: the purpose, and a question in the author's words."""

    __tablename__ = "inquiry_text"
    __table_args__ = content(Index(None, "household_id"))

    purpose: Mapped[str]
    more: Mapped[str]


class InquiryItemRecord(_OfStep, Base):
    """An item that a draft asks, as the office's table had it then."""

    __tablename__ = "inquiry_item"
    __table_args__ = content(Index(None, "household_id"))

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    label: Mapped[str]
    wording: Mapped[str]
    basis: Mapped[str]
