"""Dated office data (設定値), one generic table for all registered master tables."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Keyed, office_table


class MasterValue(Keyed, Base):
    """A key's value from a day on. It counts once a second person approved it; it is never changed afterwards."""

    __tablename__ = "master"
    __table_args__ = office_table(
        Index("ix_master_lookup", "office_id", "table_name", "key", "valid_from"),
        CheckConstraint(
            "approved_by IS NULL OR entered_by IS NULL OR approved_by <> entered_by",
            name="second_person",
        ),
        CheckConstraint("approved_at IS NULL OR rejected_at IS NULL", name="one_decision"),
    )

    table_name: Mapped[str]
    key: Mapped[str]
    valid_from: Mapped[date]
    value: Mapped[dict[str, Any]]
    source: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=False)
    is_retired: Mapped[bool] = mapped_column(default=False)
    is_seed: Mapped[bool] = mapped_column(default=False)
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    rejected_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    rejected_at: Mapped[datetime | None]
