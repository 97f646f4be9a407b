"""The office's tables and rules about papers that leave it, as they are in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.carrying import CarryTables
from desktop.domain.carry_outs import CarryMedium, CarryOutApproval, CarryRules
from desktop.domain.leaks import IncidentRules
from desktop.domain.master_tables import Master
from desktop.domain.reading_packs import PackRules
from desktop.domain.thresholds import Thresholds
from desktop.domain.wording import WORD_SEPARATOR
from desktop.services.masters import lookup

_LAST_MINUTE = time(23, 59)


def media(session: Session, office_id: UUID, on: date) -> dict[str, CarryMedium]:
    """Code → what may go out on which medium (持出しの可否); what is allowed and needs the least first."""
    rows = lookup.in_force(session, office_id, Master.CARRY_MEDIA, on)
    found = [
        CarryMedium(
            code=code,
            label=str(value.get("label", "")),
            medium=str(value.get("medium", "")),
            is_allowed=bool(value.get("is_allowed")),
            approval=CarryOutApproval(str(value["approval"])),
            protection=str(value.get("protection") or ""),
        )
        for code, value in rows.items()
    ]
    order = tuple(CarryOutApproval)
    found.sort(key=lambda m: (not m.is_allowed, order.index(m.approval), m.code))
    return {medium.code: medium for medium in found}


def purposes(session: Session, office_id: UUID, on: date) -> dict[str, str]:
    """Code → purpose of a visit as the carry sheet has it, in the order of the table; those without such a name are not on it."""
    rows = lookup.in_force(session, office_id, Master.VISIT_PURPOSES, on)
    said = {code: str(value.get("sheet_label") or "") for code, value in rows.items()}
    return {code: label for code, label in said.items() if label}


def checks(session: Session, office_id: UUID, on: date) -> Mapping[str, tuple[str, ...]]:
    """Kind of household → questions of the carry sheet; "common" goes for all."""
    rows = lookup.in_force(session, office_id, Master.CARRY_CHECKS, on)
    return {
        key: tuple(filter(None, str(value.get("checks", "")).split(WORD_SEPARATOR)))
        for key, value in rows.items()
    }


def carry_rules(limits: Thresholds) -> CarryRules:
    """The rules about trips of the office's limits; a time that is none is the end of the day."""
    hour, minute = divmod(limits.carry_alert_time, 100)
    is_time = 0 <= hour < 24 and 0 <= minute < 60  # noqa: PLR2004 - a clock
    return CarryRules(
        alert_at=time(hour, minute) if is_time else _LAST_MINUTE,
        block_days=max(limits.carry_block_days, 1),
        needs_approval=limits.carry_needs_approval != 0,
        second_person=limits.carry_second_person != 0,
        most_households=limits.carry_most_households,
    )


def incident_rules(limits: Thresholds) -> IncidentRules:
    """The terms of reports of the office's limits."""
    return IncidentRules(
        quick_from_days=limits.incident_quick_from_days,
        quick_days=limits.incident_quick_days,
        full_days=limits.incident_full_days,
        malicious_days=limits.incident_malicious_days,
        near_days=limits.incident_near_days,
    )


def rules_on(session: Session, office_id: UUID, on: date) -> CarryRules:
    """The rules about trips in force."""
    return carry_rules(lookup.thresholds(session, office_id, on))


def pack_rules(limits: Thresholds) -> PackRules:
    """The rules about reading packs of the office's limits."""
    return PackRules(
        most_hours=limits.pack_most_hours,
        most_households=limits.pack_most_households,
        with_shielded=limits.pack_with_shielded != 0,
        idle_minutes=max(limits.pack_idle_minutes, 1),
    )


def pack_rules_on(session: Session, office_id: UUID, on: date) -> PackRules:
    """The rules about reading packs in force."""
    return pack_rules(lookup.thresholds(session, office_id, on))


def tables_on(session: Session, office_id: UUID, on: date) -> CarryTables:
    """Everything that a new trip is judged by."""
    return CarryTables(
        media=media(session, office_id, on),
        purposes=purposes(session, office_id, on).keys(),
        rules=rules_on(session, office_id, on),
        packs=pack_rules_on(session, office_id, on),
    )
