"""Files attached to received papers (添付ファイル). What was attached is a fact; its name and bytes are content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.attachments import MOST_BYTES, FileKind
from desktop.models.base import Base, Keyed, code, content, facts


class AttachmentRecord(Keyed, Base):
    """A file of a paper; added only. Size and hash are the server's, as are receiver and time."""

    __tablename__ = "attachment"
    __table_args__ = facts(
        Index(None, "household_id"),
        Index(None, "paper_id"),
        Index(None, "received_by"),
        Index(None, "office_id", "sha256"),
        CheckConstraint(f"size BETWEEN 1 AND {MOST_BYTES}", name="size"),
        CheckConstraint("pages > 0", name="pages"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"))
    kind: Mapped[FileKind] = mapped_column(code(FileKind))
    pages: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str]
    received_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    received_at: Mapped[datetime]


class AttachmentContent(Base):
    """The name and the bytes of a file, as they came."""

    __tablename__ = "attachment_content"
    __table_args__ = content(Index(None, "household_id"))

    attachment_id: Mapped[UUID] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    name: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
