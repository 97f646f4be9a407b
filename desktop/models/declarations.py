"""Declarations (申告): cycles given, receipts, what is missing and why, reminders. What is due is derived, never stored."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.declarations import DeclarationKind, MissingReason
from desktop.models.base import Base, Dated, Keyed, code, content, facts

_NOT_STRUCK = text("struck_at IS NULL")


class _Due(Keyed):
    """Whose declaration, of what."""

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[DeclarationKind] = mapped_column(code(DeclarationKind))


class DeclarationDuty(_Due, Dated, Base):
    """That a person declares in a cycle from a month on; `cycle` is a key of the office's table."""

    __tablename__ = "declaration_duty"
    __table_args__ = facts(
        UniqueConstraint("household_id", "person_id", "kind", "valid_from"),
        Index(None, "person_id"),
        Index(None, "office_id", "kind", "cycle"),
    )

    cycle: Mapped[str]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    given_at: Mapped[datetime]


class DeclarationDutyText(Base):
    """Why this cycle was given."""

    __tablename__ = "declaration_duty_text"
    __table_args__ = content(Index(None, "household_id"))

    duty_id: Mapped[UUID] = mapped_column(ForeignKey("declaration_duty.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]


class DeclarationReceipt(_Due, Base):
    """That a received paper is the declaration of a month (its first day). A wrong link is struck, never removed."""

    __tablename__ = "declaration_receipt"
    __table_args__ = facts(
        Index(
            "uq_declaration_receipt_once",
            *("household_id", "person_id", "kind", "month"),
            unique=True,
            sqlite_where=_NOT_STRUCK,
            postgresql_where=_NOT_STRUCK,
        ),
        Index(None, "household_id"),
        Index(None, "person_id"),
        Index(None, "paper_id"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck"),
    )

    month: Mapped[date]
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"))
    linked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    linked_at: Mapped[datetime]
    struck_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    struck_at: Mapped[datetime | None]


class DeclarationStrikeText(Base):
    """Why a link was struck."""

    __tablename__ = "declaration_strike_text"
    __table_args__ = content(Index(None, "household_id"))

    receipt_id: Mapped[UUID] = mapped_column(ForeignKey("declaration_receipt.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]


class DeclarationMissing(_Due, Base):
    """Why the declaration of a month has not come; the newest counts."""

    __tablename__ = "declaration_missing"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "person_id"))

    month: Mapped[date]
    reason: Mapped[MissingReason] = mapped_column(code(MissingReason))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class DeclarationMissingText(Base):
    """The same in words."""

    __tablename__ = "declaration_missing_text"
    __table_args__ = content(Index(None, "household_id"))

    missing_id: Mapped[UUID] = mapped_column(ForeignKey("declaration_missing.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    words: Mapped[str]


class DeclarationReminder(_Due, Base):
    """That a letter asked for the declaration of a month (督促): in which print run, the how many-th."""

    __tablename__ = "declaration_reminder"
    __table_args__ = facts(
        UniqueConstraint("household_id", "person_id", "kind", "month", "number"),
        Index(None, "person_id"),
        Index(None, "batch_id"),
    )

    month: Mapped[date]
    number: Mapped[int]
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"))
    printed_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    printed_at: Mapped[datetime]
