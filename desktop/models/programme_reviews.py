"""Yearly reviews of programmes (事業の見直し) and the promotion plan (就労支援促進計画). They name nobody; rows are only added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.programme_reviews import PromotionItem, Verdict
from desktop.models.base import Base, Keyed, code, office_table


class ProgrammeReviewRecord(Keyed, Base):
    """One sheet: what becomes of a programme and why, with the year's figures as they stood. The newest of programme and year counts."""

    __tablename__ = "programme_review"
    __table_args__ = office_table(
        Index(None, "office_id", "fiscal_year", "programme"),
        CheckConstraint("fiscal_year BETWEEN 2000 AND 2200", name="fiscal_year"),
        CheckConstraint("cost IS NULL OR cost BETWEEN 0 AND 100000000000", name="cost"),
        CheckConstraint("persons >= 0 AND minutes >= 0", name="figures"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    programme: Mapped[str]
    fiscal_year: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(code(Verdict))
    cost: Mapped[int | None] = mapped_column(BigInteger)
    persons: Mapped[int]
    minutes: Mapped[int]
    outcomes: Mapped[str]
    reason: Mapped[str]
    remarks: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class ProgrammeReviewApproval(Base):
    """That a second person approved a sheet."""

    __tablename__ = "programme_review_approval"
    __table_args__ = office_table()

    review_id: Mapped[UUID] = mapped_column(ForeignKey("programme_review.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    approved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime]


class PromotionPlanLine(Keyed, Base):
    """One line of a year's promotion plan: target, and the result once it is known. The newest of an item counts."""

    __tablename__ = "promotion_plan"
    __table_args__ = office_table(
        Index(None, "office_id", "fiscal_year", "item"),
        CheckConstraint("fiscal_year BETWEEN 2000 AND 2200", name="fiscal_year"),
        CheckConstraint("target BETWEEN 0 AND 1000000", name="target"),
        CheckConstraint("result IS NULL OR result BETWEEN 0 AND 1000000", name="result"),
    )

    fiscal_year: Mapped[int]
    item: Mapped[PromotionItem] = mapped_column(code(PromotionItem))
    target: Mapped[int]
    result: Mapped[int | None]
    remarks: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
