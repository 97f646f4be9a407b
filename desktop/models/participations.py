"""Taking part in programmes (事業参加): codes, days and consents; and who of G1a and G1b can take part, with the reason."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.support_plans import ConsentMove, ConsentWay
from desktop.models.base import Base, Keyed, code, content, facts


class Participation(Keyed, Base):
    """A person takes part in a programme of the office's list; the end is noted once, with the outcome's code (6.3)."""

    __tablename__ = "participation"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "person_id"),
        Index(None, "office_id", "programme", "starts_on"),
        CheckConstraint("(consent_on IS NULL) = (consent_way IS NULL)", name="consent"),
        CheckConstraint("(ended_on IS NULL) = (outcome IS NULL)", name="ending"),
        CheckConstraint("ended_on IS NULL OR ended_on >= starts_on", name="period"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    programme: Mapped[str]
    consent_on: Mapped[date | None]
    consent_way: Mapped[ConsentWay | None] = mapped_column(code(ConsentWay))
    starts_on: Mapped[date]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    outcome: Mapped[str | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]


class ParticipationConsent(Keyed, Base):
    """What the person said to taking part ("" as `partner`) or to a partner being told (its code). Rows are only added; the newest counts."""

    __tablename__ = "participation_consent"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "participation_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    participation_id: Mapped[UUID] = mapped_column(ForeignKey("participation.id"))
    partner: Mapped[str]
    move: Mapped[ConsentMove] = mapped_column(code(ConsentMove))
    said_on: Mapped[date]
    way: Mapped[ConsentWay] = mapped_column(code(ConsentWay))
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class ParticipationConsentText(Base):
    """What the partner may be told: one row beside each consent to that, none beside any other answer."""

    __tablename__ = "participation_consent_text"
    __table_args__ = content(Index(None, "household_id"))

    consent_id: Mapped[UUID] = mapped_column(
        ForeignKey("participation_consent.id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    shared: Mapped[str]


class ParticipationMark(Keyed, Base):
    """That a person of G1a or G1b can take part since a day, or no longer can. Rows are only added; each holds until the next."""

    __tablename__ = "participation_mark"
    __table_args__ = facts(Index(None, "household_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    can_join: Mapped[bool]
    since: Mapped[date]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]


class ParticipationMarkText(Base):
    """Why the person can take part, or no longer can."""

    __tablename__ = "participation_mark_text"
    __table_args__ = content(Index(None, "household_id"))

    mark_id: Mapped[UUID] = mapped_column(ForeignKey("participation_mark.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    reason: Mapped[str]
