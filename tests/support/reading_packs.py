"""Reading packs for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.domain.carry_outs import CarryOutInput, CarryOutMove
from desktop.domain.clock import Clock
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.reading_packs import (
    READING_PACK,
    PackGroup,
    PackHeader,
    PackInput,
    PackLine,
    PackSheet,
    ReadingPack,
)
from desktop.models.masters import MasterValue
from desktop.services.reading_packs import pack_file
from desktop.viewmodels.reading_packs import sheet_of
from tests.support.carry_outs import a_trip, do, the_trip
from tests.support.desk import CHEAP, SmallOffice
from tests.support.factories import CLOCK, TODAY, add

PASSPHRASE = "見本の合言葉はとても長い"  # noqa: S105 - an invented one


def allow_packs(office: SmallOffice, *, allowed: bool = True, approval: str = "none") -> None:
    """The office allows reading packs from yesterday on (or not any more); its table asks for no word."""
    with office.work() as session:
        add(
            session,
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name="carry_media",
                key=READING_PACK,
                valid_from=TODAY - timedelta(days=1),
                value={
                    "label": "閲覧パック",
                    "medium": "貸出し用の端末",
                    "is_allowed": allowed,
                    "approval": approval,
                    "protection": "合言葉",
                },
                source="見本",
                confirmed=True,
                is_retired=False,
                is_seed=False,
                entered_at=CLOCK.now() + timedelta(seconds=not allowed),
                approved_at=CLOCK.now() + timedelta(seconds=not allowed),
            ),
        )


def a_pack_trip(office: SmallOffice, clock: Clock = CLOCK, **given: Any) -> CarryOutInput:
    """A visit with a pack of the one household, that opens for eight hours."""
    made = a_trip(
        office,
        clock,
        kinds=(READING_PACK,),
        expires_at=clock.now() + timedelta(hours=8),
    )
    return replace(made, **given)


def an_approved_pack(office: SmallOffice, **given: Any) -> UUID:
    """The same, approved by the supervisor."""
    trip = a_pack_trip(office, **given)
    office.desk(office.caseworker).carry_outs.make(trip)
    do(office.desk(office.supervisor), trip.carry_out_id, CarryOutMove.APPROVE)
    return trip.carry_out_id


def write_pack(
    office: SmallOffice,
    staff: SignedInStaff,
    carry_out_id: UUID,
    folder: Path,
    clock: Clock = CLOCK,
    passphrase: str = PASSPHRASE,
) -> Path:
    """Write the file of a trip as it stands."""
    desk = office.desk(staff, clock)
    version = the_trip(desk, carry_out_id).version
    given = PackInput(carry_out_id=carry_out_id, version=version, passphrase=passphrase)
    return desk.packs.write(given, folder, lambda source: sheet_of(source, clock.today()))


def a_pack(**header: Any) -> ReadingPack:
    """A pack of two invented households that opens for eight hours."""
    told = PackHeader(
        label="持6-0001",
        office="架空福祉事務所",
        carry_out_id=new_id(),
        made_at=CLOCK.now(),
        expires_at=CLOCK.now() + timedelta(hours=8),
        households=2,
        idle_minutes=5,
    )
    sheets = tuple(
        PackSheet(
            case_number=number,
            head_name=name,
            groups=(
                PackGroup(title="今回の訪問の目的", lines=(PackLine(text="生活状況"),)),
                PackGroup(title="世帯員", lines=(PackLine(text=f"世帯主　{name}", tone="text"),)),
                PackGroup(title="約束", lines=(PackLine(text="▲ 領収書を渡す", tone="error"),)),
            ),
        )
        for number, name in (("0123", "架空 花子"), ("0456", "見本 太郎"))
    )
    return ReadingPack(header=replace(told, **header), sheets=sheets)


def a_pack_file(folder: Path, passphrase: str = PASSPHRASE, **header: Any) -> Path:
    """Such a pack as a file."""
    path = folder / "trip-2024-0001.bansopack"
    path.write_bytes(pack_file.seal(a_pack(**header), passphrase, CHEAP))
    return path
