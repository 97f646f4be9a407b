"""Issued forms (発行済帳票). What was issued is a fact; its bytes, its addressee and reasons are content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.issued_forms import MOST_BYTES
from desktop.models.base import Base, Keyed, content, facts, log


class IssueBook(Base):
    """The office's register of issues of a fiscal year: the last number given. Nothing is ever counted down."""

    __tablename__ = "issue_book"
    __table_args__ = log()

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class IssuedFormRecord(Keyed, Base):
    """An issued form. Number, instant, size, hash and who issued it are the server's; it changes only by becoming void.

    `replaces` is the issue of the same form and subjects that was in force before. Size and hash are filled with
    the bytes, in the same transaction.
    """

    __tablename__ = "issued_form"
    __table_args__ = facts(
        UniqueConstraint("office_id", "fiscal_year", "number"),
        Index("ix_issued_form_file", "household_id", "issued_at"),
        Index(None, "office_id", "issued_at"),
        Index(None, "issued_by"),
        Index(None, "replaces"),
        CheckConstraint("mark IN ('original', 'plain', 'disclosed')", name="mark"),
        CheckConstraint(f"size BETWEEN 0 AND {MOST_BYTES}", name="size"),
        CheckConstraint("(voided_by IS NULL) = (voided_at IS NULL)", name="void"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    form_code: Mapped[str]
    edition: Mapped[str]
    fiscal_year: Mapped[int]
    number: Mapped[int]
    mark: Mapped[str]
    pages: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(default="")
    issued_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    issued_at: Mapped[datetime]
    replaces: Mapped[UUID | None] = mapped_column(ForeignKey("issued_form.id"))
    voided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    voided_at: Mapped[datetime | None]


class IssuedSubject(Base):
    """What a form is of: an entry, a policy, a person; with the approved version where the form takes one."""

    __tablename__ = "issued_subject"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "subject_id"))

    issued_id: Mapped[UUID] = mapped_column(ForeignKey("issued_form.id"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int | None]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class IssuedFileContent(Base):
    """The PDF as it was issued, and for whom."""

    __tablename__ = "issued_file"
    __table_args__ = content(Index(None, "household_id"))

    issued_id: Mapped[UUID] = mapped_column(ForeignKey("issued_form.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    recipient: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class IssuedVoidText(Base):
    """Why an issue is void (失効の理由)."""

    __tablename__ = "issued_void_text"
    __table_args__ = content(Index(None, "household_id"))

    issued_id: Mapped[UUID] = mapped_column(ForeignKey("issued_form.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]


class PrintedIssue(Base):
    """An issued form that went to paper in a print run: first, or again from the stored bytes."""

    __tablename__ = "printed_issue"
    __table_args__ = log(Index(None, "issued_id"), Index(None, "household_id"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    issued_id: Mapped[UUID] = mapped_column(ForeignKey("issued_form.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
