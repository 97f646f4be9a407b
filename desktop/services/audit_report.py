"""The daily report (監査日報) and the verification, for the auditor and for whoever answers for the office.

Each asks first and reads then, in two transactions, as everything about the trail (`services/audit.py`). Nothing of a
case file comes with it: who, when, which table, which case number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Date, cast, func, select
from sqlalchemy.orm import Session

from desktop.database.audit_trail.day import audit_day, day_readings
from desktop.database.audit_trail.seal_list import read_list
from desktop.database.audit_trail.verify import seals, verify
from desktop.database.engine import is_postgresql
from desktop.database.failures import told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.audit import Access
from desktop.domain.audit_day import AuditDay, ReadingNote
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import UserError
from desktop.domain.imprint import HouseStyle
from desktop.domain.office import SignedInStaff
from desktop.domain.reading_watch import Reading, unusual
from desktop.domain.roles import Permission
from desktop.domain.seals import Seal, Verification
from desktop.models.office import Office
from desktop.services.audit_household import household_accesses
from desktop.services.masters.lookup import house_style, shipped_style, thresholds
from desktop.services.permission import needs

NOT_KEPT = "監査記録があるのは PostgreSQL のデータベースだけです（研修用にはありません）。"


@dataclass(frozen=True, slots=True)
class AuditReports:
    """One person's view of the trail; the database judges again whether he may. The training office has none."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @property
    def is_kept(self) -> bool:
        """Whether there is an audit trail."""
        return is_postgresql(self.work.engine)

    @needs(Permission.SEE_AUDIT_REPORT)
    def day(self, day: date) -> AuditDay:
        """The report of a day up to now. Raises UserError where no trail is kept."""
        self._ask(day)
        return whole_day(self.work, day, self.clock.now(), self.staff.office_id)

    @needs(Permission.SEE_AUDIT_REPORT)
    def verify(
        self,
        exported: Sequence[Seal] = (),
        report: Callable[[int, int, str], object] = lambda *_: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Verification:
        """Compute everything anew, also against a list kept elsewhere. Raises UserError once `cancelled`."""
        self._ask(None)
        with told_plainly():
            return verify(
                self.work.engine, exported, as_auditor=True, report=report, cancelled=cancelled
            )

    @needs(Permission.SEE_AUDIT_REPORT)
    def seals(self) -> list[Seal]:
        """All seals, to be kept elsewhere."""
        self._ask(None)
        with told_plainly():
            return seals(self.work.engine, as_auditor=True)

    @needs(Permission.SEE_AUDIT_REPORT)
    def accesses(
        self, case_number: str, since: date | None = None, until: date | None = None
    ) -> tuple[Access, ...]:
        """Who opened or changed the file of this number, newest first. Raises ValidationError (case_number, until)."""
        return household_accesses(self.work, self.staff, case_number, since, until)

    @staticmethod
    def kept_list(path: Path) -> list[Seal]:
        """A list of seals that was kept elsewhere. Raises UserError where the file is none."""
        return read_list(path)

    def _ask(self, day: date | None) -> None:
        if not self.is_kept:
            raise UserError(NOT_KEPT)
        with self.work() as session:
            session.execute(select(func.app.ask_audit(cast(day, Date))))


def whole_day(
    work: UnitOfWork, day: date, now: datetime, office_id: UUID | None = None
) -> AuditDay:
    """The report of a day with what was unusual among its readings, by the limits of each office on that day.

    `office_id` is whose paper it is; without it the server's only office, if there is but one.
    """
    with work() as session:
        found = audit_day(session.connection(), day, now)
        readings = tuple(day_readings(session.connection(), day, now))
        style = _style(session, office_id, japan_day(now))
        return replace(
            found,
            imprint=replace(found.imprint, style=style),
            unusual=tuple(_notes(session, readings, day)),
        )


def _style(session: Session, office_id: UUID | None, on: date) -> HouseStyle:
    if office_id is None:
        offices = session.scalars(select(Office.id).limit(2)).all()
        office_id = offices[0] if len(offices) == 1 else None
    return shipped_style() if office_id is None else house_style(session, office_id, on)


def _notes(session: Session, readings: Iterable[Reading], day: date) -> Iterator[ReadingNote]:
    people = defaultdict[tuple[UUID, UUID], list[Reading]](list)
    for reading in readings:
        people[reading.office_id, reading.staff_id].append(reading)
    limits = {
        office_id: thresholds(session, office_id, day) for office_id in {key[0] for key in people}
    }
    for (office_id, _), own in people.items():
        for one in unusual(own, limits[office_id]):
            yield ReadingNote(name=own[0].name, fact=one.fact)
