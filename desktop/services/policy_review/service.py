"""Use cases of the yearly review; the policies themselves are written through `services/support_policies`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_review import DuePolicy
from desktop.domain.reading import Purpose
from desktop.domain.records import Entry
from desktop.domain.roles import Permission
from desktop.models.records import EntryRecord, PromiseRow
from desktop.services.permission import needs
from desktop.services.policy_review.due import due_policies
from desktop.services.records.loading import load_entries


@dataclass(frozen=True, slots=True)
class PolicyReviewService:
    """The signed-in person's policies to review, and what a year of records says about one household."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.WRITE_RECORDS)
    def due(self) -> tuple[DuePolicy, ...]:
        """The policies of the person's districts that have a day of review, the first day first; opens no file."""
        with self.work() as session:
            return due_policies(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def year(self, household_id: UUID, since: date | None) -> tuple[Entry, ...]:
        """The file's entries from a day on, and earlier ones whose promises were open then; oldest first."""
        self.reading.open(Purpose.FILE, [household_id])
        e, p = EntryRecord, PromiseRow
        where = (e.household_id == household_id) & e.is_annulled.is_(False)
        if since is not None:
            open_then = (p.entry_id == e.id) & or_(p.kept_on.is_(None), p.kept_on >= since)
            where &= or_(e.event_on >= since, exists(select(p.id).where(open_then)))
        with self.work() as session:
            return load_entries(session, self.staff, where, today=self.clock.today())
