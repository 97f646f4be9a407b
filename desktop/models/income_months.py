"""Earned income by month (就労収入). Rows are only added; one that is put right is named by the one that stands for it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.income_months import IncomeSource
from desktop.models.base import Base, Keyed, code, content, facts

_FIRST = text("replaces_id IS NULL")


class IncomeMonthRecord(Keyed, Base):
    """What somebody earned in a month (yen), named by its first day. Without `gross` the month's amount is taken back."""

    __tablename__ = "income_month"
    __table_args__ = facts(
        Index(
            "uq_income_month_first",
            *("household_id", "person_id", "month"),
            unique=True,
            sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
        Index(None, "household_id"),
        Index(None, "person_id", "month"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("gross IS NULL OR gross BETWEEN 0 AND 10000000", name="gross"),
        CheckConstraint("gross IS NOT NULL OR replaces_id IS NOT NULL", name="taken_back"),
        CheckConstraint(
            "recognised IS NULL OR (gross IS NOT NULL AND recognised BETWEEN 0 AND gross)",
            name="recognised",
        ),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    month: Mapped[date]
    gross: Mapped[int | None]
    recognised: Mapped[int | None]
    read_from: Mapped[IncomeSource] = mapped_column(code(IncomeSource))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("income_month.id"))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class IncomeMonthText(Base):
    """Why a row was put right or taken back."""

    __tablename__ = "income_month_text"
    __table_args__ = content(Index(None, "household_id"))

    income_id: Mapped[UUID] = mapped_column(ForeignKey("income_month.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
