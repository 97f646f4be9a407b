"""The office's kinds of acts of support and the agencies it supports people with, as they are in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.activities import ActivityKind, EffortWork, Partner, PartnerKind
from desktop.domain.master_tables import Master
from desktop.services.masters.lookup import in_force


def activity_kinds(session: Session, office_id: UUID, on: date) -> dict[str, ActivityKind]:
    """Code → kind of act, in the order of the codes."""
    rows = in_force(session, office_id, Master.ACTIVITY_KINDS, on)
    return {code: _kind(code, rows[code]) for code in sorted(rows)}


def partners(session: Session, office_id: UUID, on: date) -> dict[str, Partner]:
    """Code → agency (連携先): Hello Work first, then by code."""
    rows = in_force(session, office_id, Master.PARTNERS, on)
    found = [_partner(code, value) for code, value in rows.items()]
    order = tuple(PartnerKind)
    found.sort(key=lambda partner: (order.index(partner.kind), partner.code))
    return {partner.code: partner for partner in found}


def _kind(code: str, value: Mapping[str, object]) -> ActivityKind:
    return ActivityKind(
        code=code,
        label=str(value.get("label") or ""),
        is_direct=value.get("is_direct") is True,
        minutes=int(str(value.get("minutes") or 0)),
        work=EffortWork(str(value["work"])),
    )


def _partner(code: str, value: Mapping[str, object]) -> Partner:
    return Partner(
        code=code,
        label=str(value.get("label") or ""),
        kind=PartnerKind(str(value["kind"])),
        contact=str(value.get("contact") or ""),
        note=str(value.get("note") or ""),
    )
