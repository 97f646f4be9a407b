"""Telephone memos (電話メモ). A memo is added and answered once; only the household of an unidentified one is put in later."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.telephone_memos import CallBack
from desktop.models.base import Base, Keyed, code, content, facts


class TelephoneMemo(Keyed, Base):
    """A call for whoever looks after the household; without a household it is unidentified (未特定).

    `entry_id` is what the call became in the file. Nobody owns a memo: it lies on the desk of whoever's duty it is.
    """

    __tablename__ = "telephone_memo"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "office_id", "answered_at"),
        CheckConstraint("(call_back = 'not_needed') = (due_on IS NULL)", name="due_on"),
        CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint(
            "household_id IS NOT NULL OR (entry_id IS NULL AND answer_entry_id IS NULL)",
            name="entries",
        ),
    )

    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"))
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entry.id"))
    call_back: Mapped[CallBack] = mapped_column(code(CallBack))
    due_on: Mapped[date | None]
    taken_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime]
    identified_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    identified_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None]
    answer_entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entry.id"))


class TelephoneMemoText(Base):
    """Who called, what about, and what became of it."""

    __tablename__ = "telephone_memo_text"
    __table_args__ = content(Index(None, "household_id"))

    memo_id: Mapped[UUID] = mapped_column(ForeignKey("telephone_memo.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"))
    who: Mapped[str]
    what: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
