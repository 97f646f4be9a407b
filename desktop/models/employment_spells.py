"""Starts of work and raises (就労開始・増収), checks whether somebody still works, and ends. Rows are only added."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.employment_spells import (
    JobContract,
    JobEndReason,
    JobOutcome,
    JobRoute,
    RetentionAnswer,
)
from desktop.models.base import Base, Keyed, code, content, facts

_YEN = "BETWEEN 0 AND 10000000"


class EmploymentSpellRecord(Keyed, Base):
    """From when somebody works. Incomes are recognised earned income a month (yen), hours a week's."""

    __tablename__ = "employment_spell"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "person_id"),
        Index(None, "office_id", "started_on"),
        CheckConstraint("hours IS NULL OR hours BETWEEN 1 AND 168", name="hours"),
        CheckConstraint(f"expected_wage IS NULL OR expected_wage {_YEN}", name="expected_wage"),
        CheckConstraint(f"income_before IS NULL OR income_before {_YEN}", name="income_before"),
        CheckConstraint(f"income_after IS NULL OR income_after {_YEN}", name="income_after"),
        CheckConstraint("first_wage_on IS NULL OR first_wage_on >= started_on", name="first_wage"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[JobOutcome] = mapped_column(code(JobOutcome))
    started_on: Mapped[date]
    first_wage_on: Mapped[date | None]
    contract: Mapped[JobContract] = mapped_column(code(JobContract))
    route: Mapped[JobRoute] = mapped_column(code(JobRoute))
    hours: Mapped[int | None]
    expected_wage: Mapped[int | None]
    income_before: Mapped[int | None]
    income_after: Mapped[int | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class EmploymentSpellText(Base):
    """Where somebody works and as what."""

    __tablename__ = "employment_spell_text"
    __table_args__ = content(Index(None, "household_id"))

    spell_id: Mapped[UUID] = mapped_column(ForeignKey("employment_spell.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    employer: Mapped[str]
    job: Mapped[str]
    note: Mapped[str]


class EmploymentCheckRecord(Keyed, Base):
    """An answer whether somebody still works, so many months after the start; the newest counts."""

    __tablename__ = "employment_check"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "spell_id"),
        CheckConstraint("months IN (1, 3, 6, 12)", name="months"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    spell_id: Mapped[UUID] = mapped_column(ForeignKey("employment_spell.id"))
    months: Mapped[int]
    checked_on: Mapped[date]
    answer: Mapped[RetentionAnswer] = mapped_column(code(RetentionAnswer))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class EmploymentEndRecord(Keyed, Base):
    """When and why a spell ended; the newest counts. `mistake`: the spell never was, and counts for nothing."""

    __tablename__ = "employment_end"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "spell_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    spell_id: Mapped[UUID] = mapped_column(ForeignKey("employment_spell.id"))
    ended_on: Mapped[date]
    reason: Mapped[JobEndReason] = mapped_column(code(JobEndReason))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class EmploymentEndText(Base):
    """What is said about the end."""

    __tablename__ = "employment_end_text"
    __table_args__ = content(Index(None, "household_id"))

    end_id: Mapped[UUID] = mapped_column(ForeignKey("employment_end.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    note: Mapped[str]
