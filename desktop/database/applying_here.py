"""Applications made online where the database has no rules of its own (SQLite, the training office)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import papering_here
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.online_applications import (
    ALREADY_THERE,
    MOST_NUMBER,
    NO_NUMBER,
    TakenApplication,
)
from desktop.domain.papers import number_label
from desktop.models.attachments import AttachmentRecord
from desktop.models.online_applications import OnlineApplicationRecord
from desktop.models.papers import PaperRecord

if TYPE_CHECKING:
    from desktop.database.applying import NewApplication


def receive(
    session: Session,
    staff: SignedInStaff,
    given: NewApplication,
    at: datetime,
    *,
    is_known_kind: bool,
) -> UUID:
    """Take an application in as a paper; a number that was taken in before changes nothing."""
    source, number = given.source.strip(), given.number.strip()
    if not (0 < len(source) <= MOST_NUMBER and 0 < len(number) <= MOST_NUMBER):
        raise ValidationError(number=NO_NUMBER)
    before = taken(session, staff, source, [number]).get(number)
    if before is not None:
        return before.paper_id
    if session.get(PaperRecord, given.paper.paper_id) is not None:
        raise ConflictError(ALREADY_THERE)
    papering_here.receive(session, staff, given.paper, at, is_known_kind=is_known_kind)
    session.add(
        OnlineApplicationRecord(
            paper_id=given.paper.paper_id,
            office_id=staff.office_id,
            household_id=given.paper.household_id,
            system=source,
            number=number,
            sent_on=given.sent_on,
        )
    )
    session.flush()
    return given.paper.paper_id


def taken(
    session: Session, staff: SignedInStaff, source: str, numbers: Sequence[str]
) -> dict[str, TakenApplication]:
    """Those of the numbers that were taken in before, with their papers and the papers' files."""
    record = OnlineApplicationRecord
    rows = session.execute(
        select(record.number, PaperRecord.id, PaperRecord.fiscal_year, PaperRecord.number)
        .join(PaperRecord, PaperRecord.id == record.paper_id)
        .where(
            record.office_id == staff.office_id,
            record.system == source,
            record.number.in_(numbers),
        )
    ).all()
    files = defaultdict[UUID, set[UUID]](set)
    attached = select(AttachmentRecord.paper_id, AttachmentRecord.id)
    papers = [paper_id for _, paper_id, *_ in rows]
    for paper_id, attachment_id in session.execute(
        attached.where(AttachmentRecord.paper_id.in_(papers))
    ):
        files[paper_id].add(attachment_id)
    return {
        number: TakenApplication(
            paper_id=paper_id,
            label=number_label(year, paper),
            attachment_ids=frozenset(files[paper_id]),
        )
        for number, paper_id, year, paper in rows
    }
