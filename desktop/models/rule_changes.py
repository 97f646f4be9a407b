"""Households ticked off for a change of the rules (改正の確認). Rows are only added; the newest of a household and a change counts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.rule_change_ticks import TickState
from desktop.models.base import Base, Keyed, code, content, facts

_FIRST = text("replaces_id IS NULL")


class RuleChangeTick(Keyed, Base):
    """That a household was looked at for a change, in the version that it had; `replaces_id` is the tick it stands for.

    `has_note` says, without a ticket, whether there are words to it.
    """

    __tablename__ = "rule_change_tick"
    __table_args__ = facts(
        Index(
            "uq_rule_change_tick_first",
            *("household_id", "change_key"),
            unique=True,
            sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
        Index(None, "household_id"),
        Index(None, "office_id", "change_key"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("length(change_key) BETWEEN 3 AND 60", name="change_key"),
        CheckConstraint("change_version BETWEEN 1 AND 9999", name="change_version"),
        CheckConstraint("state <> 'open_again' OR replaces_id IS NOT NULL", name="open_again"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    change_key: Mapped[str]
    change_version: Mapped[int]
    state: Mapped[TickState] = mapped_column(code(TickState))
    has_note: Mapped[bool]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("rule_change_tick.id"))
    ticked_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    ticked_at: Mapped[datetime]


class RuleChangeNote(Base):
    """The words to a tick, where somebody wrote any."""

    __tablename__ = "rule_change_note"
    __table_args__ = content(Index(None, "household_id"))

    tick_id: Mapped[UUID] = mapped_column(ForeignKey("rule_change_tick.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    note: Mapped[str]
