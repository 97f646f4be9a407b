"""Use cases of procedures (手続), in a household's file. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.procedure_surveys import TaxSurveys
from desktop.domain.procedures import (
    FileProcedures,
    Procedure,
    ProcedureInput,
    is_put_right,
    procedure_errors,
)
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.procedures import ProcedureRecord, ProcedureText
from desktop.services.activities.loading import need_household, people
from desktop.services.masters.lookup_procedures import procedure_choices
from desktop.services.permission import needs
from desktop.services.procedures import loading
from desktop.services.procedures.surveys import surveys_of_year

_GONE = "書き足す手続は見つからないか、取り消されています。"
_WENT_ON = (
    "この手続は、ほかの人がすでに書き足し・訂正・取消をしています。一覧を読み直してください。"
)
_OTHER = "書き足し・訂正をしても、手続の種類と対象の人は変わりません。"
_WHY = "記録してあったことを変えるときは、訂正・取消の理由を入力してください。"


@dataclass(frozen=True, slots=True)
class ProcedureService:
    """The signed-in person's procedures of opened households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> FileProcedures:
        """Everything there is of a household, and what can be chosen."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            need_household(session, self.staff, household_id)
            choices = procedure_choices(session, self.staff.office_id, self.clock.today())
            return FileProcedures(
                people=people(session, household_id),
                choices=tuple(choices.values()),
                procedures=loading.procedures(session, household_id),
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def surveys_of(self, year: int) -> TaxSurveys:
        """The surveys of taxed income of a year, of the households that the person looks after; no file is opened."""
        with self.work() as session:
            return TaxSurveys(
                year=year,
                surveys=surveys_of_year(session, self.staff, year),
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.WRITE_RECORDS)
    def keep(self, given: ProcedureInput) -> None:
        """Keep a procedure, what comes next of one, or that one was wrong. A retry stores once.

        Raises ValidationError per field, ConflictError where somebody else went on with the row before.
        """
        given = _trimmed(given)
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(ProcedureRecord, given.procedure_id)
            if known is not None and known.made_by == self.staff.staff_id:
                return
            old = self._replaced(session, given)
            errors = self._errors(session, given, old)
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    def _replaced(self, session: Session, given: ProcedureInput) -> Procedure | None:
        """The row that this one stands for."""
        if given.replaces_id is None:
            return None
        old = loading.procedure(session, given.household_id, given.replaces_id)
        if old is None or old.is_void:
            raise NotPermittedError(_GONE)
        if old.is_old:
            raise ConflictError(_WENT_ON)
        if (old.kind, old.person_id) != (given.kind, given.person_id):
            raise NotPermittedError(_OTHER)
        return old

    def _errors(
        self, session: Session, given: ProcedureInput, old: Procedure | None
    ) -> dict[str, str]:
        today = self.clock.today()
        choices = procedure_choices(session, self.staff.office_id, today)
        errors = procedure_errors(given, tuple(choices.values()), today)
        if old is not None and old.facts.choice and old.facts.choice == given.facts.choice:
            errors.pop("choice", None)  # what goes on keeps a choice that is no longer offered
        members = {person.person_id for person in people(session, given.household_id)}
        if given.person_id is not None and given.person_id not in members:
            errors["person_id"] = "この世帯の人を選んでください。"
        is_changed = given.is_void or (old is not None and is_put_right(old, given))
        if is_changed and not given.reason:
            errors["reason"] = _WHY
        return errors

    def _store(self, session: Session, given: ProcedureInput) -> None:
        office_id, facts = self.staff.office_id, given.facts
        session.add(
            ProcedureRecord(
                id=given.procedure_id,
                office_id=office_id,
                household_id=given.household_id,
                person_id=given.person_id,
                kind=given.kind,
                begun_on=facts.begun_on,
                confirmed_on=facts.confirmed_on,
                ended_on=facts.ended_on,
                year=facts.year,
                yen=facts.yen,
                choice=facts.choice,
                replaces_id=given.replaces_id,
                is_void=given.is_void,
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
            )
        )
        session.flush()
        if not (given.who or given.note or given.reason):
            return
        session.add(
            ProcedureText(
                procedure_id=given.procedure_id,
                office_id=office_id,
                household_id=given.household_id,
                who=given.who,
                note=given.note,
                reason=given.reason,
            )
        )
        session.flush()


def _trimmed(given: ProcedureInput) -> ProcedureInput:
    return replace(
        given, who=given.who.strip(), note=given.note.strip(), reason=given.reason.strip()
    )
