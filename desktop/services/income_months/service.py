"""Use cases of earned income by month (就労収入), in a file and at the grid of monthly papers. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import income_months as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.income_months import FileIncomes, IncomeInput, income_errors
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.income_months import IncomeMonthRecord, IncomeMonthText
from desktop.services.activities.loading import need_household, people
from desktop.services.income_months import loading
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class IncomeMonthService:
    """What people earned, month by month."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> FileIncomes:
        """The rows of a household."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            need_household(session, self.staff, household_id)
            return FileIncomes(
                people=people(session, household_id),
                months=loading.income_months(session, household_id),
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.WRITE_RECORDS)
    def add(self, given: IncomeInput) -> None:
        """Keep an amount, a correction or a taking back, in the opened file. A retry stores once.

        Raises ValidationError per field, ConflictError where somebody else put the row right before.
        """
        given = replace(given, reason=given.reason.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            self._keep(session, given)

    @needs(Permission.WRITE_RECORDS)
    def note(self, given: IncomeInput) -> None:
        """Keep the first amount of a month where its paper came in: no file is opened, so only of households of one's duty.

        A retry stores once. Raises ValidationError per field.
        """
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            household = session.get_one(Household, given.household_id)
            if not self.staff.has_duty_for(household.id, household.district_id):
                raise NotPermittedError(rules.NOT_YOURS)
            if given.replaces_id is not None:
                raise NotPermittedError(rules.GONE)
            self._keep(session, given)

    def _keep(self, session: Session, given: IncomeInput) -> None:
        known = session.get(IncomeMonthRecord, given.income_id)
        if known is not None and known.noted_by == self.staff.staff_id:
            return
        errors = income_errors(given, self.clock.today())
        if given.person_id not in {p.person_id for p in people(session, given.household_id)}:
            errors["person_id"] = rules.NOT_HERS
        if errors:
            raise ValidationError(**errors)
        if given.replaces_id is None:
            _refuse_known(session, given)
        else:
            _refuse_wrong(session, given, given.replaces_id)
        self._store(session, given)

    def _store(self, session: Session, given: IncomeInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        earned = given.earned
        session.add(
            IncomeMonthRecord(
                id=given.income_id,
                person_id=given.person_id,
                month=given.month,
                gross=None if earned is None else earned.gross,
                recognised=None if earned is None else earned.recognised,
                read_from=given.read_from,
                replaces_id=given.replaces_id,
                noted_by=self.staff.staff_id,
                noted_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        if given.replaces_id is not None:
            session.add(IncomeMonthText(income_id=given.income_id, reason=given.reason, **owner))


def _refuse_known(session: Session, given: IncomeInput) -> None:
    """A month has one first row; whatever comes later puts it right."""
    i = IncomeMonthRecord
    first = select(i.id).where(
        i.household_id == given.household_id,
        i.person_id == given.person_id,
        i.month == given.month,
        i.replaces_id.is_(None),
    )
    if session.scalar(first) is not None:
        raise ValidationError(month=rules.KNOWN_ALREADY)


def _refuse_wrong(session: Session, given: IncomeInput, replaces_id: UUID) -> None:
    """What is put right is the newest row of the same person and month."""
    old = session.get(IncomeMonthRecord, replaces_id)
    whose = (given.household_id, given.person_id, given.month)
    if old is None or (old.household_id, old.person_id, old.month) != whose:
        raise NotPermittedError(rules.GONE)
    later = select(IncomeMonthRecord.id).where(IncomeMonthRecord.replaces_id == old.id)
    if session.scalar(later) is not None:
        raise ConflictError(rules.PUT_RIGHT)
    if old.gross is None and given.earned is None:
        raise ConflictError(rules.TAKEN_BACK)
