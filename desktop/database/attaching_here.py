"""Attaching where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.paper_access import is_before
from desktop.domain import attachments as rules
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.models.attachments import AttachmentContent, AttachmentRecord
from desktop.models.households import Household
from desktop.models.papers import PaperRecord

if TYPE_CHECKING:
    from desktop.database.attaching import NewFile


def attach(
    session: Session, staff: SignedInStaff, given: NewFile, at: datetime, most_pages: int
) -> None:
    """Attach a file to a paper that the person took in, owns or sees."""
    paper = _paper(session, staff, given, at)
    digest = hashlib.sha256(given.data).hexdigest()
    stored = session.get(AttachmentRecord, given.attachment_id)
    if stored is not None:
        if (stored.paper_id, stored.received_by, stored.sha256) != (
            paper.id,
            staff.staff_id,
            digest,
        ):
            raise ConflictError(rules.OTHER_ID)
        return
    _check(session, given, most_pages)
    key = {"office_id": paper.office_id, "household_id": paper.household_id}
    session.add(
        AttachmentRecord(
            **key,
            id=given.attachment_id,
            paper_id=paper.id,
            kind=given.kind,
            pages=given.pages,
            size=len(given.data),
            sha256=digest,
            received_by=staff.staff_id,
            received_at=at,
        )
    )
    session.flush()
    session.add(
        AttachmentContent(
            **key, attachment_id=given.attachment_id, name=given.name.strip(), data=given.data
        )
    )
    session.flush()


def _paper(session: Session, staff: SignedInStaff, given: NewFile, at: datetime) -> PaperRecord:
    paper = session.get(PaperRecord, given.paper_id, populate_existing=True)
    if paper is None or paper.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_PAPER)
    household = session.get_one(Household, paper.household_id)
    if staff.staff_id not in {paper.owner_id, paper.received_by} and not (
        is_before(session, staff, household, at)
    ):
        raise NotPermittedError(rules.NO_PAPER)
    return paper


def _check(session: Session, given: NewFile, most_pages: int) -> None:
    if not given.data:
        raise ValidationError(file=rules.EMPTY)
    if len(given.data) > rules.MOST_BYTES:
        raise ValidationError(file=rules.TOO_LARGE)
    if not 1 <= given.pages <= most_pages:
        raise ValidationError(file=rules.too_many_pages(given.pages, most_pages))
    if not given.name.strip() or rules.plain_name(given.name) != given.name.strip():
        raise ValidationError(file=rules.NO_NAME)
    count = select(func.count()).select_from(AttachmentRecord)
    there = session.scalar(count.where(AttachmentRecord.paper_id == given.paper_id)) or 0
    if there >= rules.MOST_FILES:
        raise ValidationError(file=rules.TOO_MANY_FILES)
