"""Acts of support (支援活動). Rows are only added; one that is put right is named by the one that stands for it."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.activities import ActivityResult
from desktop.domain.records import Place
from desktop.models.base import Base, Keyed, code, content, facts


class ActivityRecord(Keyed, Base):
    """That something was done for somebody: when, how long, what kind, with whom. `kind` and `partner` are office codes.

    `step_id` is the stem of a plan's step. `staff_id` is who did it, `made_by` who wrote the row: others only put right. `next_due_on` is until when the next step is to be done; its to-do names this row.
    """

    __tablename__ = "activity"
    __table_args__ = facts(
        Index("ix_activity_newest", "household_id", "done_on"),
        Index(None, "person_id"),
        Index(None, "staff_id", "done_on"),
        Index(None, "office_id", "done_on"),
        Index(None, "step_id"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("NOT is_void OR replaces_id IS NOT NULL", name="void"),
        CheckConstraint("next_due_on IS NULL OR next_due_on >= done_on", name="next_due_on"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    done_on: Mapped[date]
    starts_at: Mapped[time | None]
    minutes: Mapped[int]
    kind: Mapped[str]
    place: Mapped[Place] = mapped_column(code(Place))
    partner: Mapped[str] = mapped_column(default="")
    step_id: Mapped[UUID | None] = mapped_column(ForeignKey("support_plan_step.id"))
    result: Mapped[ActivityResult] = mapped_column(code(ActivityResult))
    next_due_on: Mapped[date | None]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("activity.id"))
    is_void: Mapped[bool] = mapped_column(default=False)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class ActivityText(Base):
    """What was done in words, what comes next, and why an earlier row was put right."""

    __tablename__ = "activity_text"
    __table_args__ = content(Index(None, "household_id"))

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    memo: Mapped[str]
    next_step: Mapped[str]
    reason: Mapped[str]
