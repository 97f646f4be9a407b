"""Applications for benefits linked to work (試算・給付) and what was decided. Rows are only added."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_cases import CaseOutcome
from desktop.models.base import Base, Keyed, code, content, facts


class BenefitCaseRecord(Keyed, Base):
    """That somebody applied: for what, when, about which day or months."""

    __tablename__ = "benefit_case"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "person_id"),
        CheckConstraint("kind <> 'earned_income'", name="kind"),
        CheckConstraint("(kind = 'job_search') = (months IS NOT NULL)", name="monthly"),
        CheckConstraint("months IS NULL OR months BETWEEN 1 AND 60", name="months"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[EstimateKind] = mapped_column(code(EstimateKind))
    asked_on: Mapped[date]
    about_on: Mapped[date]
    months: Mapped[int | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class BenefitCaseText(Base):
    """The estimate as it was shown (`work_estimates_kept`), with its parameters, and a note."""

    __tablename__ = "benefit_case_text"
    __table_args__ = content(Index(None, "household_id"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("benefit_case.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    estimate: Mapped[dict[str, Any]]
    note: Mapped[str]


class BenefitDecisionRecord(Keyed, Base):
    """That the benefit system decided, and for which month where months are decided one by one."""

    __tablename__ = "benefit_decision"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "case_id"),
        CheckConstraint("interviews IS NULL OR interviews BETWEEN 0 AND 999", name="interviews"),
        CheckConstraint(
            "applications IS NULL OR applications BETWEEN 0 AND 999", name="applications"
        ),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("benefit_case.id"))
    outcome: Mapped[CaseOutcome] = mapped_column(code(CaseOutcome))
    decided_on: Mapped[date]
    month: Mapped[date | None]
    interviews: Mapped[int | None]
    applications: Mapped[int | None]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class BenefitDecisionText(Base):
    """The amount that was decided (yen), or why there is none."""

    __tablename__ = "benefit_decision_text"
    __table_args__ = content(
        Index(None, "household_id"),
        CheckConstraint("amount IS NULL OR amount BETWEEN 0 AND 100000000", name="amount"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("benefit_decision.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    amount: Mapped[int | None]
    reason: Mapped[str]
