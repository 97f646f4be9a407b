"""When staff visit (勤務と当番), who goes along (同行の予約), and what is fixed. Kinds and days only: no reason is ever written down.

Rows are added and struck, never changed. A booking is for the whole office to see; which household it is for is a fact of
that household, and so is who goes along with which of its visits.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.joint_bookings import JointKind
from desktop.domain.working_time import AwayKind, Half
from desktop.models.base import Base, Keyed, code, facts, office_table

_NOT_CANCELLED = text("cancelled_at IS NULL")


class WorkingWeek(Keyed, Base):
    """That somebody's week looks like this from a day on; the newest word about a day counts."""

    __tablename__ = "working_week"
    __table_args__ = office_table(Index(None, "staff_id"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    valid_from: Mapped[date]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]


class WorkingHalfDay(Base):
    """Minutes for visits in one half-day of such a week (Monday = 0); 0 means that none are made then."""

    __tablename__ = "working_half_day"
    __table_args__ = office_table(
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday"),
        CheckConstraint("minutes BETWEEN 0 AND 300", name="minutes"),
    )

    week_id: Mapped[UUID] = mapped_column(ForeignKey("working_week.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    half: Mapped[Half] = mapped_column(code(Half), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    minutes: Mapped[int]


class WorkingAbsence(Keyed, Base):
    """Half-days without visits: duty, leave, training, meetings. No reason: only the kind.

    With `weekday` it is a pattern that comes back every `every_weeks` weeks; only then may `last_on` be open.
    """

    __tablename__ = "working_absence"
    __table_args__ = office_table(
        Index(None, "staff_id"),
        CheckConstraint("weekday IS NULL OR weekday BETWEEN 0 AND 4", name="weekday"),
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks"),
        CheckConstraint("weekday IS NOT NULL OR last_on IS NOT NULL", name="ends"),
        CheckConstraint("last_on IS NULL OR last_on >= first_on", name="in_order"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck"),
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[AwayKind] = mapped_column(code(AwayKind))
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    half: Mapped[Half | None] = mapped_column(code(Half))
    weekday: Mapped[int | None]
    every_weeks: Mapped[int] = mapped_column(default=1)
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    struck_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    struck_at: Mapped[datetime | None]


class JointBooking(Keyed, Base):
    """A person or a car that goes along in a half-day. The two unique indexes hold for the whole office: nobody twice.

    `district_id` says that the district's visit plan holds the half-day; somebody's own booking has none.
    """

    __tablename__ = "joint_booking"
    __table_args__ = office_table(
        Index(
            "uq_joint_booking_partner_id",
            *("partner_id", "day", "half"),
            unique=True,
            sqlite_where=_NOT_CANCELLED,
            postgresql_where=_NOT_CANCELLED,
        ),
        Index(
            "uq_joint_booking_office_id",
            *("office_id", "vehicle", "day", "half"),
            unique=True,
            sqlite_where=text("cancelled_at IS NULL AND vehicle IS NOT NULL"),
            postgresql_where=text("cancelled_at IS NULL AND vehicle IS NOT NULL"),
        ),
        CheckConstraint("(kind = 'vehicle') = (vehicle IS NOT NULL)", name="vehicle"),
        CheckConstraint("(vehicle IS NULL) = (partner_id IS NOT NULL)", name="one"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled"),
    )

    kind: Mapped[JointKind] = mapped_column(code(JointKind))
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    vehicle: Mapped[str | None]
    district_id: Mapped[UUID | None] = mapped_column(ForeignKey("district.id"))
    day: Mapped[date]
    half: Mapped[Half] = mapped_column(code(Half))
    booked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    booked_at: Mapped[datetime]
    cancelled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    cancelled_at: Mapped[datetime | None]


class JointBookingHousehold(Base):
    """For which household a booking is."""

    __tablename__ = "joint_booking_household"
    __table_args__ = facts(UniqueConstraint("household_id", "booking_id"))

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("joint_booking.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class JointRule(Keyed, Base):
    """Who goes along to every so-manieth visit of a household (同行の決まり); rows are added and ended, never changed."""

    __tablename__ = "joint_rule"
    __table_args__ = facts(
        Index(None, "household_id"),
        CheckConstraint("every BETWEEN 1 AND 12", name="every"),
        CheckConstraint("(kind = 'vehicle') = (vehicle IS NOT NULL)", name="vehicle"),
        CheckConstraint("(vehicle IS NULL) = (partner_id IS NOT NULL)", name="one"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[JointKind] = mapped_column(code(JointKind))
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    vehicle: Mapped[str | None]
    every: Mapped[int]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]


class VisitAppointment(Keyed, Base):
    """A half-day that is fixed for a household (約束した訪問), told to it or not; one a day."""

    __tablename__ = "visit_appointment"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(
            "uq_visit_appointment_household_id",
            *("household_id", "day"),
            unique=True,
            sqlite_where=_NOT_CANCELLED,
            postgresql_where=_NOT_CANCELLED,
        ),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    day: Mapped[date]
    half: Mapped[Half] = mapped_column(code(Half))
    is_announced: Mapped[bool]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]
    cancelled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    cancelled_at: Mapped[datetime | None]
