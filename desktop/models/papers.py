"""Received papers (受領書類). What was taken in and where it stands are facts; from whom, note and reasons are content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.papers import PaperState
from desktop.models.base import Base, Keyed, code, content, facts, log


class PaperBook(Base):
    """The office's intake book (受領簿) of a fiscal year: the last number given. Nothing is ever counted down."""

    __tablename__ = "paper_book"
    __table_args__ = log()

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class PaperRecord(Keyed, Base):
    """A paper taken in for a household. Number, receiver and time are the server's; it moves by functions only.

    `kind` is a key of the office's table of kinds; `settled_at` is set with the last state.
    """

    __tablename__ = "paper"
    __table_args__ = facts(
        UniqueConstraint("office_id", "fiscal_year", "number"),
        Index("ix_paper_file", "household_id", "received_at"),
        Index("ix_paper_pool", "office_id", "settled_at", "received_at"),
        Index(None, "owner_id"),
        Index(None, "received_by"),
        Index(None, "person_id"),
        CheckConstraint("sheets > 0", name="sheets"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    fiscal_year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    sheets: Mapped[int]
    state: Mapped[PaperState] = mapped_column(code(PaperState), default=PaperState.RECEIVED)
    received_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    received_at: Mapped[datetime]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None]


class PaperText(Base):
    """From whom a paper came (提出者), and a note."""

    __tablename__ = "paper_text"
    __table_args__ = content(Index(None, "household_id"))

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    from_whom: Mapped[str]
    note: Mapped[str]


class PaperStepRecord(Base):
    """A step that a paper took; added only. Step 1 is the receipt."""

    __tablename__ = "paper_step"
    __table_args__ = facts(Index(None, "household_id"))

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    state: Mapped[PaperState] = mapped_column(code(PaperState))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class PaperStepText(Base):
    """Why a paper was settled without a decision."""

    __tablename__ = "paper_step_text"
    __table_args__ = content(Index(None, "household_id"))

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
