"""Assessments (稼働能力・就労支援アセスメント): added, never changed; the newest of a person counts.

That one was made and what the office's table proposes of it are facts; every answer is content, and barriers marked sensitive
have a read right of their own.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.assessments import (
    AssessmentKind,
    Barriers,
    Comment,
    Health,
    HealthSource,
    Motivation,
    Scope,
    SelfDrive,
    Work,
)
from desktop.domain.support_groups import SupportGroup
from desktop.models.base import Base, Keyed, code, content, facts


class AssessmentRecord(Keyed, Base):
    """One assessment of a person. `form_on` is the day whose tables it was made with, `rules_from` the version of the rules.

    `on_hold` says that something about safety comes first; a supervisor lifts that (`support_hold_lift`). `is_disputed`: the
    person disagrees, at least in part.
    """

    __tablename__ = "assessment"
    __table_args__ = facts(
        Index("ix_assessment_newest", "person_id", "made_on", "saved_at"),
        Index(None, "household_id"),
        Index(None, "office_id", "saved_at"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[AssessmentKind] = mapped_column(code(AssessmentKind))
    made_on: Mapped[date]
    form_on: Mapped[date]
    rules_from: Mapped[date]
    rule: Mapped[str]
    proposed_group: Mapped[SupportGroup] = mapped_column(code(SupportGroup))
    on_hold: Mapped[bool] = mapped_column(default=False)
    is_disputed: Mapped[bool] = mapped_column(default=False, server_default=false())
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]


class AssessmentAnswers(Base):
    """The answers: codes of the form, and the words beside them.

    `health_words` are the doctor's, as given; `drive_said` is item → yes, no, unknown; `rejudge_on` is a month (its first day);
    `comment_on` is the day on which it was shown to the person.
    """

    __tablename__ = "assessment_answers"
    __table_args__ = content(Index(None, "household_id"))

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    scope: Mapped[Scope] = mapped_column(code(Scope))
    asks_anyway: Mapped[bool]
    work: Mapped[Work] = mapped_column(code(Work))
    health: Mapped[Health] = mapped_column(code(Health))
    health_source: Mapped[HealthSource | None] = mapped_column(code(HealthSource))
    health_on: Mapped[date | None]
    health_words: Mapped[str]
    rejudge_on: Mapped[date | None]
    barriers: Mapped[Barriers] = mapped_column(code(Barriers))
    motivation: Mapped[Motivation] = mapped_column(code(Motivation))
    motivation_on: Mapped[date | None]
    motivation_words: Mapped[str]
    drive: Mapped[SelfDrive] = mapped_column(code(SelfDrive))
    drive_said: Mapped[dict[str, Any]]
    job: Mapped[str]
    resources: Mapped[str]
    wishes: Mapped[str]
    market: Mapped[str]
    life: Mapped[str]
    safety: Mapped[str]
    view: Mapped[str]
    comment: Mapped[Comment] = mapped_column(code(Comment))
    comment_on: Mapped[date | None]
    comment_words: Mapped[str]


class _BarrierColumns:
    """What both tables of barriers hold; `expected_on` is a month (its first day)."""

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    barrier: Mapped[str] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    state: Mapped[Barriers] = mapped_column(code(Barriers))
    as_of: Mapped[date]
    expected_on: Mapped[date | None]
    evidence: Mapped[str]
    action: Mapped[str]
    partner: Mapped[str]


class AssessmentBarrier(_BarrierColumns, Base):
    """One barrier (就労阻害要因) of an assessment."""

    __tablename__ = "assessment_barrier"
    __table_args__ = content(Index(None, "household_id"))


class SensitiveBarrier(_BarrierColumns, Base):
    """One barrier that the office marked as sensitive: addiction, record, violence, mental health."""

    __tablename__ = "sensitive_barrier"
    __table_args__ = content(Index(None, "household_id"))


class SupportHoldLift(Base):
    """That the question of safety an assessment raised is settled (支援保留の解除)."""

    __tablename__ = "support_hold_lift"
    __table_args__ = facts(Index(None, "household_id"))

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    lifted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    lifted_at: Mapped[datetime]


class SupportHoldLiftText(Base):
    """How the question of safety was settled."""

    __tablename__ = "support_hold_lift_text"
    __table_args__ = content(Index(None, "household_id"))

    assessment_id: Mapped[UUID] = mapped_column(
        ForeignKey("support_hold_lift.assessment_id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
