"""Dated facts of the ledger (台帳): rows with from and to, so that a file can be read as of a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.households import HouseholdState, HouseholdType, ResidenceKind
from desktop.models.base import Base, Dated, Keyed, code, facts


class HouseholdStatePeriod(Keyed, Dated, Base):
    """Receiving, suspended, closed: one period (保護の開始・停止・廃止)."""

    __tablename__ = "household_state_period"
    __table_args__ = facts(UniqueConstraint("household_id", "valid_from"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    state: Mapped[HouseholdState] = mapped_column(code(HouseholdState))


class HouseholdTypePeriod(Keyed, Dated, Base):
    """The household's statistics class over time (世帯類型)."""

    __tablename__ = "household_type_period"
    __table_args__ = facts(UniqueConstraint("household_id", "valid_from"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    household_type: Mapped[HouseholdType] = mapped_column(code(HouseholdType))


class DistrictPeriod(Keyed, Dated, Base):
    """The district a household belonged to."""

    __tablename__ = "district_period"
    __table_args__ = facts(UniqueConstraint("household_id", "valid_from"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"))


class AddressPeriod(Keyed, Dated, Base):
    """Where the household lived (住所)."""

    __tablename__ = "address_period"
    __table_args__ = facts(UniqueConstraint("household_id", "valid_from"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    postal_code: Mapped[str] = mapped_column(default="")
    address: Mapped[str]


class VisitGradePeriod(Keyed, Dated, Base):
    """The household's visit grade over time (訪問格付); the codes are office data."""

    __tablename__ = "visit_grade_period"
    __table_args__ = facts(UniqueConstraint("household_id", "valid_from"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    grade: Mapped[str]


class ResidencePeriod(Keyed, Dated, Base):
    """A stay in a hospital or facility (入院・入所); being at home needs no row."""

    __tablename__ = "residence_period"
    __table_args__ = facts(UniqueConstraint("person_id", "valid_from"))

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[ResidenceKind] = mapped_column(code(ResidenceKind))
    place: Mapped[str] = mapped_column(default="")


class WorkPeriod(Keyed, Dated, Base):
    """A job somebody had (就労)."""

    __tablename__ = "work_period"
    __table_args__ = facts(UniqueConstraint("person_id", "valid_from", "employer"))

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    employer: Mapped[str]


class TakeOver(Keyed, Base):
    """What the former system knew when the household was taken over; rules count from here where history is missing."""

    __tablename__ = "take_over"
    __table_args__ = facts(UniqueConstraint("household_id"), Index(None, "office_id"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    taken_over_on: Mapped[date]
    last_met_on: Mapped[date | None]
    policy_approved_on: Mapped[date | None]
    policy_due_on: Mapped[date | None]
    income_declared_on: Mapped[date | None]
    assets_declared_on: Mapped[date | None]
