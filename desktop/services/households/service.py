"""Use cases on households: list, find, identify, open the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.households import (
    CaseFile,
    HouseholdFilter,
    HouseholdRow,
    HouseholdState,
    Identity,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.services.households.case_file import load_case_file
from desktop.services.households.identity import identities
from desktop.services.households.listing import listed
from desktop.services.households.search import conditions
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class HouseholdService:
    """Finds households for the signed-in person and opens their files."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.FIND_HOUSEHOLDS)
    def count(self, given: HouseholdFilter) -> int:
        """How many households the filter finds."""
        with self.work() as session:
            found = conditions(session, given, self.staff, self.clock.today())
            return session.scalar(select(func.count()).select_from(Household).where(*found)) or 0

    @needs(Permission.FIND_HOUSEHOLDS)
    def page(
        self, given: HouseholdFilter, offset: int, limit: int = 200
    ) -> tuple[HouseholdRow, ...]:
        """A stretch of the list in the order of kana."""
        today = self.clock.today()
        with self.work() as session:
            return listed(
                session,
                self.staff,
                conditions(session, given, self.staff, today),
                today,
                offset=offset,
                limit=limit,
            )

    @needs(Permission.FIND_HOUSEHOLDS)
    def find(self, text: str, limit: int = 20) -> tuple[HouseholdRow, ...]:
        """The first households that match, in any state: for `Ctrl+K`."""
        if not text.strip():
            return ()
        return self.page(HouseholdFilter(text=text, states=tuple(HouseholdState)), 0, limit)

    @needs(Permission.FIND_HOUSEHOLDS)
    def identity(self, household_id: UUID) -> Identity:
        """What the identity bar shows. Raises NotPermittedError for a household of another office."""
        with self.work() as session:
            return identities(session, self.staff, [household_id], self.clock.today())[household_id]

    @needs(Permission.OPEN_CASE_FILES)
    def open_file(
        self, household_id: UUID, *, as_of: date | None = None, reason: str = ""
    ) -> CaseFile:
        """Open a file as of a day (today unless said otherwise).

        Raises ReasonNeededError for a file outside the person's duty when no reason is given.
        """
        outside = self.reading.open(Purpose.FILE, [household_id], reason=reason)
        today = self.clock.today()
        with self.work() as session:
            return load_case_file(
                session,
                self.staff,
                household_id,
                as_of or today,
                today=today,
                without_duty=bool(outside),
            )
