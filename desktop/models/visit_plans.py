"""Visit plans (訪問計画). Who planned and decided what is the office's; visits and dates are facts; words are content.

A plan's rows are never changed: a visit that a version changes ends there (`to_version`) and begins anew, so that every
version, and the approved one above all, stays readable.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.visit_plans import (
    Deviation,
    PlanKind,
    PlanState,
    VisitKind,
    WhyVersion,
)
from desktop.domain.working_time import Half
from desktop.models.base import Base, Keyed, Versioned, code, content, facts, log, office_table

_VISIT_KEY = ("plan_id", "visit_id", "from_version")


def _of_visit() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(_VISIT_KEY, [f"planned_visit.{name}" for name in _VISIT_KEY])


class VisitPlanRecord(Keyed, Versioned, Base):
    """A plan of a district for a year or a month.

    `staff_id` was its main caseworker when it was last saved, or came by a handover since. `decided_by` is who approved or returned what was submitted last.
    """

    __tablename__ = "visit_plan"
    __table_args__ = office_table(
        UniqueConstraint("district_id", "kind", "first_on"),
        Index(None, "office_id", "kind", "first_on"),
    )

    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[PlanKind] = mapped_column(code(PlanKind))
    first_on: Mapped[date]
    state: Mapped[PlanState] = mapped_column(code(PlanState))
    state_at: Mapped[datetime]
    content_hash: Mapped[str]
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]


class VisitPlanVersion(Base):
    """A version of a plan; `save_id` is the saving's own, so that a retry stores once."""

    __tablename__ = "visit_plan_version"
    __table_args__ = office_table(UniqueConstraint("save_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    save_id: Mapped[UUID]
    why: Mapped[WhyVersion] = mapped_column(code(WhyVersion))
    content_hash: Mapped[str]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]


class VisitPlanStep(Base):
    """One move of a plan: of which version and hash, by whom, in which position."""

    __tablename__ = "visit_plan_step"
    __table_args__ = office_table()

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    state: Mapped[PlanState] = mapped_column(code(PlanState))
    version: Mapped[int]
    content_hash: Mapped[str]
    position: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class VisitPlanStepText(Base):
    """Why a plan was returned: for those whose duty the district is."""

    __tablename__ = "visit_plan_step_text"
    __table_args__ = log()

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    words: Mapped[str]


class PlannedVisitRecord(Base):
    """A visit of a plan from one version to before another. `visit_id` stays the same through all versions.

    `month` is empty where the visit could not be planned; then `unplanned` says why. `purposes` are codes parted by commas,
    `rule_values` and `unplanned_values` the figures of the sentence that is made of them.
    """

    __tablename__ = "planned_visit"
    __table_args__ = facts(
        Index(None, "household_id", "month"),
        CheckConstraint("(month IS NULL) = (unplanned <> '')", name="planned"),
        CheckConstraint("day IS NULL OR month IS NOT NULL", name="day"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"), primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_version: Mapped[int | None]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[VisitKind] = mapped_column(code(VisitKind))
    month: Mapped[date | None]
    day: Mapped[date | None]
    half: Mapped[Half | None] = mapped_column(code(Half))
    place: Mapped[int | None]
    minutes: Mapped[int]
    purposes: Mapped[str]
    is_statutory: Mapped[bool]
    is_announced: Mapped[bool]
    is_locked: Mapped[bool]
    rule: Mapped[str]
    rule_values: Mapped[dict[str, Any]]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    due_on: Mapped[date | None]
    unplanned: Mapped[str]
    unplanned_values: Mapped[dict[str, Any]]


class PlannedVisitCost(Base):
    """The cost table of a visit as it was planned: integer terms, the best alternatives, and what removed other slots."""

    __tablename__ = "planned_visit_cost"
    __table_args__ = facts(_of_visit(), Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    terms: Mapped[dict[str, Any]]


class PlannedVisitText(Base):
    """What somebody noted about a planned visit (備考)."""

    __tablename__ = "planned_visit_text"
    __table_args__ = content(_of_visit(), Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    note: Mapped[str]


class PlanExceptionRecord(Base):
    """That a household is visited less often than the law asks; `reason` is a key of the office's table."""

    __tablename__ = "plan_exception"
    __table_args__ = facts(Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_version: Mapped[int | None]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    reason: Mapped[str]


class PlanExceptionText(Base):
    """The words of an exception."""

    __tablename__ = "plan_exception_text"
    __table_args__ = content(Index(None, "household_id"))

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    words: Mapped[str]


class VisitDeviation(Keyed, Base):
    """What is done otherwise than approved, one after the other; `from_…` is where the visit stood before."""

    __tablename__ = "visit_deviation"
    __table_args__ = facts(
        UniqueConstraint("plan_id", "number"),
        Index(None, "household_id"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 5 AND 480", name="minutes"),
        CheckConstraint("from_half IN ('am', 'pm')", name="from_half"),
        CheckConstraint("to_half IN ('am', 'pm')", name="to_half"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"))
    number: Mapped[int]
    visit_id: Mapped[UUID]
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    change: Mapped[Deviation] = mapped_column(code(Deviation))
    reason: Mapped[str]
    from_month: Mapped[date | None]
    from_day: Mapped[date | None]
    from_half: Mapped[str | None]
    to_month: Mapped[date | None]
    to_day: Mapped[date | None]
    to_half: Mapped[str | None]
    kind: Mapped[VisitKind | None] = mapped_column(code(VisitKind))
    minutes: Mapped[int | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class VisitDeviationText(Base):
    """The words of a deviation."""

    __tablename__ = "visit_deviation_text"
    __table_args__ = content(Index(None, "household_id"))

    deviation_id: Mapped[UUID] = mapped_column(ForeignKey("visit_deviation.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    words: Mapped[str]


class PlannedVisitPoint(Keyed, Base):
    """Need points that a person gave or took by hand (必要度の加減): of one planned visit, the newest counts; 0 takes them back.

    The household stands here only to say whose duty the visit is.
    """

    __tablename__ = "planned_visit_point"
    __table_args__ = facts(
        Index(None, "plan_id", "visit_id"),
        Index(None, "household_id"),
        CheckConstraint("points BETWEEN -100 AND 100", name="points"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("visit_plan.id"))
    visit_id: Mapped[UUID]
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    points: Mapped[int]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    given_at: Mapped[datetime]


class PlannedVisitPointText(Base):
    """Why the points were given."""

    __tablename__ = "planned_visit_point_text"
    __table_args__ = content(Index(None, "household_id"))

    point_id: Mapped[UUID] = mapped_column(ForeignKey("planned_visit_point.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
