"""Disposal of case files (文書廃棄): holds, lists with their approvals, tombstones.

All of it is written by functions of the database only; the training office writes it in its services.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.disposal import DisposalDecision, DisposalState
from desktop.domain.holds import HoldKind
from desktop.models.base import Base, Dated, Keyed, code, content, facts, log


class Hold(Keyed, Dated, Base):
    """A dated hold (保留) that keeps a household's file from disposal; its words stand in `hold_text`."""

    __tablename__ = "hold"
    __table_args__ = facts(
        Index(None, "household_id"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[HoldKind] = mapped_column(code(HoldKind))
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]


class HoldText(Base):
    """Why a file is held."""

    __tablename__ = "hold_text"
    __table_args__ = content(Index(None, "household_id"))

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("hold.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    text: Mapped[str]


class DisposalList(Keyed, Base):
    """A list of files to be disposed of (廃棄簿). `content_hash` covers its items and is what people approve."""

    __tablename__ = "disposal_list"
    __table_args__ = log(UniqueConstraint("office_id", "number"))

    number: Mapped[int]
    as_of: Mapped[date]
    state: Mapped[DisposalState] = mapped_column(code(DisposalState))
    drawn_up_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    drawn_up_at: Mapped[datetime]
    content_hash: Mapped[str]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None]


class DisposalItem(Base):
    """A household on a list, with what decided that its time is over."""

    __tablename__ = "disposal_item"
    __table_args__ = log(Index(None, "household_id"))

    list_id: Mapped[UUID] = mapped_column(ForeignKey("disposal_list.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    case_number: Mapped[str]
    retention_class: Mapped[str]
    retention_label: Mapped[str]
    protected_from: Mapped[date | None]
    closed_on: Mapped[date]
    kept_until: Mapped[date]


class DisposalDecisionRow(Base):
    """One of the two decisions on a list: 1 checks, 2 approves. Nobody decides twice."""

    __tablename__ = "disposal_decision"
    __table_args__ = log(
        UniqueConstraint("list_id", "decided_by"),
        CheckConstraint("number IN (1, 2)", name="number"),
    )

    list_id: Mapped[UUID] = mapped_column(ForeignKey("disposal_list.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    decision: Mapped[DisposalDecision] = mapped_column(code(DisposalDecision))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]
    content_hash: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class Tombstone(Keyed, Base):
    """What remains of a file: number, period, class, list, who and when, counts and hash of what was removed.

    `removed` maps tables to counts of rows; `digest` is the SHA-256 over the rows as they were.
    """

    __tablename__ = "tombstone"
    __table_args__ = log(UniqueConstraint("list_id", "household_id"), Index(None, "household_id"))

    list_id: Mapped[UUID] = mapped_column(ForeignKey("disposal_list.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    case_number: Mapped[str]
    retention_class: Mapped[str]
    protected_from: Mapped[date | None]
    closed_on: Mapped[date]
    kept_until: Mapped[date]
    drawn_up_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    checked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    approved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    carried_out_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    carried_out_at: Mapped[datetime]
    removed: Mapped[dict[str, Any]]
    digest: Mapped[str]
