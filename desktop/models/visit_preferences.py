"""When a household can be visited (訪問の都合). Versions are added, never changed; the newest counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.visit_preferences import Liking
from desktop.domain.working_time import Half
from desktop.models.base import Base, Keyed, code, content, facts


class VisitPreferenceRecord(Keyed, Base):
    """One version of what suits a household; `needs_two` says that two people go, the safety mark says why."""

    __tablename__ = "visit_preference"
    __table_args__ = facts(
        UniqueConstraint("household_id", "version"),
        CheckConstraint("version >= 1", name="version"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    version: Mapped[int]
    is_announced: Mapped[bool]
    needs_two: Mapped[bool]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]


class VisitPreferenceTime(Base):
    """How one half-day of the week (Monday = 0) suits; half-days that are not named are as good as any other."""

    __tablename__ = "visit_preference_time"
    __table_args__ = facts(
        Index(None, "household_id"), CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday")
    )

    preference_id: Mapped[UUID] = mapped_column(ForeignKey("visit_preference.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    half: Mapped[Half] = mapped_column(code(Half), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    liking: Mapped[Liking] = mapped_column(code(Liking))


class VisitPreferenceTelephone(Base):
    """Under which numbers the household wants to hear of visits, with the day of its agreement to short messages.

    It is content: a number is personal, and no planning asks for it. A version without a row has no numbers.
    """

    __tablename__ = "visit_preference_telephone"
    __table_args__ = content(
        Index(None, "household_id"),
        CheckConstraint("agreed_on IS NULL OR message_number <> ''", name="agreed"),
    )

    preference_id: Mapped[UUID] = mapped_column(ForeignKey("visit_preference.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    call_number: Mapped[str]
    message_number: Mapped[str]
    agreed_on: Mapped[date | None]
