"""Applications made online (電子申請) that were taken in: which number of which system became which paper."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, facts


class OnlineApplicationRecord(Base):
    """An application and its paper; added by one function only, so that the same export again changes nothing."""

    __tablename__ = "online_application"
    __table_args__ = facts(
        UniqueConstraint("office_id", "system", "number"),
        Index(None, "household_id"),
        CheckConstraint("system <> '' AND number <> ''", name="named"),
    )

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    system: Mapped[str]
    number: Mapped[str]
    sent_on: Mapped[date | None]
