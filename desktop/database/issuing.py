"""The one door through which forms are issued, made void and noted as printed (発行済帳票).

PostgreSQL judges by itself (`security/sql/51_issued_forms.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Integer, LargeBinary, Text, Uuid, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import issuing_here
from desktop.database.papering import call, on_server
from desktop.domain.issued_forms import Drawn, IssueRequest, PrintedRun, Reserved
from desktop.domain.office import SignedInStaff


def reserve(
    session: Session, staff: SignedInStaff, request: IssueRequest, at: datetime
) -> Reserved:
    """Take the next number under the register's lock. Without `store` in the same transaction nothing is committed."""
    if not on_server(session):
        return issuing_here.reserve(session, staff, request, at)
    session.flush()
    reserved = func.app.reserve_issue(
        request.issued_id,
        request.household_id,
        cast(request.form_code, Text),
        cast(request.edition, Text),
        cast([s.subject_id for s in request.subjects], ARRAY(Uuid())),
        cast([s.version for s in request.subjects], ARRAY(Integer())),
    ).table_valued("fiscal_year", "number", "issued_at", "stored")
    year, number, issued_at, is_stored = session.execute(select(reserved)).one()
    return Reserved(fiscal_year=year, number=number, issued_at=issued_at, is_stored=is_stored)


def store(session: Session, staff: SignedInStaff, request: IssueRequest, drawn: Drawn) -> None:
    """Put the bytes of the number that was taken in this transaction."""
    if on_server(session):
        words, pages = cast(request.recipient, Text), cast(drawn.pages, Integer)
        data = cast(drawn.data, LargeBinary)
        call(session, func.app.store_issue(request.issued_id, words, pages, data))
    else:
        issuing_here.store(session, staff, request, drawn)


def void(
    session: Session, staff: SignedInStaff, issued_id: UUID, reason: str, at: datetime
) -> None:
    """Make an issue void; the same again changes nothing."""
    if on_server(session):
        call(session, func.app.void_issue(issued_id, cast(reason, Text)))
    else:
        issuing_here.void(session, staff, issued_id, reason, at)


def note_printed(session: Session, staff: SignedInStaff, run: PrintedRun, at: datetime) -> None:
    """Note that issued forms went to paper; the same run again changes nothing."""
    if on_server(session):
        said = (cast(run.mark.name.lower(), Text), cast(run.pages, Integer), cast(run.sha256, Text))
        call(session, func.app.note_printed_issues(run.batch_id, _ids(run.issued_ids), *said))
    else:
        issuing_here.note_printed(session, staff, run, at)


def _ids(ids: Sequence[UUID]) -> ColumnElement[Any]:
    return cast(list(ids), ARRAY(Uuid()))
