"""Handovers of districts (担当替え). That a district got another caseworker is the office's; which households is facts.

All rows are written by functions of the database. A handover makes the assignment that takes effect by its day; what lay
with the former caseworker follows on or after that day and is noted, so that it can be taken back.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.handovers import FollowedKind
from desktop.models.base import Base, Keyed, code, facts, office_table


class HandoverRecord(Keyed, Base):
    """A district that gets another caseworker from a day on; those asked for at once share `batch_id`.

    `from_id` is empty where the post was vacant, `former_until` the end that the former assignment had before.
    `settled_at` says that to-dos, papers and plans followed, `checked_at` that the list of faults (総点検) was taken.
    """

    __tablename__ = "handover"
    __table_args__ = office_table(
        Index(None, "district_id", "effective_on"),
        Index(None, "office_id", "settled_at"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone"),
        CheckConstraint("(checked_at IS NULL) = (checked_by IS NULL)", name="checked"),
        CheckConstraint("from_id IS NULL OR from_id <> to_id", name="another"),
    )

    batch_id: Mapped[UUID]
    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"))
    from_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    effective_on: Mapped[date]
    former_until: Mapped[date | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    checked_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    undone_at: Mapped[datetime | None]


class HandoverHousehold(Base):
    """A household of a handover, and who confirmed it: the one who left (`given`), the one who came (`taken`)."""

    __tablename__ = "handover_household"
    __table_args__ = facts(
        Index(None, "household_id"),
        CheckConstraint("(given_at IS NULL) = (given_by IS NULL)", name="given"),
        CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken"),
    )

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    given_at: Mapped[datetime | None]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime | None]


class HandoverFollowed(Base):
    """A to-do or a paper that followed to the new caseworker."""

    __tablename__ = "handover_followed"
    __table_args__ = facts(Index(None, "household_id"))

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[FollowedKind] = mapped_column(code(FollowedKind))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class HandoverFault(Keyed, Base):
    """A fault that the radar found in a household when it was handed over (総点検); ticked off once."""

    __tablename__ = "handover_fault"
    __table_args__ = facts(
        UniqueConstraint("handover_id", "household_id", "rule"),
        Index(None, "household_id"),
        CheckConstraint("(ticked_at IS NULL) = (ticked_by IS NULL)", name="ticked"),
    )

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    rule: Mapped[str]
    ticked_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    ticked_at: Mapped[datetime | None]
