"""What estimates about work read of the office data in force on a day, with from-day, source and 未確認."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.work_estimates import Band, GrantRate, Parameter, WorkTables
from desktop.domain.work_estimates_cases import GRANT_WINDOW, GrantWindow
from desktop.models.masters import MasterValue
from desktop.services.masters.validation_employment import BAND_KEY, RATE_KEY

_TABLES = (Master.WORK_PARAMETERS, Master.WORK_DEDUCTIONS, Master.WORK_GRANT_RATES)


def work_tables(session: Session, office_id: UUID, on: date) -> WorkTables:
    """The three tables as they are in force on a day. One statement."""
    rows = _rows(session, office_id, on)
    # Keys that nothing can be made of never came through the settings screen: they count for nothing.
    bands = (
        _band(row) for key, row in rows[Master.WORK_DEDUCTIONS].items() if BAND_KEY.fullmatch(key)
    )
    rates = (
        _rate(row) for key, row in rows[Master.WORK_GRANT_RATES].items() if RATE_KEY.fullmatch(key)
    )
    return WorkTables(
        on=on,
        parameters={key: _parameter(key, row) for key, row in rows[Master.WORK_PARAMETERS].items()},
        bands=tuple(sorted(bands, key=lambda band: (band.table, band.lowest))),
        rates=tuple(sorted(rates, key=lambda rate: rate.from_month)),
    )


def grant_windows(session: Session, office_id: UUID) -> tuple[GrantWindow, ...]:
    """How many months count for 就労自立給付金, from which day on; the earliest first."""
    rows = session.scalars(
        select(MasterValue)
        .where(
            MasterValue.office_id == office_id,
            MasterValue.table_name == Master.WORK_PARAMETERS,
            MasterValue.key == GRANT_WINDOW,
            MasterValue.approved_at.is_not(None),
            MasterValue.is_retired.is_(False),
        )
        .order_by(MasterValue.valid_from, MasterValue.approved_at, MasterValue.id)
    )
    return tuple(
        GrantWindow(valid_from=row.valid_from, months=_number(row.value, "number"))
        for row in rows
        if _number(row.value, "number")
    )


def _rows(session: Session, office_id: UUID, on: date) -> dict[str, dict[str, MasterValue]]:
    """Table → key → its row in force; of several the newest counts, retired keys are gone."""
    found = session.scalars(
        select(MasterValue)
        .where(
            MasterValue.office_id == office_id,
            MasterValue.table_name.in_(_TABLES),
            MasterValue.approved_at.is_not(None),
            MasterValue.valid_from <= on,
        )
        .order_by(MasterValue.valid_from, MasterValue.approved_at, MasterValue.id)
    )
    newest: dict[str, dict[str, MasterValue]] = {str(table): {} for table in _TABLES}
    for row in found:
        newest[row.table_name][row.key] = row
    return {
        table: {key: row for key, row in rows.items() if not row.is_retired}
        for table, rows in newest.items()
    }


def _parameter(key: str, row: MasterValue) -> Parameter:
    number = row.value.get("number")
    return Parameter(
        key=key,
        label=str(row.value.get("label") or ""),
        number=number if isinstance(number, int) else None,
        word=str(row.value.get("word") or ""),
        unit=str(row.value.get("unit") or ""),
        valid_from=row.valid_from,
        source=row.source,
        confirmed=row.confirmed,
    )


def _band(row: MasterValue) -> Band:
    table, _, lowest = row.key.partition(".")
    return Band(
        table=int(table),
        lowest=int(lowest),
        is_whole=row.value.get("is_whole") is True,
        deduction=_number(row.value, "deduction"),
        step=_number(row.value, "step"),
        step_deduction=_number(row.value, "step_deduction"),
        valid_from=row.valid_from,
        source=row.source,
        confirmed=row.confirmed,
    )


def _rate(row: MasterValue) -> GrantRate:
    return GrantRate(
        from_month=int(row.key),
        percent=_number(row.value, "percent"),
        valid_from=row.valid_from,
        source=row.source,
        confirmed=row.confirmed,
    )


def _number(value: Mapping[str, object], name: str) -> int:
    return int(str(value.get(name) or 0))
