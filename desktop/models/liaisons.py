"""Whom to ring about a household (関係先). Versions are added, never changed; the newest counts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.liaisons import BarReason, LiaisonKind
from desktop.models.base import Base, Dated, Keyed, code, content


class LiaisonRecord(Keyed, Dated, Base):
    """One version of one liaison, who is named by the first one's id. All of it is content: that kin must not be rung tells much."""

    __tablename__ = "liaison"
    __table_args__ = content(
        UniqueConstraint("liaison_id", "version"),
        Index(None, "household_id"),
        Index(None, "person_id"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("version > 1 OR liaison_id = id", name="first"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="order"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    liaison_id: Mapped[UUID] = mapped_column(ForeignKey("liaison.id"))
    version: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[LiaisonKind] = mapped_column(code(LiaisonKind))
    name: Mapped[str]
    whom: Mapped[str]
    telephone: Mapped[str]
    hours: Mapped[str]
    note: Mapped[str]
    bar: Mapped[BarReason | None] = mapped_column(code(BarReason))
    reason: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
