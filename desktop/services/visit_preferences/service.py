"""Use cases of visit preferences (訪問の都合), in a household's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import SafetyMarkKind
from desktop.domain.office import SignedInStaff
from desktop.domain.places import Place
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.visit_preferences import (
    HitRate,
    PreferenceInput,
    VisitPreference,
    VisitsOfFile,
)
from desktop.domain.visit_telephones import Telephones, checked
from desktop.domain.working_time import WEEKDAYS
from desktop.models.households import Household, SafetyMark
from desktop.models.visit_preferences import (
    VisitPreferenceRecord,
    VisitPreferenceTelephone,
    VisitPreferenceTime,
)
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.places.loading import places_of
from desktop.services.visit_preferences import loading

_NOT_YOURS = "訪問の都合を設定できるのは、地区の担当者と査察指導員だけです。"
_STALE = "ほかの人が先に更新しました。内容を確認して、もう一度操作してください。"


@dataclass(frozen=True, slots=True)
class VisitPreferenceService:
    """What suits a household, what the visits so far say, and where it lies."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> VisitsOfFile:
        """Preference, hit rates and place of a household, with whether the person may change the preference."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            district_id = self._district(session, household_id)
            limits = lookup.thresholds(session, self.staff.office_id, today)
            since = today - timedelta(days=limits.look_back_days)
            marks = set(
                session.scalars(
                    select(SafetyMark.kind).where(
                        SafetyMark.household_id == household_id, holds_on(SafetyMark, today)
                    )
                )
            )
            rates: tuple[HitRate, ...] = loading.hit_rates_of(session, [household_id], since).get(
                household_id, ()
            )
            place: Place = places_of(session, self.staff.office_id, [household_id], today)[
                household_id
            ]
            return VisitsOfFile(
                preference=loading.preferences(session, [household_id]).get(
                    household_id, VisitPreference(household_id=household_id)
                ),
                rates=rates,
                rates_since=since,
                place=place,
                is_marked_for_two=SafetyMarkKind.VISIT_IN_PAIRS in marks,
                may_edit=self._may_set(district_id),
                telephones=loading.telephones(session, [household_id]).get(
                    household_id, Telephones()
                ),
                is_marked_no_phone=SafetyMarkKind.NO_PHONE in marks,
            )

    @needs(Permission.WRITE_RECORDS)
    def set(self, given: PreferenceInput) -> None:
        """Store a new version of what suits the household, with its telephones. A retry stores once.

        Raises ConflictError where another version was stored meanwhile, NotPermittedError outside the own districts.
        """
        for weekday, _ in given.times:
            if not 0 <= weekday < len(WEEKDAYS):
                raise ValidationError(times="月曜から金曜の中から選んでください。")
        given = replace(given, telephones=checked(given.telephones, self.clock.today()))
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if not self._may_set(self._district(session, given.household_id)):
                raise NotPermittedError(_NOT_YOURS)
            known = session.get(VisitPreferenceRecord, given.preference_id)
            if known is not None and known.set_by == self.staff.staff_id:
                return
            if loading.newest_version(session, given.household_id) != given.version:
                raise ConflictError(_STALE)
            self._store(session, given)

    def _store(self, session: Session, given: PreferenceInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            VisitPreferenceRecord(
                id=given.preference_id,
                version=given.version + 1,
                is_announced=given.is_announced,
                needs_two=given.needs_two,
                set_by=self.staff.staff_id,
                set_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add_all(
            VisitPreferenceTime(
                preference_id=given.preference_id,
                weekday=weekday,
                half=half,
                liking=liking,
                **owner,
            )
            for (weekday, half), liking in given.times.items()
        )
        if not given.telephones.is_empty:
            session.add(
                VisitPreferenceTelephone(
                    preference_id=given.preference_id,
                    call_number=given.telephones.call_number,
                    message_number=given.telephones.message_number,
                    agreed_on=given.telephones.agreed_on,
                    **owner,
                )
            )

    def _may_set(self, district_id: UUID) -> bool:
        return (
            self.staff.may(Permission.WRITE_RECORDS) and district_id in self.staff.own_district_ids
        )

    def _district(self, session: Session, household_id: UUID) -> UUID:
        found = session.scalar(
            select(Household.district_id).where(
                Household.id == household_id, Household.office_id == self.staff.office_id
            )
        )
        if found is None:
            raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
        return found
