"""The office's programmes (支援事業) and the outcomes of support, as other services read them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.participations import CountsFor, Outcome, Programme
from desktop.domain.support_plans import SelfReliance
from desktop.models.masters import MasterValue
from desktop.services.masters import lookup


def programmes(session: Session, office_id: UUID, on: date) -> dict[str, Programme]:
    """Code → programme in force on a day, with its source and whether somebody confirmed it."""
    m = MasterValue
    rows = session.scalars(
        select(m)
        .where(
            m.office_id == office_id,
            m.table_name == Master.PROGRAMMES,
            m.approved_at.is_not(None),
            m.valid_from <= on,
        )
        .order_by(m.valid_from, m.approved_at, m.id)
    )
    newest = {row.key: row for row in rows}
    return {key: _programme(row) for key, row in newest.items() if not row.is_retired}


def outcomes(session: Session, office_id: UUID, on: date) -> dict[str, Outcome]:
    """Code → outcome, in the order of the codes. A code the office has no row for has the shipped label."""
    shipped = {row.key: row.value for row in shipped_rows(Master.SUPPORT_OUTCOMES)}
    rows = shipped | lookup.in_force(session, office_id, Master.SUPPORT_OUTCOMES, on)
    return {
        code: Outcome(
            code=code,
            label=str(value.get("label") or code),
            counts_for=CountsFor(str(value.get("counts_for") or CountsFor.NOTHING)),
        )
        for code, value in sorted(rows.items())
    }


def _programme(row: MasterValue) -> Programme:
    value = row.value
    return Programme(
        code=row.key,
        label=str(value.get("label") or row.key),
        basis=str(value.get("basis") or ""),
        reliance=SelfReliance(str(value.get("reliance") or SelfReliance.ECONOMIC)),
        counts=value.get("counts") is True,
        carrier=str(value.get("carrier") or ""),
        needs_consent=value.get("needs_consent") is True,
        note=str(value.get("note") or ""),
        source=row.source,
        confirmed=row.confirmed,
    )
