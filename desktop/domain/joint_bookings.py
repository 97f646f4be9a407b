"""Who goes along on a visit (同行の予約): supporters, nurses, second persons and cars, never twice at the same time.

Beside the bookings stand the rules by which somebody goes along with a household's visits (同行の決まり), and the half-days that
are fixed for a household (約束した訪問). The planner takes over all three.
"""

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
    district_id: UUID | None = None

    @property
    def is_of_plan(self) -> bool:
        """Whether a visit plan holds it, and not a person."""
        return self.district_id is not None


#: Somebody goes along with at least every so-manieth visit.
MOST_EVERY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRuleInput:
    """Who goes along with every so-manieth visit of a household. The id is made by the screen."""

    rule_id: UUID
    household_id: UUID
    kind: JointKind
    every: int = 1
    partner_id: UUID | None = None
    vehicle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRuleRow:
    """A rule that holds, as the screen lists it."""

    rule_id: UUID
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    kind: JointKind
    partner: str = field(repr=False)
    every: int
    set_by_name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentInput:
    """A half-day to be fixed for a household; `is_announced` says that the household was told."""

    appointment_id: UUID
    household_id: UUID
    day: date
    half: Half
    is_announced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRow:
    """A fixed half-day, as the screen lists it."""

    appointment_id: UUID
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    day: date
    half: Half
    is_announced: bool
    set_by_name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPartner:
    """Somebody or something that can go along."""

    name: str = field(repr=False)
    partner_id: UUID | None = None
    vehicle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBooking:
    """A booking with the household it is for, where the reader may know it."""

    booking: Booking
    case_number: str = ""
    head_name: str = field(default="", repr=False)
    district: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointBoard:
    """What the screen shows: the office's bookings and the own fixed half-days of a period, the own rules, and who can go along."""

    bookings: tuple[NamedBooking, ...]
    appointments: tuple[AppointmentRow, ...]
    rules: tuple[JointRuleRow, ...]
    partners: tuple[JointPartner, ...]
