"""Monthly papers (毎月の書類): what came, why something did not, and cards that asked. What is due is derived, never stored."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Keyed, content, facts

_NOT_STRUCK = text("struck_at IS NULL")


class _Due(Keyed):
    """Whose paper, which one (a key of the office's table), about which month (its first day)."""

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    paper: Mapped[str]
    month: Mapped[date]


class MonthlyPaperReceipt(_Due, Base):
    """That a received paper is the one of a month. A wrong link is struck, never removed; a struck one also says "not this month"."""

    __tablename__ = "monthly_paper_receipt"
    __table_args__ = facts(
        Index(
            "uq_monthly_paper_receipt_once",
            *("household_id", "person_id", "paper", "month"),
            unique=True,
            sqlite_where=_NOT_STRUCK,
            postgresql_where=_NOT_STRUCK,
        ),
        Index(None, "household_id"),
        Index(None, "person_id"),
        Index(None, "paper_id"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck"),
    )

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"))
    linked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    linked_at: Mapped[datetime]
    struck_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    struck_at: Mapped[datetime | None]


class MonthlyPaperMissing(_Due, Base):
    """Why a paper has not come (a key of the office's table); the newest counts. It stays due."""

    __tablename__ = "monthly_paper_missing"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "person_id"))

    reason: Mapped[str]
    asked_help: Mapped[bool]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class MonthlyPaperMissingText(Base):
    """The same in words, and what help is missing."""

    __tablename__ = "monthly_paper_missing_text"
    __table_args__ = content(Index(None, "household_id"))

    missing_id: Mapped[UUID] = mapped_column(
        ForeignKey("monthly_paper_missing.id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    words: Mapped[str]
    help_missing: Mapped[str]


class MonthlyPaperReminder(_Due, Base):
    """That a card asked for a paper: in which print run, the how many-th."""

    __tablename__ = "monthly_paper_reminder"
    __table_args__ = facts(
        UniqueConstraint("household_id", "person_id", "paper", "month", "number"),
        Index(None, "person_id"),
        Index(None, "batch_id"),
    )

    number: Mapped[int]
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"))
    printed_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    printed_at: Mapped[datetime]
