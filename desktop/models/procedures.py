"""Procedures that the law asks the office for (手続). Rows are only added; one that goes on or is put right is named by the next."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.procedures import ProcedureKind
from desktop.models.base import Base, Keyed, code, content, facts


class ProcedureRecord(Keyed, Base):
    """What is known of one procedure; what its days are called is said by `PROCEDURE_SHAPE`. `choice` is a code of the office.

    `year` and `yen` belong to the survey of taxed income and to money to be returned.
    """

    __tablename__ = "procedure_record"
    __table_args__ = facts(
        Index("ix_procedure_record_file", "household_id", "kind"),
        Index(None, "person_id"),
        Index(None, "office_id", "kind", "begun_on"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("NOT is_void OR replaces_id IS NOT NULL", name="void"),
        CheckConstraint(
            "(confirmed_on IS NULL OR confirmed_on >= begun_on)"
            " AND (ended_on IS NULL OR ended_on >= begun_on)",
            name="order",
        ),
        CheckConstraint("(kind = 'tax_survey') = (year IS NOT NULL)", name="year"),
        CheckConstraint("yen IS NULL OR yen BETWEEN 0 AND 100000000", name="yen"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[ProcedureKind] = mapped_column(code(ProcedureKind))
    begun_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    year: Mapped[int | None]
    yen: Mapped[int | None]
    choice: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("procedure_record.id"))
    is_void: Mapped[bool] = mapped_column(default=False)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class ProcedureText(Base):
    """Who took part, what is to be said of it, and why an earlier row was put right; a row without words has none."""

    __tablename__ = "procedure_text"
    __table_args__ = content(Index(None, "household_id"))

    procedure_id: Mapped[UUID] = mapped_column(ForeignKey("procedure_record.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    who: Mapped[str]
    note: Mapped[str]
    reason: Mapped[str]
