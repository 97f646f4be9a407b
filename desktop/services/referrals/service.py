"""Use cases of requests to Hello Work (支援要請), in a household's file. The database judges again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.activities import Partner, PartnerKind
from desktop.domain.clock import Clock
from desktop.domain.errors import ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.referrals import (
    FileReferrals,
    ReferralInput,
    ReferralStepInput,
    ReferralWords,
    referral_errors,
    step_errors,
)
from desktop.domain.roles import Permission
from desktop.models.referrals import (
    ReferralRecord,
    ReferralStepRecord,
    ReferralStepText,
    ReferralText,
)
from desktop.services.activities.loading import need_household, people
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import partners
from desktop.services.permission import needs
from desktop.services.referrals import loading


@dataclass(frozen=True, slots=True)
class ReferralService:
    """The signed-in person's requests to Hello Work for people of opened households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> FileReferrals:
        """The requests of a household and what came back."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            need_household(session, self.staff, household_id)
            limits = lookup.thresholds(session, self.staff.office_id, self.clock.today())
            return FileReferrals(
                people=people(session, household_id),
                partners=self._hello_work(session),
                referrals=loading.referrals(session, household_id),
                reply_days=limits.referral_reply_days,
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.WRITE_RECORDS)
    def ask(self, given: ReferralInput) -> None:
        """Keep a request. A retry stores once. Raises ValidationError per field."""
        given = replace(
            given, number=given.number.strip(), words=ReferralWords(**_stripped(given.words))
        )
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(ReferralRecord, given.referral_id)
            if known is not None and known.made_by == self.staff.staff_id:
                return
            codes = tuple(partner.code for partner in self._hello_work(session))
            errors = referral_errors(given, codes, self.clock.today())
            if given.person_id not in {p.person_id for p in people(session, given.household_id)}:
                errors["person_id"] = "この世帯の人を選んでください。"
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    @needs(Permission.WRITE_RECORDS)
    def note_step(self, given: ReferralStepInput) -> None:
        """Keep what came back. A retry stores once. Raises ValidationError per field."""
        given = replace(given, navigator=given.navigator.strip(), note=given.note.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(ReferralStepRecord, given.step_id)
            if known is not None and known.noted_by == self.staff.staff_id:
                return
            referral = loading.referral(session, given.household_id, given.referral_id)
            errors = step_errors(given, referral, self.clock.today())
            if errors:
                raise ValidationError(**errors)
            self._store_step(session, given)

    def _hello_work(self, session: Session) -> tuple[Partner, ...]:
        known = partners(session, self.staff.office_id, self.clock.today()).values()
        return tuple(partner for partner in known if partner.kind is PartnerKind.HELLO_WORK)

    def _store(self, session: Session, given: ReferralInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            ReferralRecord(
                id=given.referral_id,
                person_id=given.person_id,
                number=given.number,
                partner=given.partner,
                asked_on=given.asked_on,
                reply_by=given.reply_by,
                consent_on=given.consent_on,
                health_consent_on=given.health_consent_on,
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(ReferralText(referral_id=given.referral_id, **asdict(given.words), **owner))

    def _store_step(self, session: Session, given: ReferralStepInput) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            ReferralStepRecord(
                id=given.step_id,
                referral_id=given.referral_id,
                move=given.move,
                on_day=given.on_day,
                until=given.until,
                result=given.result,
                noted_by=self.staff.staff_id,
                noted_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        words = {"navigator": given.navigator, "note": given.note}
        session.add(ReferralStepText(step_id=given.step_id, **words, **owner))


def _stripped(words: ReferralWords) -> dict[str, str]:
    return {name: str(text).strip() for name, text in asdict(words).items()}
