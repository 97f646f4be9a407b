"""Visit grades (訪問格付) that this office decided, and answers that a grade stays. Nothing is ever overwritten."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.visit_grades import GradeState, LivingPlace
from desktop.models.base import Base, Keyed, code, content, facts

_WAITS = text("state = 'submitted'")


class VisitGradeRecord(Keyed, Base):
    """One proposal of a grade and what became of it; the periods of the ledger stand in `visit_grade_period`.

    `visits_per_year` and `floor` are those of the office's tables when it was made; `policy_id` names the approved
    support policy that brought it.
    """

    __tablename__ = "visit_grade"
    __table_args__ = facts(
        Index("ix_visit_grade_file", "household_id", "effective_from", "id"),
        Index(None, "policy_id"),
        Index(
            "uq_visit_grade_open",
            "household_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        CheckConstraint("visits_per_year BETWEEN 0 AND 366", name="visits"),
        CheckConstraint(
            "state <> 'approved' OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name="approved",
        ),
        CheckConstraint("visits_per_year >= floor OR exception <> ''", name="floor"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    grade: Mapped[str]
    visits_per_year: Mapped[int]
    effective_from: Mapped[date]
    place: Mapped[LivingPlace] = mapped_column(code(LivingPlace))
    floor: Mapped[int]
    reason_code: Mapped[str]
    exception: Mapped[str] = mapped_column(default="")
    state: Mapped[GradeState] = mapped_column(code(GradeState), default=GradeState.DRAFT)
    policy_id: Mapped[UUID | None] = mapped_column(ForeignKey("support_policy.id"))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    proposed_at: Mapped[datetime]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    content_hash: Mapped[str] = mapped_column(default="")


class VisitGradeText(Base):
    """Why a grade was proposed, and why it may lie under the floor. Grades of policies have none."""

    __tablename__ = "visit_grade_text"
    __table_args__ = content(Index(None, "household_id"))

    grade_id: Mapped[UUID] = mapped_column(ForeignKey("visit_grade.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
    exception_reason: Mapped[str]


class VisitGradeKept(Keyed, Base):
    """The answer that the grade stays although something happened (格付の見直し不要)."""

    __tablename__ = "visit_grade_kept"
    __table_args__ = facts(Index(None, "household_id", "happened_on"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    event_code: Mapped[str]
    happened_on: Mapped[date]
    answered_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime]


class VisitGradeKeptText(Base):
    """Why the grade stays."""

    __tablename__ = "visit_grade_kept_text"
    __table_args__ = content(Index(None, "household_id"))

    kept_id: Mapped[UUID] = mapped_column(ForeignKey("visit_grade_kept.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
