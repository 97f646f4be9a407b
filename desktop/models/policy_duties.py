"""What the policy in force asks for, and what became of it (方針の取組と結果). All rows are the server's."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.policy_duties import DutyField, DutyKind, Outcome
from desktop.domain.support_policies import Actor
from desktop.models.base import Base, Keyed, code, content, facts


class PolicyDuty(Keyed, Base):
    """A line of an approved policy: who, by when, whether settled. Its words stand in the policy's version.

    `began_on` is the day of the approval, `ended_on` the day on which a newer policy was approved. `settled_on` is the day of the last result; a line
    that the next policy carries over unchanged, with the same day, stays settled.
    """

    __tablename__ = "policy_duty"
    __table_args__ = facts(
        UniqueConstraint("policy_id", "line_id"),
        Index(None, "household_id", "ended_on"),
        Index("ix_policy_duty_due", "office_id", "by_on"),
        Index(None, "person_id"),
        CheckConstraint("(kind = 'action') = (actor IS NOT NULL)", name="who"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    policy_id: Mapped[UUID] = mapped_column(ForeignKey("support_policy.id"))
    line_id: Mapped[UUID]
    issue_id: Mapped[UUID]
    kind: Mapped[DutyKind] = mapped_column(code(DutyKind))
    about: Mapped[DutyField | None] = mapped_column(code(DutyField))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    actor: Mapped[Actor | None] = mapped_column(code(Actor))
    by_on: Mapped[date | None]
    began_on: Mapped[date]
    settled_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class PolicyResult(Keyed, Base):
    """That somebody noted what became of a duty: when it happened, and how it went. Added only."""

    __tablename__ = "policy_result"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "duty_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    duty_id: Mapped[UUID] = mapped_column(ForeignKey("policy_duty.id"))
    outcome: Mapped[Outcome] = mapped_column(code(Outcome))
    happened_on: Mapped[date]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class PolicyResultText(Base):
    """The words of a result."""

    __tablename__ = "policy_result_text"
    __table_args__ = content(Index(None, "household_id"))

    result_id: Mapped[UUID] = mapped_column(ForeignKey("policy_result.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    text: Mapped[str]
