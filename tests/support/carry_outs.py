"""Trips with personal papers for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from desktop.domain.carry_outs import (
    CarryItem,
    CarryOutInput,
    CarryOutLine,
    CarryOutMove,
    CarryOutMoveInput,
    CarryOutReason,
)
from desktop.domain.clock import Clock
from desktop.domain.ids import new_id
from desktop.domain.leaks import IncidentInput
from desktop.domain.office import SignedInStaff
from desktop.models.masters import MasterValue
from desktop.services.printing import CarryOutPrinting
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK, LONG_AGO, TODAY, add
from tests.support.people import work_of

SHA = "0" * 64


def set_limit(office: SmallOffice, key: str, number: int) -> None:
    """The office has another limit from yesterday on."""
    with office.work() as session:
        add(
            session,
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name="thresholds",
                key=key,
                valid_from=TODAY - timedelta(days=1),
                value={"label": key, "number": number, "unit": ""},
                source="見本",
                confirmed=True,
                is_retired=False,
                is_seed=False,
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            ),
        )


def a_trip(office: SmallOffice, clock: Clock = CLOCK, **given: Any) -> CarryOutInput:
    """A visit to the household, with a carry sheet."""
    made = CarryOutInput(
        carry_out_id=new_id(),
        reason=CarryOutReason.VISIT,
        leaving_at=clock.now(),
        area="第1地区",
        kinds=("carry_sheet",),
        sheets=1,
        protection="鍵のかかる鞄",
        items=(
            CarryItem(
                household_id=office.household_id, purposes=("living", "income"), with_place=True
            ),
        ),
    )
    return replace(made, **given)


def printing(office: SmallOffice, staff: SignedInStaff, clock: Clock = CLOCK) -> CarryOutPrinting:
    """The way to paper of one of the office."""
    return CarryOutPrinting(work_of(office.work, staff, clock), clock, staff)


def the_trip(desk: Desk, carry_out_id: UUID) -> CarryOutLine:
    """The trip as it stands."""
    lines = desk.carry_outs.lines_between(LONG_AGO, TODAY + timedelta(days=60))
    return next(line for line in lines if line.carry_out_id == carry_out_id)


def take_out(
    office: SmallOffice, staff: SignedInStaff, carry_out_id: UUID, clock: Clock = CLOCK
) -> UUID:
    """Print the sheet: the papers leave."""
    way, batch = printing(office, staff, clock), new_id()
    version = the_trip(office.desk(staff, clock), carry_out_id).version
    way.prepare_sheet(carry_out_id, version)
    way.record_sheet(batch, carry_out_id, version, pages=1, sha256=SHA)
    return batch


def do(desk: Desk, carry_out_id: UUID, move: CarryOutMove, words: str = "", **given: Any) -> int:
    """Move a trip on as it stands; one sheet comes back where nothing else is said."""
    returns = move in {CarryOutMove.BRING, CarryOutMove.CONFIRM, CarryOutMove.FIND}
    said = {"sheets": 1 if returns else None, **given}
    version = the_trip(desk, carry_out_id).version
    return desk.carry_outs.move(
        CarryOutMoveInput(
            carry_out_id=carry_out_id, version=version, move=move, words=words, **said
        )
    )


def an_incident(carry_out_id: UUID | None, **given: Any) -> IncidentInput:
    """The sheet was lost on the way back."""
    made = IncidentInput(
        incident_id=new_id(),
        carry_out_id=carry_out_id,
        version=0,
        found_at=CLOCK.now() - timedelta(hours=2),
        persons=1,
        summary="訪問の帰りに携行票1枚がないことに気付いた。",
        items="ケース番号・イニシャル",
    )
    return replace(made, **given)
