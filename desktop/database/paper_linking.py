"""The one door through which papers are linked and their slips noted (受領書類の結び付き、受付票・受領証).

PostgreSQL judges by itself (`security/sql/49_paper_links.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Text, Uuid, cast, func
from sqlalchemy.orm import Session

from desktop.database import paper_linking_here
from desktop.database.papering import call, on_server
from desktop.domain.office import SignedInStaff
from desktop.domain.paper_slips import PrintNote
from desktop.models.papers import PaperRecord


def link_entry(
    session: Session,
    staff: SignedInStaff,
    link_id: UUID,
    paper_id: UUID,
    entry_id: UUID,
    at: datetime,
) -> None:
    """Name a paper in an entry of its household; naming it again changes nothing."""
    if on_server(session):
        call(session, func.app.link_paper(link_id, paper_id, entry_id))
    else:
        paper_linking_here.link_entry(session, staff, link_id, paper_id, entry_id, at)


def strike(
    session: Session, staff: SignedInStaff, link_id: UUID, reason: str, at: datetime
) -> None:
    """Say of a link why it does not hold."""
    if on_server(session):
        call(session, func.app.strike_paper_link(link_id, cast(reason, Text)))
    else:
        paper_linking_here.strike(session, staff, link_id, reason, at)


def draft(
    session: Session,
    staff: SignedInStaff,
    paper_id: UUID,
    ids: tuple[UUID, UUID],
    due_on: date,
    at: datetime,
    *,
    kind_label: str,
) -> None:
    """Give the paper's owner the to-do of the decision draft; `ids` are those of the link and the to-do."""
    link_id, todo_id = ids
    if on_server(session):
        call(session, func.app.draft_for_paper(link_id, todo_id, paper_id, cast(due_on, Date)))
    else:
        paper_linking_here.draft(session, staff, paper_id, ids, due_on, at, kind_label=kind_label)


def may_print(session: Session, staff: SignedInStaff, paper: PaperRecord) -> bool:
    """Whether somebody prints the slip of a paper; on PostgreSQL nobody else reads its row."""
    return on_server(session) or paper_linking_here.may_print(session, staff, paper)


def note_printed(
    session: Session,
    staff: SignedInStaff,
    paper_ids: Sequence[UUID],
    note: PrintNote,
    at: datetime,
) -> None:
    """Note that slips and receipts came out; the same run again changes nothing."""
    if on_server(session):
        said = (cast(note.part.value, Text), cast(note.mark.name.lower(), Text))
        told = (cast(note.pages, Integer), cast(note.sha256, Text))
        papers = cast(list(paper_ids), ARRAY(Uuid))
        call(session, func.app.note_printed_papers(note.batch_id, papers, *said, *told))
    else:
        paper_linking_here.note_printed(session, staff, paper_ids, note, at)
