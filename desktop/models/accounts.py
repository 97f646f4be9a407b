"""What changes about people's accounts: requests for a second person, and passwords given anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.accounts import ChangeDecision, ChangeKind
from desktop.models.base import Base, Keyed, code, log, office_table


class StaffChange(Keyed, Base):
    """A request about a person's account, roles or districts. It takes effect by a second person's approval.

    Written by functions of the database only; `staff_id` is the person concerned (None: a new one).
    """

    __tablename__ = "staff_change"
    __table_args__ = office_table(
        Index(None, "office_id", "decided_at"),
        CheckConstraint(
            "decision IS NULL OR decision <> 'approved' OR requested_by IS NULL"
            " OR decided_by <> requested_by",
            name="second_person",
        ),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="one_decision"),
    )

    kind: Mapped[ChangeKind] = mapped_column(code(ChangeKind))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    payload: Mapped[dict[str, Any]]
    requested_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    requested_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[ChangeDecision | None] = mapped_column(code(ChangeDecision))
    reason: Mapped[str] = mapped_column(default="")


class PasswordReset(Keyed, Base):
    """A password that somebody else gave a person. Read by functions: its owner and the heads are told of it."""

    __tablename__ = "password_reset"
    __table_args__ = log(Index(None, "staff_id", "at"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    valid_until: Mapped[datetime]
