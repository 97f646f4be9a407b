"""A person's own saved searches (保存した検索): the question and its purpose, never what was found."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.search import SearchNoun
from desktop.models.base import Base, Keyed, code, log


class SavedSearchRow(Keyed, Base):
    """One saved search of one person, whom alone it is readable by.

    When it is ended, its name, words and case number are emptied: they may name somebody. The purpose stays.
    """

    __tablename__ = "saved_search"
    __table_args__ = log(Index(None, "staff_id"))

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str]
    purpose: Mapped[str]
    words: Mapped[str]
    case_number: Mapped[str]
    noun: Mapped[SearchNoun | None] = mapped_column(code(SearchNoun))
    kind: Mapped[str | None]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    is_widened: Mapped[bool]
    valid_until: Mapped[date]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
