"""What effort and key figures read of the office data in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.effort import StandardKind
from desktop.domain.kpis import Kpi, Target
from desktop.domain.list_exports import USUAL, ExportColumn, ListExport
from desktop.domain.master_tables import Master
from desktop.domain.support_groups import SupportGroup
from desktop.models.masters import MasterValue
from desktop.services.masters.lookup import in_force


class Standard(NamedTuple):
    """Standard minutes of something, and whether it is spent with the person."""

    minutes: int
    is_direct: bool


def standard_minutes(session: Session, office_id: UUID, on: date) -> dict[StandardKind, Standard]:
    """Kind → its standard. What the office has no row for has the shipped one."""
    shipped = {row.key: row.value for row in shipped_rows(Master.STANDARD_MINUTES)}
    rows = shipped | in_force(session, office_id, Master.STANDARD_MINUTES, on)
    return {
        kind: Standard(
            minutes=int(str(rows[kind].get("minutes") or 0)),
            is_direct=rows[kind].get("is_direct") is True,
        )
        for kind in StandardKind
    }


def eligible_groups(session: Session, office_id: UUID, on: date) -> frozenset[SupportGroup]:
    """The groups whose people can take part, for the rate of participation."""
    shipped = {row.key: row.value for row in shipped_rows(Master.KPI_GROUPS)}
    rows = shipped | in_force(session, office_id, Master.KPI_GROUPS, on)
    return frozenset(group for group in SupportGroup if rows.get(group, {}).get("counts") is True)


def list_exports(session: Session, office_id: UUID, on: date) -> tuple[ListExport, ...]:
    """The office's choices of columns, the usual one first. What the catalogue does not know is left out."""
    rows = in_force(session, office_id, Master.LIST_EXPORTS, on)
    known = {column.value for column in ExportColumn}
    return (
        USUAL,
        *(
            ListExport(
                key=key,
                label=str(value.get("label") or key),
                columns=tuple(ExportColumn(code) for code in _codes(value) if code in known),
            )
            for key, value in sorted(rows.items())
        ),
    )


def _codes(value: Mapping[str, object]) -> tuple[str, ...]:
    given = value.get("columns")
    return tuple(map(str, given)) if isinstance(given, list) else ()


def kpi_targets(session: Session, office_id: UUID, fiscal_year: int, on: date) -> dict[Kpi, Target]:
    """Figure → the office's target of a fiscal year, with its source."""
    m = MasterValue
    rows = session.scalars(
        select(m)
        .where(
            m.office_id == office_id,
            m.table_name == Master.KPI_TARGETS,
            m.key.in_([f"{kpi}.{fiscal_year}" for kpi in Kpi]),
            m.approved_at.is_not(None),
            m.valid_from <= on,
        )
        .order_by(m.valid_from, m.approved_at, m.id)
    )
    newest = {row.key: row for row in rows}
    return {
        Kpi(key.partition(".")[0]): Target(
            percent=int(str(row.value.get("percent") or 0)),
            source=row.source,
            confirmed=row.confirmed,
        )
        for key, row in newest.items()
        if not row.is_retired
    }


def unconfirmed(
    session: Session, office_id: UUID, tables: tuple[Master, ...], on: date
) -> tuple[str, ...]:
    """Tables of these in which a value in force is not confirmed (未確認)."""
    m = MasterValue
    rows = session.execute(
        select(m.table_name, m.key, m.confirmed, m.is_retired)
        .where(
            m.office_id == office_id,
            m.table_name.in_(tables),
            m.approved_at.is_not(None),
            m.valid_from <= on,
        )
        .order_by(m.valid_from, m.approved_at, m.id)
    )
    newest = {(table, key): confirmed or is_retired for table, key, confirmed, is_retired in rows}
    open_tables = {table for (table, _), is_settled in newest.items() if not is_settled}
    return tuple(table for table in tables if table in open_tables)
