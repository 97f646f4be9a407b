"""Decided support groups (支援区分): periods of a person, each by a conference, the supervisor, or for the time being. Rows are only added."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.support_groups import DecidedBy, SupportGroup
from desktop.models.base import Base, Keyed, code, content, facts


class SupportGroupDecision(Keyed, Base):
    """One decision on an assessment, which says what the table had proposed. It holds until the next one, a provisional one until a day."""

    __tablename__ = "support_group_decision"
    __table_args__ = facts(
        Index("ix_support_group_decision_newest", "person_id", "effective_from", "decided_at"),
        Index(None, "household_id"),
        Index(None, "assessment_id"),
        Index(None, "matter_id"),
        CheckConstraint(
            "(how = 'provisional') = (expires_on IS NOT NULL)", name="provisional_expires"
        ),
        CheckConstraint("(how = 'conference') = (matter_id IS NOT NULL)", name="of_a_conference"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"))
    matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("conference_matter.id"))
    group: Mapped[SupportGroup] = mapped_column("support_group", code(SupportGroup))
    how: Mapped[DecidedBy] = mapped_column(code(DecidedBy))
    effective_from: Mapped[date]
    expires_on: Mapped[date | None]
    next_review_on: Mapped[date]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]


class SupportGroupReason(Base):
    """Why it was decided so, and the person's view of it."""

    __tablename__ = "support_group_reason"
    __table_args__ = content(Index(None, "household_id"))

    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey("support_group_decision.id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
    persons_view: Mapped[str]
