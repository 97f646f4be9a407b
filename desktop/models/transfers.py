"""Transfers (移管). What was sent where and when are facts; notes, reasons and who acknowledged are content."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.transfers import TransferConsent, TransferState
from desktop.models.base import Base, Keyed, Versioned, code, content, facts, log

_OPEN = text("state NOT IN ('acknowledged', 'withdrawn')")


class TransferBook(Base):
    """The office's numbers of transfer letters in a fiscal year: the last one given. Nothing is ever counted down."""

    __tablename__ = "transfer_book"
    __table_args__ = log()

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class TransferRecord(Keyed, Versioned, Base):
    """A transfer (移管); `destination` is a key of the office's table. The number comes with the approval."""

    __tablename__ = "transfer"
    __table_args__ = facts(
        UniqueConstraint("office_id", "fiscal_year", "number"),
        Index(None, "household_id"),
        Index(
            "uq_transfer_open",
            "household_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        CheckConstraint("(fiscal_year IS NULL) = (number IS NULL)", name="numbered"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    moved_on: Mapped[date]
    destination: Mapped[str]
    consent: Mapped[TransferConsent] = mapped_column(code(TransferConsent))
    consent_on: Mapped[date | None]
    state: Mapped[TransferState] = mapped_column(code(TransferState))
    state_at: Mapped[datetime]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]
    fiscal_year: Mapped[int | None]
    number: Mapped[int | None]
    sent_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime | None]


class TransferText(Base):
    """What the receiving office should know."""

    __tablename__ = "transfer_text"
    __table_args__ = content(Index(None, "household_id"))

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    needs: Mapped[str]
    dangers: Mapped[str]
    agreed: Mapped[str]


class TransferEnclosure(Base):
    """What goes with the letter; `code` is a key of the office's table."""

    __tablename__ = "transfer_enclosure"
    __table_args__ = facts(Index(None, "household_id"))

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class TransferStepRecord(Base):
    """One step of a transfer's way; `stated_on` is the day somebody gave, `at` when it was written."""

    __tablename__ = "transfer_step"
    __table_args__ = facts(Index(None, "household_id"))

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    state: Mapped[TransferState] = mapped_column(code(TransferState))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    stated_on: Mapped[date | None]


class TransferStepText(Base):
    """The words of a step: why it was returned or withdrawn, who acknowledged."""

    __tablename__ = "transfer_step_text"
    __table_args__ = content(Index(None, "household_id"))

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    words: Mapped[str]


class PrintedTransfer(Base):
    """That the letter of a transfer went to paper, in which print run."""

    __tablename__ = "printed_transfer"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "transfer_id"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
