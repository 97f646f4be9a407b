"""Use cases of liaisons (関係先), in a household's file. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.liaisons import (
    FileLiaisons,
    Liaison,
    LiaisonInput,
    in_order,
    kept_number,
    liaison_errors,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.liaisons import LiaisonRecord
from desktop.services.activities.loading import need_household, people
from desktop.services.liaisons import loading
from desktop.services.permission import needs

_GONE = "この関係先は見つからないか、この世帯のものではありません。"
_STALE = "この関係先は、ほかの人がすでに書き直しています。一覧を読み直してください。"


@dataclass(frozen=True, slots=True)
class LiaisonService:
    """The signed-in person's liaisons of opened households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> FileLiaisons:
        """Whom the office may ring about a household and whom not, with the earlier versions."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            need_household(session, self.staff, household_id)
            found = loading.versions(session, household_id)
            return FileLiaisons(
                people=people(session, household_id),
                liaisons=in_order((each[0] for each in found.values()), self.clock.today()),
                earlier={liaison_id: each[1:] for liaison_id, each in found.items()},
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.WRITE_RECORDS)
    def keep(self, given: LiaisonInput) -> None:
        """Keep somebody new, or a further version of somebody known. A retry stores once.

        Raises ValidationError per field, ConflictError where another version was kept meanwhile.
        """
        given = _cleaned(given)
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(LiaisonRecord, given.row_id)
            if known is not None and known.made_by == self.staff.staff_id:
                return
            errors = liaison_errors(given, self._before(session, given))
            members = {person.person_id for person in people(session, given.household_id)}
            if given.person_id is not None and given.person_id not in members:
                errors["person_id"] = "この世帯の人を選んでください。"
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    def _before(self, session: Session, given: LiaisonInput) -> Liaison | None:
        """The version that was shown; None for somebody new."""
        if not given.version and given.liaison_id == given.row_id:
            return None
        found = loading.versions(session, given.household_id).get(given.liaison_id)
        if found is None:
            raise NotPermittedError(_GONE)
        if found[0].version != given.version:
            raise ConflictError(_STALE)
        return found[0]

    def _store(self, session: Session, given: LiaisonInput) -> None:
        session.add(
            LiaisonRecord(
                id=given.row_id,
                office_id=self.staff.office_id,
                household_id=given.household_id,
                liaison_id=given.liaison_id,
                version=given.version + 1,
                person_id=given.person_id,
                kind=given.kind,
                name=given.name,
                whom=given.whom,
                telephone=given.telephone,
                hours=given.hours,
                note=given.note,
                bar=given.bar,
                reason=given.reason,
                valid_from=given.valid_from,
                valid_to=given.valid_to,
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
            )
        )
        session.flush()


def _cleaned(given: LiaisonInput) -> LiaisonInput:
    return replace(
        given,
        name=given.name.strip(),
        whom=given.whom.strip(),
        telephone=kept_number(given.telephone),
        hours=given.hours.strip(),
        note=given.note.strip(),
        reason=given.reason.strip(),
    )
