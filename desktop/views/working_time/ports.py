"""What the screen 勤務と当番 asks of the use cases."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

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
