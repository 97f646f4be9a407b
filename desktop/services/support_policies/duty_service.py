"""Use cases of what the policy in force asks for: see it, note what became of it, begin a contact with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from desktop.database import policy_duties
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.briefs import Brief, Purpose, purposes_of
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import NO_DUTY, DutyRow, ResultInput
from desktop.domain.reading import Purpose as Reading
from desktop.domain.roles import Permission
from desktop.models.policy_duties import PolicyDuty
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.support_policies.brief import brief_of
from desktop.services.support_policies.visit_side import visit_side


@dataclass(frozen=True, slots=True)
class PolicyDutyService:
    """The signed-in person's work on what the policies in force ask for."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def duties(self, household_id: UUID) -> tuple[DutyRow, ...]:
        """Actions and short goals of the policy in force with their results, in the order of the sheet."""
        return self._brief(household_id).duties

    @needs(Permission.WRITE_RECORDS)
    def note(self, given: ResultInput) -> None:
        """Note what became of an action or a short goal; the approved policy stays as it is. A retry stores once.

        Raises ValidationError per field, ConflictError where a newer policy is in force.
        """
        self.reading.open(Reading.FILE, [self._household_of(given.duty_id)])
        with self.work() as session:
            policy_duties.note(session, self.staff, given, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def brief(self, household_id: UUID) -> Brief:
        """What the policy in force and the file say for the next contact."""
        found = self._brief(household_id)
        with self.work() as session:
            side = visit_side(session, self.staff, household_id, self.clock.today())
        return replace(found, visit=side)

    @needs(Permission.OPEN_CASE_FILES)
    def purposes(self, household_id: UUID) -> tuple[Purpose, ...]:
        """What a visit in the office's next weeks is for: what the policy, the promises and the papers ask."""
        brief, today = self._brief(household_id), self.clock.today()
        with self.work() as session:
            limits = lookup.thresholds(session, self.staff.office_id, today)
        return purposes_of(brief, today + timedelta(days=limits.duty_notice_days))

    def _brief(self, household_id: UUID) -> Brief:
        self.reading.open(Reading.FILE, [household_id])
        with self.work() as session:
            return brief_of(session, self.staff, household_id, self.clock.today())

    def _household_of(self, duty_id: UUID) -> UUID:
        with self.work() as session:
            household_id = session.scalar(
                select(PolicyDuty.household_id).where(
                    PolicyDuty.id == duty_id, PolicyDuty.office_id == self.staff.office_id
                )
            )
        if household_id is None:
            raise NotPermittedError(NO_DUTY)
        return household_id
