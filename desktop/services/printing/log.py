"""The log of print runs as people read it: of which forms, how many things of how many households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff
from desktop.domain.printing import PrintLogRow
from desktop.models.issued_forms import IssuedFormRecord, PrintedIssue
from desktop.models.office import Staff
from desktop.models.papers import PrintedPaper
from desktop.models.records import PrintBatch, PrintedEntry
from desktop.models.support_policies import PrintedFile, PrintedPolicy

RECORD, _SLIP = "K-04", "U-01"


class _Thing(NamedTuple):
    form: str
    thing_id: UUID
    household_id: UUID


def latest_runs(session: Session, staff: SignedInStaff, limit: int) -> tuple[PrintLogRow, ...]:
    """The newest runs of the office. Runs of registers of the office hold no household: they count no things."""
    batches = session.execute(
        select(PrintBatch, Staff.name)
        .join(Staff, Staff.id == PrintBatch.printed_by)
        .where(PrintBatch.office_id == staff.office_id)
        .order_by(PrintBatch.printed_at.desc(), PrintBatch.id.desc())
        .limit(limit)
    ).all()
    things = defaultdict[UUID, set[_Thing]](set)
    for batch_id, thing in _things(session, [batch.id for batch, _ in batches]):
        things[batch_id].add(thing)
    return tuple(_row(batch, name, things[batch.id]) for batch, name in batches)


def _things(session: Session, batch_ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    queries: tuple[Select[UUID, str, UUID, UUID], ...] = (
        select(
            PrintedEntry.batch_id,
            literal(RECORD),
            PrintedEntry.entry_id,
            PrintedEntry.household_id,
        ).where(PrintedEntry.batch_id.in_(batch_ids)),
        select(
            PrintedPolicy.batch_id,
            PrintedPolicy.form,
            PrintedPolicy.policy_id,
            PrintedPolicy.household_id,
        ).where(PrintedPolicy.batch_id.in_(batch_ids)),
        select(
            PrintedFile.batch_id,
            PrintedFile.form,
            PrintedFile.household_id,
            PrintedFile.household_id,
        ).where(PrintedFile.batch_id.in_(batch_ids)),
        select(
            PrintedPaper.batch_id, literal(_SLIP), PrintedPaper.paper_id, PrintedPaper.household_id
        ).where(PrintedPaper.batch_id.in_(batch_ids)),
        select(
            PrintedIssue.batch_id,
            IssuedFormRecord.form_code,
            PrintedIssue.issued_id,
            PrintedIssue.household_id,
        )
        .join(IssuedFormRecord, IssuedFormRecord.id == PrintedIssue.issued_id)
        .where(PrintedIssue.batch_id.in_(batch_ids)),
    )
    for query in queries:
        for batch_id, form, thing_id, household_id in session.execute(query):
            yield batch_id, _Thing(form, thing_id, household_id)


def _row(batch: PrintBatch, printed_by: str, things: set[_Thing]) -> PrintLogRow:
    return PrintLogRow(
        batch_id=batch.id,
        printed_at=batch.printed_at,
        printed_by=printed_by,
        mark=FormMark[batch.mark.upper()].value,
        forms=tuple(
            sorted({thing.form for thing in things} | ({batch.form} if batch.form else set()))
        ),
        things=len(things),
        households=len({thing.household_id for thing in things}),
        entries=sum(thing.form == RECORD for thing in things),
        pages=batch.pages,
        sha256=batch.sha256,
    )
