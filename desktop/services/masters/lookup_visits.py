"""What visit planning reads of the office data in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.calendar import BusinessCalendar
from desktop.domain.master_tables import Master
from desktop.domain.need_points import NeedPoint, NeedRule
from desktop.domain.planning_settings import BETWEEN, PlanningWeights, TravelSettings, pair
from desktop.domain.short_messages import ColumnHolds, Gateway, MessageColumn, MessageEncoding
from desktop.domain.working_time import (
    Half,
    OfficeDayKind,
    OfficeDayRule,
    OfficeTime,
    Shift,
    StandardHalf,
)
from desktop.services.masters.lookup import in_force, labels


def office_time(session: Session, office_id: UUID, on: date) -> OfficeTime:
    """Open days, days without visits and the standard week, as known on a day."""
    holidays = {
        date.fromisoformat(day): str(value.get("label") or "")
        for day, value in in_force(session, office_id, Master.HOLIDAYS, on).items()
    }
    return OfficeTime(
        calendar=BusinessCalendar(closed=frozenset(holidays)),
        rules=_office_days(session, office_id, on),
        standard=_standard(session, office_id, on),
        holidays=holidays,
    )


def travel_settings(session: Session, office_id: UUID, on: date) -> TravelSettings:
    """How travel is counted. A number the office has no row for is the shipped one."""
    numbers = _numbers(session, office_id, Master.TRAVEL_SETTINGS, on)
    names = [f.name for f in fields(TravelSettings) if f.name != "district_minutes"]
    return TravelSettings(
        **{name: numbers[name] for name in names},
        district_minutes=_district_minutes(session, office_id, on),
    )


def planning_weights(session: Session, office_id: UUID, on: date) -> PlanningWeights:
    """The prices of a plan. A weight the office has no row for is the shipped one."""
    numbers = _numbers(session, office_id, Master.PLANNING_WEIGHTS, on)
    return PlanningWeights(**{f.name: numbers[f.name] for f in fields(PlanningWeights)})


def need_points(session: Session, office_id: UUID, on: date) -> dict[NeedRule, NeedPoint]:
    """Rule → its row of the table of need points, in the order of the rules."""
    rows = in_force(session, office_id, Master.NEED_POINTS, on)
    return {
        rule: NeedPoint(
            rule=rule,
            points=_int(rows[rule], "points"),
            step=max(1, _int(rows[rule], "step")),
            most=_int(rows[rule], "most"),
            reason=str(rows[rule].get("reason") or ""),
        )
        for rule in NeedRule
        if rule in rows
    }


def vehicles(session: Session, office_id: UUID, on: date) -> dict[str, str]:
    """Code → name of the office's cars."""
    return labels(session, office_id, Master.VEHICLES, on)


def sms_gateway(session: Session, office_id: UUID, on: date) -> Gateway:
    """What the office's gateway for short messages reads; off where the office has said nothing."""
    value = in_force(session, office_id, Master.SMS_GATEWAY, on).get("gateway")
    if value is None:
        return Gateway()
    rows = in_force(session, office_id, Master.SMS_COLUMNS, on)
    return Gateway(
        is_on=bool(value.get("is_on")),
        encoding=MessageEncoding(str(value["encoding"])),
        has_header=bool(value.get("has_header")),
        text=str(value.get("text") or ""),
        columns=tuple(
            MessageColumn(
                header=str(rows[key].get("header") or ""),
                holds=ColumnHolds(str(rows[key]["holds"])),
                fixed=str(rows[key].get("fixed") or ""),
            )
            for key in sorted(rows)
        ),
    )


def _office_days(session: Session, office_id: UUID, on: date) -> tuple[OfficeDayRule, ...]:
    rows = in_force(session, office_id, Master.VISIT_OFFICE_DAYS, on)
    return tuple(
        OfficeDayRule(
            code=code,
            label=str(value.get("label") or ""),
            kind=OfficeDayKind(str(value["kind"])),
            day_of_month=_int(value, "day_of_month"),
            shift=Shift(str(value["shift"])),
            open_days=_int(value, "open_days"),
        )
        for code, value in sorted(rows.items())
    )


def _standard(session: Session, office_id: UUID, on: date) -> tuple[StandardHalf, ...]:
    rows = in_force(session, office_id, Master.VISIT_HALF_DAYS, on)
    return tuple(
        StandardHalf(
            half=half,
            minutes=_int(rows[half], "minutes"),
            weekdays=frozenset(
                int(day) for day in cast("list[str]", rows[half].get("weekdays") or [])
            ),
        )
        for half in Half
        if half in rows
    )


def _district_minutes(session: Session, office_id: UUID, on: date) -> dict[tuple[str, str], int]:
    """Where both directions were typed, the one that stands later in the order of the keys counts."""
    rows = in_force(session, office_id, Master.DISTRICT_MINUTES, on)
    found = {}
    for key, value in sorted(rows.items()):
        one, _, other = key.partition(BETWEEN)
        found[pair(one, other)] = _int(value, "minutes")
    return found


def _numbers(session: Session, office_id: UUID, table: Master, on: date) -> dict[str, int]:
    shipped = {row.key: _int(row.value, "number") for row in shipped_rows(table)}
    rows = in_force(session, office_id, table, on)
    return shipped | {key: _int(value, "number") for key, value in rows.items()}


def _int(value: Mapping[str, object], name: str) -> int:
    return int(cast("int", value.get(name) or 0))
