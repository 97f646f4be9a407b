"""What tests about visit planning share: weeks, absences, bookings, files of towns."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import BookingInput, JointKind
from desktop.domain.visit_preferences import Liking, PreferenceInput
from desktop.domain.working_time import AwayInput, AwayKind, Half, WeekInput
from tests.support.factories import TODAY

HEADER = (
    "都道府県コード,都道府県名,市区町村コード,市区町村名,大字町丁目コード,大字町丁目名,緯度,経度,"
    "原典資料コード,大字・字・丁目区分コード"
)
LINES = (
    "98,見本県,98001,架空市,980010001001,本町一丁目,35.100000,139.100000,1,3",
    "98,見本県,98001,架空市,980010001002,本町二丁目,35.200000,139.200000,1,3",
    "98,見本県,98001,架空市,980010002000,大字岩根,35.300000,139.300000,0,1",
)
#: The Monday after TODAY.
MONDAY = date(2024, 10, 7)


def a_week(staff_id: UUID, valid_from: date = TODAY, **changes: Any) -> WeekInput:
    """Mondays and Tuesdays, mornings and afternoons."""
    minutes = {(0, Half.AM): 120, (0, Half.PM): 180, (1, Half.AM): 120, (1, Half.PM): 180}
    values: dict[str, Any] = {"minutes": minutes, **changes}
    return WeekInput(staff_id=staff_id, valid_from=valid_from, **values)


def an_absence(staff_id: UUID, **changes: Any) -> AwayInput:
    """A day of leave on the Monday."""
    values: dict[str, Any] = {
        "away_id": new_id(),
        "kind": AwayKind.LEAVE,
        "first_on": MONDAY,
        "last_on": MONDAY,
        **changes,
    }
    return AwayInput(staff_id=staff_id, **values)


def a_booking(household_id: UUID, partner_id: UUID | None, **changes: Any) -> BookingInput:
    """A second person on the Tuesday morning after."""
    values: dict[str, Any] = {
        "booking_id": new_id(),
        "kind": JointKind.SECOND_PERSON,
        "day": MONDAY + timedelta(days=1),
        "half": Half.AM,
        **changes,
    }
    return BookingInput(household_id=household_id, partner_id=partner_id, **values)


def a_preference(household_id: UUID, **changes: Any) -> PreferenceInput:
    """Monday mornings suit, Fridays are impossible."""
    values: dict[str, Any] = {
        "preference_id": new_id(),
        "version": 0,
        "times": {
            (0, Half.AM): Liking.GOOD,
            (4, Half.AM): Liking.IMPOSSIBLE,
            (4, Half.PM): Liking.IMPOSSIBLE,
        },
        "is_announced": False,
        "needs_two": True,
        **changes,
    }
    return PreferenceInput(household_id=household_id, **values)


def town_file(folder: Path, *lines: str, header: str = HEADER, encoding: str = "cp932") -> Path:
    """A file as the Ministry offers it; LINES unless others are given."""
    path = folder / "98_2024.csv"
    path.write_bytes(("\r\n".join((header, *(lines or LINES))) + "\r\n").encode(encoding))
    return path
