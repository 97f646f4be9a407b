"""The one door through which files are attached to papers (添付ファイル).

PostgreSQL judges by itself (`security/sql/45_attachments.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import attaching_here
from desktop.domain.attachments import FileKind
from desktop.domain.office import SignedInStaff


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file that was looked into. `attachment_id` is the client's, so that a retry stores once."""

    attachment_id: UUID
    paper_id: UUID
    kind: FileKind
    pages: int
    name: str = field(repr=False)
    data: bytes = field(repr=False)


def attach(
    session: Session, staff: SignedInStaff, given: NewFile, at: datetime, most_pages: int
) -> None:
    """Attach a file; the same one again changes nothing. PostgreSQL looks the limits up itself."""
    if _on_server(session):
        session.flush()
        said = (cast(given.kind.value, Text), cast(given.pages, Integer), cast(given.name, Text))
        attached = func.app.attach_file(
            given.attachment_id, given.paper_id, *said, cast(given.data, LargeBinary)
        )
        session.scalars(select(attached)).one()
        session.expire_all()  # what the server wrote is read again
    else:
        attaching_here.attach(session, staff, given, at, most_pages)


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
