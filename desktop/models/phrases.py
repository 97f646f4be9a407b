"""A person's own set phrases (自分の定型句). The office's are office data (`phrases` in `domain/master_tables_records.py`)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import WORD, Base, Keyed, Versioned, log


class OwnPhrase(Keyed, Versioned, Base):
    """One phrase of one person, whom alone it is readable by. `folded` is its code as it is looked up.

    `segments` names the parts of an entry that it is for, parted by a blank; none means all of them.
    """

    __tablename__ = "own_phrase"
    __table_args__ = log(
        Index(
            "uq_own_phrase_code",
            "staff_id",
            "folded",
            unique=True,
            sqlite_where=text("NOT is_ended"),
            postgresql_where=text("NOT is_ended"),
        ),
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    code: Mapped[str]
    folded: Mapped[str] = mapped_column(WORD)
    label: Mapped[str]
    text: Mapped[str]
    segments: Mapped[str]
    is_ended: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
