"""The one door through which receipts, reasons and cards of monthly papers (毎月の書類) are written.

PostgreSQL judges by itself (`security/sql/59_monthly_papers.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Date, Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import monthly_papers_here
from desktop.database.monthly_papers_here import OfficeTables
from desktop.domain.monthly_papers import MonthlyDue, PaperMissingInput, PaperReceiptInput
from desktop.domain.office import SignedInStaff


def receive(
    session: Session,
    staff: SignedInStaff,
    given: PaperReceiptInput,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Take a paper in, or link one taken in before; the same once more changes nothing."""
    if _on_server(session):
        paper = (given.receipt_id, given.paper_id, cast(given.is_linked, Boolean))
        _call(session, func.app.receive_monthly_paper(*paper, *_due(given.due)))
    else:
        monthly_papers_here.receive(session, staff, given, tables, at)


def strike(
    session: Session,
    staff: SignedInStaff,
    given: PaperReceiptInput,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Take a link back, or say that a paper which nobody linked is not this month's."""
    if _on_server(session):
        paper = (given.receipt_id, given.paper_id)
        _call(session, func.app.strike_monthly_paper(*paper, *_due(given.due)))
    else:
        monthly_papers_here.strike(session, staff, given, tables, at)


def explain(
    session: Session,
    staff: SignedInStaff,
    given: PaperMissingInput,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Note why a paper has not come; a reason that asks for it becomes a safety check (安否確認)."""
    if _on_server(session):
        said = (_text(given.reason), _text(given.words), _text(given.help_missing))
        due = _due(given.due)
        _call(session, func.app.explain_missing_monthly_paper(given.missing_id, *due, *said))
    else:
        monthly_papers_here.explain(session, staff, given, tables, at)


def note_reminder(
    session: Session,
    staff: SignedInStaff,
    batch_id: UUID,
    due: MonthlyDue,
    tables: OfficeTables,
    at: datetime,
) -> None:
    """Note that a card of this unit of work's print run asked for a paper."""
    if _on_server(session):
        _call(session, func.app.note_monthly_paper_reminder(batch_id, *_due(due)))
    else:
        monthly_papers_here.note_reminder(session, staff, batch_id, due, tables, at)


def _due(due: MonthlyDue) -> tuple[Any, ...]:
    return due.household_id, due.person_id, _text(due.paper), cast(due.month, Date)


def _text(value: str) -> ColumnElement[str]:
    return cast(value, Text)


def _call(session: Session, function: ColumnElement[Any]) -> None:
    session.flush()
    session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
