"""Transfers for tests: obviously made up offices and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.transfers import (
    TransferConsent,
    TransferInFile,
    TransferInput,
    TransferMove,
    TransferMoveInput,
    TransferNotes,
)
from desktop.models.households import Household
from desktop.models.masters import MasterValue
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK, LONG_AGO, TODAY, add

MOVED = date(2024, 9, 28)
OTHER = "mihon"


def know_other_offices(work: UnitOfWork, staff: SignedInStaff) -> None:
    """Two offices that are none."""
    with work() as session:
        for code, label, areas in (
            (OTHER, "見本市福祉事務所", "架空県見本市"),
            ("rei", "例町福祉事務所", "架空県例町・架空県見本市例区"),
        ):
            add(
                session,
                MasterValue(
                    office_id=staff.office_id,
                    table_name=Master.WELFARE_OFFICES.value,
                    key=code,
                    valid_from=LONG_AGO,
                    value={
                        "label": label,
                        "postal_code": "000-0001",
                        "address": f"{areas.split('・')[0]}見本町1番地",
                        "phone": "000-000-0001",
                        "areas": areas,
                    },
                    source="見本",
                    confirmed=True,
                    is_retired=False,
                    is_seed=True,
                    entered_at=CLOCK.now(),
                    approved_at=CLOCK.now(),
                ),
            )


def shield(office: SmallOffice, *, is_shielded: bool = True) -> None:
    """The household is under 支援措置 from now on, or no longer."""
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        household.is_shielded = is_shielded
        household.head_name = household.head_kana = ""


def a_transfer(office: SmallOffice, **given: Any) -> TransferInput:
    """The household moves to 見本市."""
    made = TransferInput(
        transfer_id=new_id(),
        household_id=office.household_id,
        version=0,
        moved_on=MOVED,
        destination=OTHER,
        consent=TransferConsent.GIVEN,
        consent_on=TODAY,
        enclosures=("case_record", "face_sheet"),
        notes=TransferNotes(
            needs="通院先が決まっていない。", dangers="", agreed="月末に窓口へ行く。"
        ),
    )
    return replace(made, **given)


def the_transfer(desk: Desk, office: SmallOffice) -> TransferInFile:
    """The newest transfer of the file."""
    return desk.transfers.of_household(office.household_id).transfers[0]


def do(desk: Desk, office: SmallOffice, move: TransferMove, words: str = "", on: Any = None) -> int:
    """Read the newest transfer and move it on."""
    line = the_transfer(desk, office).line
    given = TransferMoveInput(
        transfer_id=line.transfer_id, version=line.version, move=move, words=words, on=on
    )
    return desk.transfers.move(office.household_id, given)
