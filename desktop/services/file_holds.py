"""Holds (保留) of one open file: seen and set from the file itself, ended by a supervisor or above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.domain.holds import HoldRow, NewHold
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.disposal import Hold, HoldText
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.services.disposal import DisposalService
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class FileHolds:
    """The holds of a file with their reasons, under the file's own ticket."""

    disposal: DisposalService
    reading: ReadingDoor

    @property
    def staff(self) -> SignedInStaff:
        """Who asks."""
        return self.disposal.staff

    @needs(Permission.OPEN_CASE_FILES)
    def of(self, household_id: UUID) -> tuple[HoldRow, ...]:
        """Every hold of the file, the newest first. Raises ReasonNeededError outside the duty."""
        self.reading.open(Purpose.FILE, [household_id])
        day = self.disposal.clock.today()
        found = (
            select(Hold, Household.case_number, Staff.name, HoldText.text)
            .join(Household, Household.id == Hold.household_id)
            .join(Staff, Staff.id == Hold.set_by)
            .join(HoldText, HoldText.hold_id == Hold.id)
            .where(Hold.household_id == household_id)
            .order_by(Hold.valid_from.desc(), Hold.id.desc())
        )
        with self.disposal.work() as session:
            return tuple(
                HoldRow(
                    hold_id=hold.id,
                    household_id=hold.household_id,
                    case_number=case_number,
                    kind=hold.kind,
                    valid_from=hold.valid_from,
                    valid_to=hold.valid_to,
                    set_by=name,
                    is_open=hold.valid_from <= day and not _is_over(hold, day),
                    is_over=_is_over(hold, day),
                    reason=reason,
                )
                for hold, case_number, name, reason in session.execute(found)
            )

    def set_hold(self, given: NewHold) -> UUID:
        """Hold the file back; it counts at once."""
        return self.disposal.set_hold(given)

    def end_hold(self, hold_id: UUID) -> None:
        """Let the file go; for supervisors and above."""
        self.disposal.end_hold(hold_id)


def _is_over(hold: Hold, day: date) -> bool:
    return hold.ended_at is not None or (hold.valid_to is not None and hold.valid_to < day)
