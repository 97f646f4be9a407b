"""Who goes along on a visit (同行の予約): supporters, nurses, second persons and cars, never twice at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.working_time import Half


class JointKind(StrEnum):
    """As what somebody or something goes along."""

    SUPPORTER = "supporter"
    NURSE = "nurse"
    SECOND_PERSON = "second_person"
    VEHICLE = "vehicle"


JOINT_LABEL: Mapping[JointKind, str] = {
    JointKind.SUPPORTER: "就労支援員",
    JointKind.NURSE: "保健師・医療担当",
    JointKind.SECOND_PERSON: "二人目の職員",
    JointKind.VEHICLE: "庁用車",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingInput:
    """A booking to be made: a person, or a car (a key of the office's table)."""

    booking_id: UUID
    household_id: UUID
    kind: JointKind
    day: date
    half: Half
    partner_id: UUID | None = None
    vehicle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking as the whole office sees it. `household_id` only where the household lies within the reader's duty."""

    booking_id: UUID
    kind: JointKind
    day: date
    half: Half
    partner_id: UUID | None
    vehicle: str
    partner: str = field(repr=False)
    booked_by: UUID
    booked_by_name: str = field(repr=False)
    booked_at: datetime
    household_id: UUID | None
