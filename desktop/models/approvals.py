"""Submissions, their steps and moves (決裁)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.approvals import ApprovalState, Move, Shown, StepKind, StepState
from desktop.domain.roles import Role
from desktop.models.base import Base, Keyed, code, content, facts


class Approval(Keyed, Base):
    """One submission of a subject: which version with which hash, and where it stands.

    `position` is the position whose turn it is, None when nothing waits. A subject that came back and is
    submitted again has a new row with the next `round`.
    """

    __tablename__ = "approval"
    __table_args__ = facts(
        UniqueConstraint("subject_kind", "subject_id", "round"),
        Index("ix_approval_queue", "office_id", "state", "position"),
        Index(None, "household_id"),
        Index(None, "submitted_by", "state"),
    )

    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    round: Mapped[int]
    root_version: Mapped[int]
    content_hash: Mapped[str]
    state: Mapped[ApprovalState] = mapped_column(code(ApprovalState))
    position: Mapped[Role | None] = mapped_column(code(Role))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    submitted_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    waits_inspection: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class ApprovalStep(Base):
    """One step of the route: which position, and who stamped it when and how it was shown to him."""

    __tablename__ = "approval_step"
    __table_args__ = facts(Index(None, "decided_by"))

    approval_id: Mapped[UUID] = mapped_column(ForeignKey("approval.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    position: Mapped[Role] = mapped_column(code(Role))
    kind: Mapped[StepKind] = mapped_column(code(StepKind))
    state: Mapped[StepState] = mapped_column(code(StepState))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    inspected_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    inspected_at: Mapped[datetime | None]
    shown: Mapped[Shown | None] = mapped_column(code(Shown))


class ApprovalMove(Keyed, Base):
    """One move, append-only: who did what to which version."""

    __tablename__ = "approval_move"
    __table_args__ = facts(Index(None, "approval_id"), Index(None, "office_id", "move"))

    approval_id: Mapped[UUID] = mapped_column(ForeignKey("approval.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    move: Mapped[Move] = mapped_column(code(Move))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    root_version: Mapped[int]
    content_hash: Mapped[str]
    step: Mapped[int | None]
    reply_due: Mapped[date | None]


class ApprovalNote(Base):
    """The words that go with a move: instruction, reason of a return, of a hold."""

    __tablename__ = "approval_note"
    __table_args__ = content()

    move_id: Mapped[UUID] = mapped_column(ForeignKey("approval_move.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    text: Mapped[str]
