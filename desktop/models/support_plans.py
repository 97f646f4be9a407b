"""Individual support plans (個別支援計画): versions that are only added, and what happened to them since: consent, steps, reviews, end."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import (
    ConsentMove,
    ConsentWay,
    Doer,
    GoalResult,
    NextCourse,
    PlanState,
    SelfReliance,
    StepStatus,
)
from desktop.models.base import Base, Keyed, code, content, facts


class SupportPlanRecord(Keyed, Base):
    """One version of a person's plan. `root_id` is the id of the first one, which all versions of a plan share.

    `group` is the decided group when it was made (None: none was), `assessment_id` the assessment whose digest it shows.
    """

    __tablename__ = "support_plan"
    __table_args__ = facts(
        UniqueConstraint("root_id", "version"),
        Index(None, "household_id"),
        Index(None, "person_id", "state"),
        Index(None, "assessment_id"),
        Index(None, "office_id", "review_on"),
        CheckConstraint("version >= 1 AND (version = 1) = (id = root_id)", name="root"),
        CheckConstraint("ends_on >= starts_on", name="period"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    root_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    version: Mapped[int]
    state: Mapped[PlanState] = mapped_column(code(PlanState), default=PlanState.DRAFT)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    review_on: Mapped[date]
    supporter_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assessment.id"))
    group: Mapped[SupportGroup | None] = mapped_column("support_group", code(SupportGroup))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    content_hash: Mapped[str] = mapped_column(default="")


class SupportPlanProgramme(Base):
    """A programme (支援事業) that a version of a plan uses, by the office's code."""

    __tablename__ = "support_plan_programme"
    __table_args__ = facts(Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), primary_key=True)
    programme: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class SupportPlanText(Base):
    """What the person wants, in own words; how life should look later; the long goal."""

    __tablename__ = "support_plan_text"
    __table_args__ = content(Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    wish: Mapped[str]
    picture: Mapped[str]
    long_goal: Mapped[str]


class SupportPlanGoal(Keyed, Base):
    """A short goal of a version (SMART)."""

    __tablename__ = "support_plan_goal"
    __table_args__ = content(
        UniqueConstraint("plan_id", "number"),
        Index(None, "household_id"),
        CheckConstraint("number BETWEEN 1 AND 3", name="number"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    number: Mapped[int]
    reliance: Mapped[SelfReliance] = mapped_column(code(SelfReliance))
    what: Mapped[str]
    measure: Mapped[str]
    baseline: Mapped[str]
    target: Mapped[str]
    due_on: Mapped[date | None]
    why: Mapped[str]
    is_agreed: Mapped[bool]


class SupportPlanStep(Keyed, Base):
    """A step towards a goal. `stem_id` is the step where it first stood; results of every later version hang on it."""

    __tablename__ = "support_plan_step"
    __table_args__ = content(
        UniqueConstraint("plan_id", "number"),
        Index(None, "household_id"),
        Index(None, "stem_id"),
        CheckConstraint("number BETWEEN 1 AND 30", name="number"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_goal.id"))
    stem_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_step.id"))
    number: Mapped[int]
    action: Mapped[str]
    doer: Mapped[Doer] = mapped_column(code(Doer))
    due_on: Mapped[date | None]
    how_often: Mapped[str]
    cost_item: Mapped[str]


class SupportPlanStepResult(Keyed, Base):
    """How far a step is, as somebody noted it; the newest counts."""

    __tablename__ = "support_plan_step_result"
    __table_args__ = content(Index(None, "household_id"), Index(None, "stem_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    stem_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_step.id"))
    status: Mapped[StepStatus] = mapped_column(code(StepStatus))
    done_on: Mapped[date | None]
    note: Mapped[str]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class SupportPlanConsent(Keyed, Base):
    """What the person said to a version: consent, none, or that it is taken back; the newest counts."""

    __tablename__ = "support_plan_consent"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "plan_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    move: Mapped[ConsentMove] = mapped_column(code(ConsentMove))
    said_on: Mapped[date]
    way: Mapped[ConsentWay] = mapped_column(code(ConsentWay))
    copy_given: Mapped[bool]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class SupportPlanReview(Keyed, Base):
    """A review that was held, what follows, and the day of the next one."""

    __tablename__ = "support_plan_review"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "root_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    root_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    held_on: Mapped[date]
    next_course: Mapped[NextCourse] = mapped_column(code(NextCourse))
    next_review_on: Mapped[date | None]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class SupportPlanReviewText(Base):
    """Who took part in a review, and what was said."""

    __tablename__ = "support_plan_review_text"
    __table_args__ = content(Index(None, "household_id"))

    review_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_review.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    attendees: Mapped[str]
    note: Mapped[str]


class SupportPlanGoalResult(Base):
    """How one goal stood at a review."""

    __tablename__ = "support_plan_goal_result"
    __table_args__ = content(Index(None, "household_id"))

    review_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_review.id"), primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_goal.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    result: Mapped[GoalResult] = mapped_column(code(GoalResult))
    words: Mapped[str]


class SupportPlanEnd(Base):
    """That a plan ended, with the outcome's code (6.3) and until when the person is followed."""

    __tablename__ = "support_plan_end"
    __table_args__ = facts(
        Index(None, "household_id"),
        CheckConstraint("follow_until IS NULL OR follow_until >= ended_on", name="follow"),
    )

    root_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    ended_on: Mapped[date]
    outcome: Mapped[str]
    follow_until: Mapped[date | None]
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class SupportPlanEndText(Base):
    """The summary of a plan that ended, and what the person says of it."""

    __tablename__ = "support_plan_end_text"
    __table_args__ = content(Index(None, "household_id"))

    root_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan_end.root_id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    summary: Mapped[str]
    comment: Mapped[str]
