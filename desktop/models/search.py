"""The text in which entries are searched (全文検索), kept by the database itself whenever segments are added."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import WORD, Base, content


class SearchText(Base):
    """An entry's valid version, folded (`domain/search_text`), one line a segment. Nobody reads it but the search itself.

    `grams` are its pairs of characters, which PostgreSQL's index looks up; SQLite leaves them empty and reads the text.
    """

    __tablename__ = "search_text"
    __table_args__ = content(
        Index("ix_search_text_newest", "office_id", "event_on", "entry_id"),
        Index(None, "household_id"),
        Index("ix_search_text_grams", "grams", postgresql_using="gin"),
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    event_on: Mapped[date]
    folded: Mapped[str] = mapped_column(WORD)
    grams: Mapped[str | None] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
