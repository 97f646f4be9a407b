"""Attached files as screens show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.attachments import AttachmentLine, SameFile
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import number_label
from desktop.models.attachments import AttachmentContent, AttachmentRecord
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.papers import PaperRecord


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID
) -> tuple[AttachmentLine, ...]:
    """The files of an opened household, newest first, under their names."""
    of_file = AttachmentRecord.household_id == household_id
    return _lines(session, staff, of_file, opened=household_id)


def of_paper(session: Session, staff: SignedInStaff, paper_id: UUID) -> tuple[AttachmentLine, ...]:
    """The files of a paper as facts, newest first: no names."""
    return _lines(session, staff, (AttachmentRecord.paper_id == paper_id) & before(staff))


def before(staff: SignedInStaff) -> ColumnElement[bool]:
    """Files of households that are the person's duty, and those the person attached."""
    office = AttachmentRecord.office_id == staff.office_id
    if staff.is_office_wide:
        return office
    near = Household.district_id.in_(staff.duty_district_ids) | Household.id.in_(
        staff.care_household_ids
    )
    return office & (near | (AttachmentRecord.received_by == staff.staff_id))


def same_files(
    session: Session, staff: SignedInStaff, digests: Collection[str], *, opened: UUID | None = None
) -> dict[str, list[tuple[UUID, SameFile]]]:
    """Where these bytes lie, by hash: only where the person may see the file (or has it open)."""
    visible = before(staff)
    if opened is not None:
        visible |= AttachmentRecord.household_id == opened
    found: Sequence[Any] = session.execute(
        select(AttachmentRecord, PaperRecord.fiscal_year, PaperRecord.number, Household.case_number)
        .join(PaperRecord, PaperRecord.id == AttachmentRecord.paper_id)
        .join(Household, Household.id == AttachmentRecord.household_id)
        .where(AttachmentRecord.sha256.in_(digests), AttachmentRecord.office_id == staff.office_id)
        .where(visible)
        .order_by(AttachmentRecord.received_at, AttachmentRecord.id)
    ).all()
    same = defaultdict[str, list[tuple[UUID, SameFile]]](list)
    for record, year, number, case_number in found:
        place = SameFile(
            paper=number_label(year, number),
            case_number=case_number,
            received_at=record.received_at,
        )
        same[record.sha256].append((record.id, place))
    return same


def _lines(
    session: Session,
    staff: SignedInStaff,
    condition: ColumnElement[bool],
    *,
    opened: UUID | None = None,
) -> tuple[AttachmentLine, ...]:
    record, text = AttachmentRecord, AttachmentContent
    rows: Sequence[Any] = session.execute(
        select(record, PaperRecord.fiscal_year, PaperRecord.number, Staff.name, text.name)
        .join(PaperRecord, PaperRecord.id == record.paper_id)
        .join(Household, Household.id == record.household_id)
        .join(Staff, Staff.id == record.received_by)
        .outerjoin(text, text.attachment_id == record.id)
        .where(condition, record.office_id == staff.office_id)
        .order_by(record.received_at.desc(), record.id.desc())
    ).all()
    same = same_files(session, staff, {row[0].sha256 for row in rows}, opened=opened)
    return tuple(
        AttachmentLine(
            attachment_id=found.id,
            paper_id=found.paper_id,
            household_id=found.household_id,
            fiscal_year=year,
            number=number,
            kind=found.kind,
            pages=found.pages,
            size=found.size,
            sha256=found.sha256,
            received_at=found.received_at,
            received_by=by,
            name=(name or "") if opened else "",
            same=tuple(place for i, place in same[found.sha256] if i != found.id),
        )
        for found, year, number, by, name in rows
    )
