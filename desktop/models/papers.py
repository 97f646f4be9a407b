"""Received papers (受領書類). What was taken in and where it stands are facts; from whom, note and reasons are content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.paper_slips import SlipPart
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


class PaperLinkRecord(Keyed, Base):
    """What a paper hangs together with: an entry or a to-do. Added by functions only; a wrong one is struck."""

    __tablename__ = "paper_link"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "entry_id"),
        Index(None, "todo_id"),
        Index(
            "uq_paper_link_entry",
            *("paper_id", "entry_id"),
            unique=True,
            postgresql_where=text("struck_at IS NULL"),
            sqlite_where=text("struck_at IS NULL"),
        ),
        CheckConstraint("(entry_id IS NULL) <> (todo_id IS NULL)", name="target"),
        CheckConstraint("(struck_by IS NULL) = (struck_at IS NULL)", name="struck"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"))
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entry.id"))
    todo_id: Mapped[UUID | None] = mapped_column(ForeignKey("todo.id"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    struck_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    struck_at: Mapped[datetime | None]


class PaperLinkText(Base):
    """Why a link was struck."""

    __tablename__ = "paper_link_text"
    __table_args__ = content(Index(None, "household_id"))

    link_id: Mapped[UUID] = mapped_column(ForeignKey("paper_link.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]


class PrintedPaper(Base):
    """Slip and receipt of a paper (受付票・受領証) that came out in a print run."""

    __tablename__ = "printed_paper"
    __table_args__ = log(Index(None, "paper_id"), Index(None, "household_id"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    part: Mapped[SlipPart] = mapped_column(code(SlipPart))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
