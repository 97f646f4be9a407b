"""Use cases of hospital plans, appointments and ways. The database judges again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.medical_opinions import long_texts
from desktop.domain.medical_plans import (
    AppointmentInput,
    PlanInput,
    TripInput,
    VisitInput,
    VisitStatus,
    plan_errors,
    trip_errors,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.medical_plans import (
    HospitalAppointment,
    HospitalAppointmentText,
    HospitalPlanRecord,
    HospitalPlanRow,
    HospitalPlanText,
    HospitalVisit,
    HospitalVisitText,
    TravelTrip,
)
from desktop.services.medical.holding import need_person
from desktop.services.permission import needs

_NO_PLAN = "この通院計画は見つからないか、この世帯のものではありません。"
_NO_APPOINTMENT = "この予約は見つからないか、この世帯のものではありません。"
_NO_TRIP = "訂正する移動は見つからないか、この人のものではありません。"
_NOT_YET = "予約の日が来てから記録してください。"
_NEXT = "次の予約は、この予約より後の日にしてください。"
_CONSENT_DAY = "同意の日は今日までの日付にしてください。"
_LONGEST_TIME = 20


@dataclass(frozen=True, slots=True)
class HospitalPlanService:
    """The signed-in person's work on plans of hospital visits of opened files."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.ASSESS)
    def save(self, given: PlanInput) -> None:
        """Keep a plan; it takes the place of the person's earlier one. A retry stores once."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(HospitalPlanRecord, given.plan_id) is not None:
                return
            need_person(session, self.staff, given.household_id, given.person_id)
            errors = plan_errors(given)
            if given.consented_on is not None and given.consented_on > self.clock.today():
                errors["consented_on"] = _CONSENT_DAY
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    @needs(Permission.ASSESS)
    def appoint(self, given: AppointmentInput) -> None:
        """Keep an appointment of a plan. A retry stores once. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(HospitalAppointment, given.appointment_id) is not None:
                return
            plan = session.scalar(
                select(HospitalPlanRecord).where(
                    HospitalPlanRecord.id == given.plan_id,
                    HospitalPlanRecord.household_id == given.household_id,
                )
            )
            if plan is None:
                raise NotPermittedError(_NO_PLAN)
            self._appoint(session, given, plan.person_id)

    @needs(Permission.ASSESS)
    def note_visit(self, given: VisitInput) -> None:
        """Note what became of an appointment, and the next one where it is known. A retry stores once."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(HospitalVisit, given.visit_id) is not None:
                return
            found = self._appointment(session, given)
            self._refuse_visit(given, found)
            owner = self._owner(given.household_id)
            session.add(
                HospitalVisit(
                    id=given.visit_id,
                    appointment_id=found.id,
                    status=given.status,
                    confirmed_by=given.confirmed_by,
                    noted_by=self.staff.staff_id,
                    noted_at=self.clock.now(),
                    **owner,
                )
            )
            session.flush()
            session.add(
                HospitalVisitText(visit_id=given.visit_id, note=given.note.strip(), **owner)
            )
            if given.next_on is not None and given.next_id is not None:
                following = AppointmentInput(
                    appointment_id=given.next_id,
                    household_id=given.household_id,
                    plan_id=found.plan_id,
                    on_day=given.next_on,
                    institution=self._institution(session, found.id),
                )
                self._appoint(session, following, found.person_id)

    @needs(Permission.WRITE_RECORDS)
    def note_trip(self, given: TripInput) -> None:
        """Keep a way that cost something. A retry stores once. Raises ValidationError per field."""
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(TravelTrip, given.trip_id) is not None:
                return
            need_person(session, self.staff, given.household_id, given.person_id)
            errors = trip_errors(given, self.clock.today())
            if errors:
                raise ValidationError(**errors)
            self._need_replaced(session, given)
            session.add(
                TravelTrip(
                    id=given.trip_id,
                    person_id=given.person_id,
                    on_day=given.on_day,
                    purpose=given.purpose,
                    from_place=given.from_place.strip(),
                    to_place=given.to_place.strip(),
                    means=given.means.strip(),
                    fare=given.fare,
                    evidence=given.evidence.strip(),
                    replaces_id=given.replaces_id,
                    noted_by=self.staff.staff_id,
                    noted_at=self.clock.now(),
                    **self._owner(given.household_id),
                )
            )

    def _need_replaced(self, session: Session, given: TripInput) -> None:
        if given.replaces_id is None:
            return
        known = session.get(TravelTrip, given.replaces_id)
        if known is None or (known.household_id, known.person_id) != (
            given.household_id,
            given.person_id,
        ):
            raise NotPermittedError(_NO_TRIP)

    def _refuse_visit(self, given: VisitInput, found: HospitalAppointment) -> None:
        errors = long_texts({"note": given.note})
        if found.on_day > self.clock.today() and given.status is not VisitStatus.MOVED:
            errors["status"] = _NOT_YET
        if given.next_on is not None and given.next_on <= found.on_day:
            errors["next_on"] = _NEXT
        if errors:
            raise ValidationError(**errors)

    def _appointment(self, session: Session, given: VisitInput) -> HospitalAppointment:
        a = HospitalAppointment
        found = session.scalar(
            select(a).where(a.id == given.appointment_id, a.household_id == given.household_id)
        )
        if found is None or found.office_id != self.staff.office_id:
            raise NotPermittedError(_NO_APPOINTMENT)
        return found

    def _institution(self, session: Session, appointment_id: UUID) -> str:
        text = session.get_one(HospitalAppointmentText, appointment_id)
        return text.institution

    def _appoint(self, session: Session, given: AppointmentInput, person_id: UUID) -> None:
        if not given.institution.strip():
            raise ValidationError(institution="医療機関を入力してください。")
        if len(given.at) > _LONGEST_TIME:
            raise ValidationError(at="時刻を短くしてください。")
        owner = self._owner(given.household_id)
        session.add(
            HospitalAppointment(
                id=given.appointment_id,
                person_id=person_id,
                plan_id=given.plan_id,
                on_day=given.on_day,
                at=given.at.strip(),
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(
            HospitalAppointmentText(
                appointment_id=given.appointment_id,
                institution=given.institution.strip(),
                **owner,
            )
        )
        session.flush()

    def _store(self, session: Session, given: PlanInput) -> None:
        owner = self._owner(given.household_id)
        session.add(
            HospitalPlanRecord(
                id=given.plan_id,
                person_id=given.person_id,
                begins_on=given.begins_on,
                ends_on=given.ends_on,
                consented_on=given.consented_on,
                rejudge_on=given.rejudge_on,
                author_id=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(
            HospitalPlanText(
                plan_id=given.plan_id,
                purpose=given.purpose.strip(),
                condition=given.condition.strip(),
                consent=given.consent.strip(),
                **owner,
            )
        )
        session.add_all(_rows(given, owner))

    def _owner(self, household_id: UUID) -> dict[str, UUID]:
        return {"office_id": self.staff.office_id, "household_id": household_id}


def _rows(given: PlanInput, owner: dict[str, UUID]) -> Iterator[HospitalPlanRow]:
    for number, row in enumerate(given.rows, start=1):
        yield HospitalPlanRow(plan_id=given.plan_id, number=number, **asdict(row), **owner)
