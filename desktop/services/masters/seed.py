"""The first values of a new office: those shipped with the program, in force without a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop.database.shipped import ShippedRow, shipped_holidays, shipped_rows
from desktop.domain.clock import japan_day
from desktop.domain.ids import new_id as new_random_id
from desktop.domain.master_tables import Master
from desktop.models.masters import MasterValue


def seed(
    session: Session, office_id: UUID, at: datetime, *, new_id: Callable[[], UUID] = new_random_id
) -> None:
    """Write the shipped rows of every table for a new office; nobody entered them, so the source says where from.

    `new_id` gives the rows' ids; the training office hands in its own, which are the same on every run.
    """
    rows = [
        {"id": new_id(), **_values(office_id, table, row, at)}
        for table in Master
        for row in _rows(table, at)
    ]
    session.execute(insert(MasterValue), rows)


def _rows(table: Master, at: datetime) -> tuple[ShippedRow, ...]:
    return shipped_holidays(japan_day(at)) if table is Master.HOLIDAYS else shipped_rows(table)


def _values(office_id: UUID, table: Master, row: ShippedRow, at: datetime) -> dict[str, object]:
    return {
        "office_id": office_id,
        "table_name": table.value,
        "key": row.key,
        "valid_from": row.valid_from,
        "value": dict(row.value),
        "source": row.source,
        "confirmed": row.confirmed,
        "is_seed": True,
        "entered_at": at,
        "approved_at": at,
    }
