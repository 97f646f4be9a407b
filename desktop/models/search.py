"""The text in which files are searched (全文検索), kept by the database itself whenever words are stored."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import WORD, Base, content


class SearchText(Base):
    """What a thing of a file says now, folded (`domain/search_text`), one line a text. Nobody reads it but the search itself.

    `noun` and `row_id` name the thing (`domain/search.SearchNoun`), `only_for` who alone finds it: the author of a first
    draft. The index over pairs of characters is no column: an expression on PostgreSQL (revision 0055), a table beside
    this one on SQLite (`database/search_here.py`), where `place` joins the two.
    """

    __tablename__ = "search_text"
    __table_args__ = content(
        UniqueConstraint("noun", "row_id"),
        Index("ix_search_text_newest", "office_id", "event_on", "row_id"),
        Index(None, "household_id"),
        Index(None, "author_id"),
        Index(None, "kind"),
    )

    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), Identity(), primary_key=True
    )
    noun: Mapped[str]
    row_id: Mapped[UUID]
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    event_on: Mapped[date]
    author_id: Mapped[UUID | None]
    kind: Mapped[str | None]
    only_for: Mapped[UUID | None]
    folded: Mapped[str] = mapped_column(WORD)
