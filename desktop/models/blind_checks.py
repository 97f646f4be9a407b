"""Blind double checks (二重確認): draws of decided cases, who answers a second time, and the second answers. Rows are only added.

Draws and cases are for those who supervise. While somebody is asked, first answers, proposals and decisions of the household are hidden
from that person (`app.blind_households`).
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.assessments import Barriers, Health, Motivation, SelfDrive
from desktop.domain.blind_checks import WithdrawnWhy
from desktop.models.base import Base, Keyed, code, content, facts, office_table


class BlindDraw(Keyed, Base):
    """One draw (抽出): how many were wanted, of how many, by which seed; `reason` says why a quarter was drawn again."""

    __tablename__ = "blind_draw"
    __table_args__ = office_table(
        Index(None, "office_id", "quarter_on"),
        CheckConstraint("wanted BETWEEN 1 AND 50", name="wanted"),
        CheckConstraint("pool >= 1 AND seed >= 0", name="numbers"),
    )

    quarter_on: Mapped[date]
    wanted: Mapped[int]
    pool: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
    drawn_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    drawn_at: Mapped[datetime]


class BlindCheck(Keyed, Base):
    """One drawn case: a decision and the assessment it stands on. A decision is drawn once."""

    __tablename__ = "blind_check"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "draw_id"),
        Index("uq_blind_check_decision_id", "decision_id", unique=True),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    draw_id: Mapped[UUID] = mapped_column(ForeignKey("blind_draw.id"))
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("support_group_decision.id"))
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"))


class BlindCheckAssignment(Keyed, Base):
    """That somebody is asked for second answers, until they are in or it is taken back."""

    __tablename__ = "blind_check_assignment"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "check_id"),
        Index(None, "second_id"),
        Index(
            "uq_blind_check_assignment_check_id",
            "check_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
            sqlite_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_why IS NULL)",
            name="withdrawn",
        ),
        CheckConstraint("answered_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    check_id: Mapped[UUID] = mapped_column(ForeignKey("blind_check.id"))
    second_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    assigned_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    assigned_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    withdrawn_why: Mapped[WithdrawnWhy | None] = mapped_column(code(WithdrawnWhy))
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]


class BlindAnswers(Base):
    """The second answers; `form_on` is the day whose anchors were read."""

    __tablename__ = "blind_answers"
    __table_args__ = content(Index(None, "household_id"))

    assignment_id: Mapped[UUID] = mapped_column(
        ForeignKey("blind_check_assignment.id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    health: Mapped[Health] = mapped_column(code(Health))
    motivation: Mapped[Motivation] = mapped_column(code(Motivation))
    barriers: Mapped[Barriers] = mapped_column(code(Barriers))
    drive: Mapped[SelfDrive] = mapped_column(code(SelfDrive))
    words: Mapped[str]
    form_on: Mapped[date]
