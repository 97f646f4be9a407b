"""The office's numbers about guidance on a day."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.guidance_forms import AbolitionException, GuidanceNumbers
from desktop.domain.master_tables import Master
from desktop.services.masters import lookup


def abolition_exceptions(
    session: Session, office_id: UUID, on: date
) -> tuple[AbolitionException, ...]:
    """The office's reasons for abolishing without a suspension, by code; [] where it has taken all of them away."""
    rows = lookup.in_force(session, office_id, Master.ABOLITION_EXCEPTIONS, on)
    sure = lookup.confirmed_keys(session, office_id, Master.ABOLITION_EXCEPTIONS, on)
    return tuple(
        AbolitionException(
            code=code,
            label=str(row.get("label") or ""),
            note=str(row.get("note") or ""),
            confirmed=code in sure,
        )
        for code, row in sorted(rows.items())
    )


def guidance_numbers(session: Session, office_id: UUID, on: date) -> GuidanceNumbers:
    """The numbers in force. One the office has no row for is the shipped one."""
    shipped = {row.key: row.value for row in shipped_rows(Master.GUIDANCE_NUMBERS)}
    rows = shipped | lookup.in_force(session, office_id, Master.GUIDANCE_NUMBERS, on)
    return GuidanceNumbers(
        **{f.name: int(cast("int", rows[f.name]["number"])) for f in fields(GuidanceNumbers)}
    )
