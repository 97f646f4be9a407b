"""Personal papers that leave the office (持出し), and incidents with them (漏えい等事案).

The register (who left when with how many sheets, and that they came back) names no household: everybody who opens files
in the office reads it, as the book on the shelf. Which households were on a sheet are facts of their files. Everything
moves by functions.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.carry_outs import CarryOutApproval, CarryOutReason, CarryOutState
from desktop.models.base import Base, Keyed, Versioned, code, facts, log


class CarryOutBook(Base):
    """The office's numbers of trips in a fiscal year: the last one given. Nothing is ever counted down."""

    __tablename__ = "carry_out_book"
    __table_args__ = log()

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class CarryOutRecord(Keyed, Versioned, Base):
    """One trip with personal papers (持出し): a row of the register (K-11)."""

    __tablename__ = "carry_out"
    __table_args__ = log(
        UniqueConstraint("office_id", "fiscal_year", "number"),
        Index(None, "staff_id", "state"),
        Index(None, "office_id", "leaving_at"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
    )

    fiscal_year: Mapped[int]
    number: Mapped[int]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[CarryOutReason] = mapped_column(code(CarryOutReason))
    leaving_at: Mapped[datetime]
    area: Mapped[str]
    households: Mapped[int]
    sheets: Mapped[int]
    protection: Mapped[str]
    is_masked: Mapped[bool]
    goes_home: Mapped[bool]
    approval: Mapped[CarryOutApproval] = mapped_column(code(CarryOutApproval))
    state: Mapped[CarryOutState] = mapped_column(code(CarryOutState))
    made_at: Mapped[datetime]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("print_batch.id"))
    back_at: Mapped[datetime | None]
    destroyed: Mapped[bool]
    sheets_back: Mapped[int | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None]


class CarryOutKind(Base):
    """What went out: a key of the office's decision table (`carry_media`), with its words as they were that day."""

    __tablename__ = "carry_out_kind"
    __table_args__ = log()

    carry_out_id: Mapped[UUID] = mapped_column(ForeignKey("carry_out.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    label: Mapped[str]
    medium: Mapped[str]


class CarryOutStepRecord(Base):
    """One step of a trip; the words are the office's own (why it was withdrawn, what was odd) and name nobody."""

    __tablename__ = "carry_out_step"
    __table_args__ = log()

    carry_out_id: Mapped[UUID] = mapped_column(ForeignKey("carry_out.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    state: Mapped[CarryOutState] = mapped_column(code(CarryOutState))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    words: Mapped[str]
    was_back_at: Mapped[datetime | None]


class CarryOutItem(Base):
    """A household on the sheet of a trip, in its order."""

    __tablename__ = "carry_out_item"
    __table_args__ = facts(Index(None, "household_id"))

    carry_out_id: Mapped[UUID] = mapped_column(ForeignKey("carry_out.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    place: Mapped[int]
    with_place: Mapped[bool]


class CarryOutPurpose(Base):
    """What a household of a trip is visited for; `code` is a key of the office's table."""

    __tablename__ = "carry_out_purpose"
    __table_args__ = facts(Index(None, "household_id"))

    carry_out_id: Mapped[UUID] = mapped_column(ForeignKey("carry_out.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))


class ReadingPackRecord(Base):
    """The file of a trip that is a reading pack (閲覧パック): until when it opens; who wrote it when, and its SHA-256, once it is written."""

    __tablename__ = "reading_pack"
    __table_args__ = log(
        CheckConstraint(
            "(made_at IS NULL) = (sha256 IS NULL) AND (made_at IS NULL) = (made_by IS NULL)",
            name="written",
        ),
    )

    carry_out_id: Mapped[UUID] = mapped_column(ForeignKey("carry_out.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    expires_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime | None]
    sha256: Mapped[str | None]


class CarryOutPass(Keyed, Base):
    """A supervisor's word that somebody may take papers out on a day although others are not back (差止めの解除)."""

    __tablename__ = "carry_out_pass"
    __table_args__ = log(Index(None, "staff_id", "valid_on"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    valid_on: Mapped[date]
    reason: Mapped[str]


class IncidentRecord(Keyed, Versioned, Base):
    """An incident (漏えい等事案, K-29), with the legal deadlines as they were when it was saved."""

    __tablename__ = "incident"
    __table_args__ = log(UniqueConstraint("carry_out_id"), Index(None, "office_id", "found_at"))

    carry_out_id: Mapped[UUID | None] = mapped_column(ForeignKey("carry_out.id"))
    found_at: Mapped[datetime]
    persons: Mapped[int]
    is_malicious: Mapped[bool]
    is_reportable: Mapped[bool]
    quick_due_on: Mapped[date]
    full_due_on: Mapped[date]
    quick_reported_on: Mapped[date | None]
    full_reported_on: Mapped[date | None]
    summary: Mapped[str]
    items: Mapped[str]
    cause: Mapped[str]
    harm: Mapped[str]
    talk: Mapped[str]
    publication: Mapped[str]
    prevention: Mapped[str]
    remark: Mapped[str]
    reported_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    reported_at: Mapped[datetime]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]
