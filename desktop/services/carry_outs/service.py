"""Use cases of papers that leave the office (持出し). The database judges each act again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import carrying
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.carry_numbers import number_of
from desktop.domain.carry_outs import (
    NO_CARRY_OUT,
    CarryCandidate,
    CarryChoices,
    CarryOutCorrection,
    CarryOutInput,
    CarryOutLine,
    CarryOutMoveInput,
    CarryRules,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import ValidationError
from desktop.domain.leaks import Incident, IncidentInput
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.carry_outs import CarryOutRecord
from desktop.services.carry_outs import loading, tables
from desktop.services.masters import lookup
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class CarryOutService:
    """The register of the office, and the trips of the signed-in person. It opens no file: it shows facts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.OPEN_CASE_FILES)
    def open_lines(self) -> tuple[CarryOutLine, ...]:
        """What still waits for somebody, the latest to come back first."""
        with self.work() as session:
            return loading.open_lines(session, self.staff, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def lines_between(self, since: date, until: date) -> tuple[CarryOutLine, ...]:
        """The register of a period, both days inclusive, by number."""
        with self.work() as session:
            return loading.lines_between(session, self.staff, self.clock.now(), since, until)

    @needs(Permission.OPEN_CASE_FILES)
    def find(self, typed: str) -> CarryOutLine:
        """The trip whose number was typed or scanned. Raises ValidationError where there is none."""
        number = number_of(typed)
        if number is None:
            raise ValidationError(number=NO_CARRY_OUT)
        c = CarryOutRecord
        with self.work() as session:
            wanted = (c.fiscal_year == number[0]) & (c.number == number[1])
            found = loading.lines(session, self.staff, self.clock.now(), wanted)
        if not found:
            raise ValidationError(number=NO_CARRY_OUT)
        return found[0]

    @needs(Permission.WRITE_RECORDS)
    def choices(self) -> CarryChoices:
        """What a new trip is made from, and what blocks the person today."""
        with self.work() as session:
            return loading.choices(session, self.staff, self.clock.now())

    @needs(Permission.WRITE_RECORDS)
    def candidates(self, household_ids: tuple[UUID, ...] = ()) -> tuple[CarryCandidate, ...]:
        """Households of the own districts to choose from; or these."""
        with self.work() as session:
            return loading.candidates(session, self.staff, self.clock.today(), household_ids)

    @needs(Permission.WRITE_RECORDS)
    def make(self, given: CarryOutInput) -> CarryOutLine:
        """Make a trip; a retry stores once. Raises ValidationError per field, ConflictError where the person is blocked."""
        now = self.clock.now()
        with self.work() as session:
            office = tables.tables_on(session, self.staff.office_id, self.clock.today())
            carrying.make(session, self.staff, given, office, now)
            made = CarryOutRecord.id == given.carry_out_id
            return loading.lines(session, self.staff, now, made)[0]

    @needs(Permission.OPEN_CASE_FILES)
    def correct(self, given: CarryOutCorrection) -> int:
        """Correct the return time of what was shown, or add a remark. Returns the version it has then."""
        with self.work() as session:
            return carrying.correct(session, self.staff, given, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def move(self, given: CarryOutMoveInput) -> int:
        """Approve, bring back, confirm, report lost or withdraw what was shown. Returns the version it has then."""
        with self.work() as session:
            rules = self._rules(session)
            return carrying.move(session, self.staff, given, rules, self.clock.now())

    @needs(Permission.DECIDE_APPROVALS)
    def let_pass(self, pass_id: UUID, carrier: UUID, reason: str) -> None:
        """Let somebody take papers out today although others are not back: by name and with a reason."""
        with self.work() as session:
            carrying.let_pass(session, self.staff, pass_id, carrier, reason, self.clock.now())

    @needs(Permission.OPEN_CASE_FILES)
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents that the person sees: a supervisor the office's, others their own. What waits comes first."""
        with self.work() as session:
            return loading.incidents(session, self.staff)

    @needs(Permission.OPEN_CASE_FILES)
    def save_incident(self, given: IncidentInput) -> int:
        """Report an incident or go on with it. Raises ValidationError per field. Returns its version."""
        with self.work() as session:
            limits = lookup.thresholds(session, self.staff.office_id, self.clock.today())
            terms = tables.incident_rules(limits)
            return carrying.save_incident(session, self.staff, given, terms, self.clock.now())

    def _rules(self, session: Session) -> CarryRules:
        return tables.rules_on(session, self.staff.office_id, self.clock.today())
