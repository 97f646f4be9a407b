"""Use cases of taking part in programmes (事業参加)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.participation_consents import PartConsentInput
from desktop.domain.participations import (
    MarkInput,
    ParticipationEnd,
    ParticipationInput,
    ParticipationRow,
    Programme,
)
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household, Member
from desktop.models.participations import Participation, ParticipationConsent, ParticipationMark
from desktop.services.duty import own_households
from desktop.services.masters.lookup_plans import outcomes, programmes
from desktop.services.office import main_caseworkers
from desktop.services.participations import consents, marks
from desktop.services.participations.loading import rows_of
from desktop.services.periods import holds_on
from desktop.services.permission import needs


@dataclass(frozen=True, slots=True)
class ParticipationService:
    """The signed-in person's work on participations."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def programmes(self) -> tuple[Programme, ...]:
        """The office's programmes, in the order of their codes."""
        with self.work() as session:
            found = programmes(session, self.staff.office_id, self.clock.today())
        return tuple(found[code] for code in sorted(found))

    @needs(Permission.OPEN_CASE_FILES)
    def busiest(self, first: date, last: date) -> str | None:
        """The programme in which most of the own duty took part on any day from the first to the last; None with nobody."""
        p = Participation
        reach = select(Household.id).where(own_households(self.staff))
        counted = (
            select(p.programme)
            .where(
                p.office_id == self.staff.office_id,
                p.household_id.in_(reach),
                p.starts_on <= last,
                or_(p.ended_on.is_(None), p.ended_on >= first),
            )
            .group_by(p.programme)
            .order_by(func.count().desc(), p.programme)
        )
        with self.work() as session:
            return session.scalars(counted.limit(1)).first()

    @needs(Permission.OPEN_CASE_FILES)
    def register(self, programme: str, first: date, last: date) -> tuple[ParticipationRow, ...]:
        """Who of the own duty took part in a programme on any day from the first to the last, the earliest begun first."""
        p, today = Participation, self.clock.today()
        with self.work() as session:
            reach = select(Household.id).where(own_households(self.staff))
            rows = rows_of(
                session,
                self.staff.office_id,
                today,
                p.programme == programme,
                p.household_id.in_(reach),
                p.starts_on <= last,
                or_(p.ended_on.is_(None), p.ended_on >= first),
            )
            districts = {district_id for _, district_id in rows}
            named = main_caseworkers(session, today, districts)
        return tuple(
            replace(row, caseworker=named.get(district_id, ("", None))[0])
            for row, district_id in reversed(rows)
        )

    @needs(Permission.WRITE_RECORDS)
    def begin(self, given: ParticipationInput) -> None:
        """Note that somebody begins to take part. A retry stores once.

        Raises ValidationError per field, also where the programme asks for consent; ConflictError where the person takes part already.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        today = self.clock.today()
        with self.work() as session:
            known = session.get(Participation, given.participation_id)
            if known is not None and known.noted_by == self.staff.staff_id:
                return
            self._refuse(session, given, today)
            session.add(
                Participation(
                    id=given.participation_id,
                    office_id=self.staff.office_id,
                    household_id=given.household_id,
                    person_id=given.person_id,
                    programme=given.programme,
                    consent_on=given.consent_on,
                    consent_way=given.consent_way,
                    starts_on=given.starts_on,
                    noted_by=self.staff.staff_id,
                    noted_at=self.clock.now(),
                )
            )

    @needs(Permission.WRITE_RECORDS)
    def end(self, given: ParticipationEnd) -> None:
        """Note that somebody takes part no longer, with the outcome. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        today = self.clock.today()
        with self.work() as session:
            row = session.get(Participation, given.participation_id)
            if row is None or row.household_id != given.household_id:
                raise NotPermittedError("この事業参加は見つかりません。")
            if row.ended_on is not None:
                raise ConflictError("この参加はすでに終了しています。")
            errors = {}
            if not row.starts_on <= given.ended_on <= today:
                errors["ended_on"] = "終了した日は、始まりの日から今日までの日付にしてください。"
            if given.outcome not in outcomes(session, row.office_id, today):
                errors["outcome"] = "この結果はいまの設定値にありません。一覧から選んでください。"
            if errors:
                raise ValidationError(**errors)
            row.ended_on, row.outcome = given.ended_on, given.outcome
            row.ended_by, row.ended_at = self.staff.staff_id, self.clock.now()

    @needs(Permission.WRITE_RECORDS)
    def note_consent(self, given: PartConsentInput) -> None:
        """Note what somebody says to taking part, or to a partner being told. Nothing ends by it. A retry stores once.

        Raises ValidationError per field; ConflictError where taking part ended, save for taking back.
        """
        given = replace(given, shared=given.shared.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            known = session.get(ParticipationConsent, given.consent_id)
            if known is None or known.noted_by != self.staff.staff_id:
                consents.note_consent(
                    session, given, self.staff, self.clock.now(), self.clock.today()
                )

    @needs(Permission.ASSESS)
    def mark(self, given: MarkInput) -> None:
        """Note that somebody of G1a or G1b can take part, or no longer can. A retry stores once. Raises ValidationError per field."""
        given = replace(given, reason=given.reason.strip())
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(ParticipationMark, given.mark_id) is None:
                marks.mark(session, given, self.staff, self.clock.now(), self.clock.today())

    def _refuse(self, session: Session, given: ParticipationInput, today: date) -> None:
        state = session.scalar(
            select(Household.state).where(
                Household.id == given.household_id, Household.office_id == self.staff.office_id
            )
        )
        if state is None:
            raise NotPermittedError("この世帯は見つからないか、担当する世帯ではありません。")
        if state is HouseholdState.CLOSED:
            raise NotPermittedError("廃止した世帯の事業参加は記録できません。")
        errors = self._errors(session, given, today)
        if errors:
            raise ValidationError(**errors)
        p = Participation
        goes_on = exists().where(
            p.household_id == given.household_id,
            p.person_id == given.person_id,
            p.programme == given.programme,
            p.ended_on.is_(None),
        )
        if session.scalar(select(goes_on)):
            raise ConflictError(
                "この人はこの事業に参加しています。終了を記録してから始めてください。"
            )

    def _errors(self, session: Session, given: ParticipationInput, today: date) -> dict[str, str]:
        errors = {}
        is_member = exists().where(
            Member.household_id == given.household_id,
            Member.person_id == given.person_id,
            holds_on(Member, today),
        )
        if not session.scalar(select(is_member)):
            errors["person_id"] = "いまこの世帯にいる人を選んでください。"
        if given.starts_on > today:
            errors["starts_on"] = "始まりの日は今日までの日付にしてください。"
        programme = programmes(session, self.staff.office_id, today).get(given.programme)
        if programme is None:
            errors["programme"] = "この事業はいまの設定値にありません。一覧から選んでください。"
        lacks = programme is not None and programme.needs_consent and given.consent_on is None
        if lacks or (given.consent_on is not None and given.consent_on > given.starts_on):
            errors["consent_on"] = (
                "この事業には同意が要ります。始まりの日までの同意の日を入力してください。"
            )
        if (given.consent_on is None) != (given.consent_way is None):
            errors.setdefault("consent_way", "同意の日と確かめ方は、どちらも入力してください。")
        return errors
