"""The one door through which papers leave the office and come back (持出し), and through which a loss is reported.

PostgreSQL judges by itself (`security/sql/56_carry_outs.sql`, `57_incidents.sql`, `57_reading_packs.sql`); the training office does the same in the
unit of work.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Text,
    Uuid,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session

from desktop.database import carry_correcting_here, carrying_here, incidents_here, packing_here
from desktop.database.papering import on_server
from desktop.domain.carry_outs import (
    CarryMedium,
    CarryOutCorrection,
    CarryOutInput,
    CarryOutMoveInput,
    CarryRules,
)
from desktop.domain.leaks import INCIDENT_TEXTS, IncidentInput, IncidentRules
from desktop.domain.office import SignedInStaff
from desktop.domain.reading_packs import PackInput, PackRules


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryTables:
    """The office's tables and rules in force; PostgreSQL looks them up itself."""

    media: Mapping[str, CarryMedium]
    purposes: Collection[str]
    rules: CarryRules
    packs: PackRules


def make(
    session: Session, staff: SignedInStaff, given: CarryOutInput, tables: CarryTables, at: datetime
) -> int:
    """Make a trip and give it its number; the same once more changes nothing. Returns its version."""
    if not on_server(session):
        return carrying_here.make(session, staff, given, tables, at)
    function = func.app.make_carry_out(
        given.carry_out_id,
        _text(given.reason.value),
        cast(given.leaving_at, DateTime(timezone=True)),
        _text(given.area),
        cast(list(given.kinds), ARRAY(Text())),
        cast(given.sheets, Integer),
        _text(given.protection),
        cast(given.is_masked, Boolean),
        cast(given.goes_home, Boolean),
        cast([item.household_id for item in given.items], ARRAY(Uuid())),
        cast([item.with_place for item in given.items], ARRAY(Boolean())),
        cast([",".join(item.purposes) for item in given.items], ARRAY(Text())),
        cast(given.expires_at, DateTime(timezone=True)),
    )
    return int(_call(session, function))


def move(
    session: Session,
    staff: SignedInStaff,
    given: CarryOutMoveInput,
    rules: CarryRules,
    at: datetime,
) -> int:
    """Move a trip on from the version that was shown. Returns the version it has then."""
    if not on_server(session):
        return carrying_here.move(session, staff, given, rules, at)
    said = (_text(given.move.value), _text(given.words))
    counted = (cast(given.sheets, Integer), cast(given.destroyed, Boolean))
    version = cast(given.version, Integer)
    return int(
        _call(session, func.app.move_carry_out(given.carry_out_id, version, *said, *counted))
    )


def correct(session: Session, staff: SignedInStaff, given: CarryOutCorrection, at: datetime) -> int:
    """Correct the return time or add a remark, as a dated step. Returns the version the trip has then."""
    if not on_server(session):
        return carry_correcting_here.correct(session, staff, given, at)
    function = func.app.correct_carry_out(
        given.carry_out_id,
        cast(given.version, Integer),
        cast(given.back_at, DateTime(timezone=True)),
        _text(given.words),
    )
    return int(_call(session, function))


def leave(
    session: Session,
    staff: SignedInStaff,
    carry_out_id: UUID,
    version: int,
    batch_id: UUID,
    rules: CarryRules,
    *,
    at: datetime,
) -> int:
    """Note that the sheet of this unit of work's print run leaves the office. Returns the version it has then."""
    if not on_server(session):
        return carrying_here.leave(session, staff, carry_out_id, version, batch_id, rules, at=at)
    shown = (carry_out_id, cast(version, Integer), batch_id)
    return int(_call(session, func.app.leave_with_sheet(*shown)))


def leave_with_pack(
    session: Session,
    staff: SignedInStaff,
    given: PackInput,
    sha256: str,
    tables: CarryTables,
    *,
    at: datetime,
) -> int:
    """Note that the file of an approved reading pack leaves the office. Returns the version the trip has then."""
    if not on_server(session):
        return packing_here.leave(session, staff, given, sha256, tables, at=at)
    shown = (given.carry_out_id, cast(given.version, Integer), _text(sha256))
    return int(_call(session, func.app.leave_with_pack(*shown)))


def let_pass(
    session: Session, staff: SignedInStaff, pass_id: UUID, carrier: UUID, reason: str, at: datetime
) -> None:
    """Let somebody take papers out today although others are not back."""
    if on_server(session):
        _call(session, func.app.pass_carry_out(pass_id, carrier, _text(reason)))
    else:
        carrying_here.let_pass(session, staff, pass_id, carrier, reason, at)


def save_incident(
    session: Session, staff: SignedInStaff, given: IncidentInput, rules: IncidentRules, at: datetime
) -> int:
    """Report an incident or go on with it. Returns the version it has then."""
    if not on_server(session):
        return incidents_here.save(session, staff, given, rules, at)
    function = func.app.save_incident(
        given.incident_id,
        cast(given.carry_out_id, Uuid),
        cast(given.version, Integer),
        cast(given.found_at, DateTime(timezone=True)),
        cast(given.persons, Integer),
        cast(given.is_malicious, Boolean),
        cast(given.is_reportable, Boolean),
        cast(given.quick_reported_on, Date),
        cast(given.full_reported_on, Date),
        cast([getattr(given, name) for name, _ in INCIDENT_TEXTS], ARRAY(Text())),
    )
    return int(_call(session, function))


def _text(value: str) -> ColumnElement[str]:
    return cast(value, Text)


def _call(session: Session, function: ColumnElement[Any]) -> Any:  # noqa: ANN401 - what the function returns
    session.flush()
    found = session.scalars(select(function)).one()
    session.expire_all()  # what the server changed is read again
    return found
