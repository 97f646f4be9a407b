"""The one door through which cycles, receipts, reasons and reminders of declarations (申告) are written.

PostgreSQL judges by itself (`security/sql/48_declarations.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Date, Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import declaring_here
from desktop.domain.declarations import Cycle, Due, DutyInput, MissingInput, ReceiptInput
from desktop.domain.office import SignedInStaff

#: The cycles in force by code; PostgreSQL looks them up itself.
Cycles = Mapping[str, Cycle]


def set_duty(
    session: Session, staff: SignedInStaff, given: DutyInput, cycles: Cycles, at: datetime
) -> None:
    """Give a person a cycle from a month on; the same once more changes nothing."""
    if _on_server(session):
        what = (_text(given.kind.value), _text(given.cycle), cast(given.valid_from, Date))
        who = (given.duty_id, given.household_id, given.person_id)
        _call(session, func.app.set_declaration_duty(*who, *what, _text(given.reason)))
    else:
        declaring_here.set_duty(session, staff, given, cycles, at)


def receive(
    session: Session, staff: SignedInStaff, given: ReceiptInput, cycles: Cycles, at: datetime
) -> None:
    """Take a declaration in, with its paper or linked to one taken in before; the same once more changes nothing."""
    if _on_server(session):
        paper = (given.receipt_id, given.paper_id, cast(given.is_linked, Boolean))
        _call(session, func.app.receive_declaration(*paper, *_due(given.due)))
    else:
        declaring_here.receive(session, staff, given, cycles, at)


def strike(
    session: Session, staff: SignedInStaff, receipt_id: UUID, reason: str, at: datetime
) -> None:
    """Strike a wrong link with a reason."""
    if _on_server(session):
        _call(session, func.app.strike_declaration(receipt_id, _text(reason)))
    else:
        declaring_here.strike(session, staff, receipt_id, reason, at)


def explain(
    session: Session, staff: SignedInStaff, given: MissingInput, cycles: Cycles, at: datetime
) -> None:
    """Note why a declaration has not come; the same once more changes nothing."""
    if _on_server(session):
        said = (_text(given.reason.value), _text(given.words))
        due = _due(given.due)
        _call(session, func.app.explain_missing_declaration(given.missing_id, *due, *said))
    else:
        declaring_here.explain(session, staff, given, cycles, at)


def note_reminder(
    session: Session, staff: SignedInStaff, batch_id: UUID, due: Due, at: datetime
) -> None:
    """Note that a letter of this unit of work's print run asked for a declaration."""
    if _on_server(session):
        _call(session, func.app.note_declaration_reminder(batch_id, *_due(due)))
    else:
        declaring_here.note_reminder(session, staff, batch_id, due, at)


def _due(due: Due) -> tuple[Any, ...]:
    return due.household_id, due.person_id, _text(due.kind.value), cast(due.month, Date)


def _text(value: str) -> ColumnElement[str]:
    return cast(value, Text)


def _call(session: Session, function: ColumnElement[Any]) -> None:
    session.flush()
    session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
