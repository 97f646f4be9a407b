"""What the screens 勤務と当番 and 同行と約束 ask of the use cases."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.joint_bookings import (
    AppointmentInput,
    BookingInput,
    JointBoard,
    JointRuleInput,
)
from desktop.domain.working_time import AwayInput, StaffTime, TeamMember, WeekInput


class KeepsTime(Protocol):
    """Half-days, duty and absences (`services/working_time`)."""

    def members(self) -> tuple[TeamMember, ...]:
        """Whose time can be looked at, the person first."""

    def of_staff(self, staff_id: UUID, first: date, last: date) -> StaffTime:
        """Somebody's half-days in a period."""

    def set_week(self, given: WeekInput) -> None:
        """Say in which half-days somebody visits."""

    def add_away(self, given: AwayInput) -> None:
        """Enter duty or an absence."""

    def strike_away(self, away_id: UUID) -> None:
        """Take one back."""


class KeepsJointVisits(Protocol):
    """Rules and fixed half-days (`services/working_time/joint_visits`)."""

    def board(self, first: date, last: date) -> JointBoard:
        """Everything of a period."""

    def day_of(self, appointment_id: UUID) -> date | None:
        """The day of a fixed half-day."""

    def set_rule(self, given: JointRuleInput) -> None:
        """Say who goes along with a household's visits."""

    def end_rule(self, rule_id: UUID) -> None:
        """Nobody goes along by this rule any more."""

    def agree(self, given: AppointmentInput) -> None:
        """Fix a half-day for a household."""

    def call_off(self, appointment_id: UUID) -> None:
        """Take a fixed half-day back."""


class BooksPartners(Protocol):
    """Joint bookings (`services/working_time/bookings`)."""

    def book(self, given: BookingInput) -> None:
        """Book somebody or a car."""

    def cancel(self, booking_id: UUID) -> None:
        """Give the half-day free again."""
