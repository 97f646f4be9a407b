"""The one door through which transfers (移管) are drafted, decided, sent and acknowledged.

PostgreSQL judges by itself (`security/sql/54_transfers.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Date, Integer, Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database import transferring_here
from desktop.database.papering import on_server
from desktop.domain.office import SignedInStaff
from desktop.domain.transfers import TransferInput, TransferMoveInput


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCodes:
    """The keys of the office's tables in force; PostgreSQL looks them up itself."""

    offices: Collection[str]
    enclosures: Collection[str]


def save(
    session: Session, staff: SignedInStaff, given: TransferInput, known: KnownCodes, at: datetime
) -> int:
    """Draft a transfer or change it; the same once more changes nothing. Returns the version it has then."""
    if not on_server(session):
        return transferring_here.save(session, staff, given, known, at)
    what = (cast(given.moved_on, Date), _text(given.destination), _text(given.consent.value))
    notes = (_text(given.notes.needs), _text(given.notes.dangers), _text(given.notes.agreed))
    function = func.app.save_transfer(
        given.transfer_id,
        given.household_id,
        cast(given.version, Integer),
        *what,
        cast(given.consent_on, Date),
        cast(list(given.enclosures), ARRAY(Text())),
        *notes,
    )
    return int(_call(session, function))


def move(session: Session, staff: SignedInStaff, given: TransferMoveInput, at: datetime) -> int:
    """Move a transfer on from the version that was shown. Returns the version it has then."""
    if not on_server(session):
        return transferring_here.move(session, staff, given, at)
    said = (_text(given.move.value), _text(given.words), cast(given.on, Date))
    version = cast(given.version, Integer)
    return int(_call(session, func.app.move_transfer(given.transfer_id, version, *said)))


def confirm(
    session: Session, staff: SignedInStaff, transfer_id: UUID, version: int, at: datetime
) -> int:
    """Note that address and envelope of a shielded household's letter were compared. Returns the new version."""
    if not on_server(session):
        return transferring_here.confirm(session, staff, transfer_id, version, at)
    return int(_call(session, func.app.confirm_transfer(transfer_id, cast(version, Integer))))


def note_printed(
    session: Session, staff: SignedInStaff, batch_id: UUID, transfer_id: UUID, at: datetime
) -> None:
    """Note that a letter went to paper in this unit of work's print run."""
    if on_server(session):
        _call(session, func.app.note_printed_transfer(batch_id, transfer_id))
    else:
        transferring_here.note_printed(session, staff, batch_id, transfer_id, at)


def _text(value: str) -> ColumnElement[str]:
    return cast(value, Text)


def _call(session: Session, function: ColumnElement[Any]) -> Any:  # noqa: ANN401 - what the function returns
    session.flush()
    found = session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again
    return found
