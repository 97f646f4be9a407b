"""Use cases of starts of work (就労開始), in a household's file. The database judges again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.employment_spells import (
    CheckInput,
    EmploymentSpell,
    EndInput,
    FileSpells,
    JobOutcome,
    SpellInput,
    check_errors,
    end_errors,
    spell_errors,
)
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentEndText,
    EmploymentSpellRecord,
    EmploymentSpellText,
)
from desktop.services.activities.loading import need_household, people
from desktop.services.employment_spells import loading
from desktop.services.permission import needs

_MISTAKE = "この就労は記録の誤りとされています。"


@dataclass(frozen=True, slots=True)
class EmploymentSpellService:
    """Starts of work of people of opened households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> FileSpells:
        """The spells of a household."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            need_household(session, self.staff, household_id)
            labels = self._labels(session)
            return FileSpells(
                people=people(session, household_id),
                outcomes=labels,
                spells=loading.spells(session, [household_id], labels),
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.WRITE_RECORDS)
    def begin(self, given: SpellInput) -> None:
        """Keep a start of work. A retry stores once. Raises ValidationError per field."""
        given = replace(
            given,
            employer=given.employer.strip(),
            job=given.job.strip(),
            note=given.note.strip(),
        )
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(EmploymentSpellRecord, given.spell_id)
            if known is not None and known.made_by == self.staff.staff_id:
                return
            errors = spell_errors(given, self.clock.today())
            if given.person_id not in {p.person_id for p in people(session, given.household_id)}:
                errors["person_id"] = "この世帯の人を選んでください。"
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    @needs(Permission.WRITE_RECORDS)
    def answer(self, given: CheckInput) -> None:
        """Keep whether somebody still works. A retry stores once. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(EmploymentCheckRecord, given.check_id)
            if known is not None and known.noted_by == self.staff.staff_id:
                return
            spell = self._standing(session, given.household_id, given.spell_id)
            errors = check_errors(given, spell, self.clock.today())
            if errors:
                raise ValidationError(**errors)
            session.add(
                EmploymentCheckRecord(
                    id=given.check_id,
                    office_id=self.staff.office_id,
                    household_id=given.household_id,
                    spell_id=given.spell_id,
                    months=given.months,
                    checked_on=given.checked_on,
                    answer=given.answer,
                    noted_by=self.staff.staff_id,
                    noted_at=self.clock.now(),
                )
            )

    @needs(Permission.WRITE_RECORDS)
    def end(self, given: EndInput) -> None:
        """Keep when and why the work ended. A retry stores once. Raises ValidationError per field."""
        given = replace(given, note=given.note.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(EmploymentEndRecord, given.end_id)
            if known is not None and known.noted_by == self.staff.staff_id:
                return
            spell = self._standing(session, given.household_id, given.spell_id)
            errors = end_errors(given, spell, self.clock.today())
            if errors:
                raise ValidationError(**errors)
            self._store_end(session, given)

    def _labels(self, session: Session) -> Mapping[JobOutcome, str]:
        return loading.job_outcomes(session, self.staff.office_id, self.clock.today())

    def _standing(self, session: Session, household_id: UUID, spell_id: UUID) -> EmploymentSpell:
        spell = loading.spell(session, household_id, self._labels(session), spell_id)
        if not spell.counts:
            raise ConflictError(_MISTAKE)
        return spell

    def _store(self, session: Session, given: SpellInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            EmploymentSpellRecord(
                id=given.spell_id,
                person_id=given.person_id,
                outcome=given.outcome,
                started_on=given.started_on,
                first_wage_on=given.first_wage_on,
                contract=given.contract,
                route=given.route,
                hours=given.hours,
                expected_wage=given.expected_wage,
                income_before=given.income_before,
                income_after=given.income_after,
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        words = {"employer": given.employer, "job": given.job, "note": given.note}
        session.add(EmploymentSpellText(spell_id=given.spell_id, **words, **owner))

    def _store_end(self, session: Session, given: EndInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            EmploymentEndRecord(
                id=given.end_id,
                spell_id=given.spell_id,
                ended_on=given.ended_on,
                reason=given.reason,
                noted_by=self.staff.staff_id,
                noted_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(EmploymentEndText(end_id=given.end_id, note=given.note, **owner))
