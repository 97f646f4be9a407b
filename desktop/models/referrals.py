"""Requests to Hello Work (支援要請) and what came back. Rows are only added."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.referrals import ReferralMove, ReferralResult
from desktop.models.base import Base, Keyed, code, content, facts


class ReferralRecord(Keyed, Base):
    """That Hello Work was asked for somebody: when, until when it is to answer, with which consents."""

    __tablename__ = "referral"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "person_id"),
        Index(None, "office_id", "reply_by"),
        CheckConstraint("reply_by >= asked_on", name="reply_by"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str] = mapped_column(default="")
    partner: Mapped[str]
    asked_on: Mapped[date]
    reply_by: Mapped[date]
    consent_on: Mapped[date]
    health_consent_on: Mapped[date | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class ReferralText(Base):
    """What a request tells. `health_limits` are printed only where the person agreed to it."""

    __tablename__ = "referral_text"
    __table_args__ = content(Index(None, "household_id"))

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    history: Mapped[str]
    qualifications: Mapped[str]
    wishes: Mapped[str]
    health_limits: Mapped[str]
    barriers: Mapped[str]
    so_far: Mapped[str]
    request: Mapped[str]


class ReferralStepRecord(Keyed, Base):
    """One thing that came back; `until` is the end of the period it set."""

    __tablename__ = "referral_step"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "referral_id"),
        CheckConstraint("(move IN ('accepted', 'extended')) = (until IS NOT NULL)", name="until"),
        CheckConstraint("(move = 'ended') = (result IS NOT NULL)", name="result"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    move: Mapped[ReferralMove] = mapped_column(code(ReferralMove))
    on_day: Mapped[date]
    until: Mapped[date | None]
    result: Mapped[ReferralResult | None] = mapped_column(code(ReferralResult))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class ReferralStepText(Base):
    """Who is in charge at Hello Work, and a note."""

    __tablename__ = "referral_step_text"
    __table_args__ = content(Index(None, "household_id"))

    step_id: Mapped[UUID] = mapped_column(ForeignKey("referral_step.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    navigator: Mapped[str]
    note: Mapped[str]
