"""What an entry means for the support policy (援助方針への影響), as its writer answered when handing it in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.policy_events import Impact
from desktop.models.base import Base, Keyed, code, facts


class PolicyImpact(Keyed, Base):
    """The answer for one version of an entry. Never changed: the newest for a version counts. Old entries have none."""

    __tablename__ = "policy_impact"
    __table_args__ = facts(
        Index(None, "entry_id", "version"), Index(None, "household_id", "answer", "answered_at")
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    version: Mapped[int]
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    answer: Mapped[Impact] = mapped_column(code(Impact))
    answered_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime]
