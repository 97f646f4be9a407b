"""Traces of reading and of imports, append-only."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Keyed, log


class Ticket(Keyed, Base):
    """The committed permission to read content (閲覧票): who, for what purpose, with which reason, until when.

    `xid` is PostgreSQL's transaction that made it: a ticket opens nothing in its own transaction. The reason of a search
    are its words; `aim` is what a saved search was run for, None for all others.
    """

    __tablename__ = "ticket"
    __table_args__ = log(
        Index(None, "staff_id", "opened_at"), Index(None, "staff_id", "valid_until")
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    purpose: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    xid: Mapped[str | None]
    aim: Mapped[str | None]


class TicketHousehold(Base):
    """A file that a ticket opens."""

    __tablename__ = "ticket_household"
    __table_args__ = log(Index(None, "household_id"))

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    outside_duty: Mapped[bool] = mapped_column(default=False)


class LedgerImport(Keyed, Base):
    """One ledger file that was taken in: its hash and what it changed; never its name."""

    __tablename__ = "ledger_import"
    __table_args__ = log(Index(None, "office_id", "imported_at"))

    imported_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    imported_at: Mapped[datetime]
    sha256: Mapped[str]
    taken_over_on: Mapped[date]
    rows: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    vanished: Mapped[int]
