"""Printing of papers about medical matters (S-07, S-21, S-22, K-18). Nothing is stored but that they were printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.medical_files import MedicalFile, MedicalPerson
from desktop.domain.medical_forms import (
    EnquirySheet,
    MedicalPaper,
    OrderSet,
    PaperAsked,
    PlanSheet,
    TripApplication,
    TripLine,
    VisitLine,
)
from desktop.domain.medical_opinions import DoctorQuestion
from desktop.domain.medical_orders import ON_HOLD, OrderStep
from desktop.domain.medical_plans import (
    TRIP_PURPOSE,
    VISIT_STATUS,
    Appointment,
    HospitalPlan,
    Trip,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.medical_orders import ExaminationOrderRecord
from desktop.services.households.case_file import load_case_file
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.medical import MedicalOpinionService
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households

Row = TypeVar("Row")
_GONE = "この記録は見つかりません。一覧を読み直してください。"
_REFUSED = "取りやめた検診命令は印刷できません。"
_ENDED = frozenset({OrderStep.RETURNED, OrderStep.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class MedicalPrinting:
    """The papers of one person of an opened file."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    opinions: MedicalOpinionService

    @needs(Permission.PRINT_DRAFTS)
    def enquiry(self, asked: PaperAsked) -> EnquirySheet:
        """The letter to the doctor with a sheet for the answers."""
        file, person = self._read(asked)
        given = _found(person.enquiries, lambda e: e.given.enquiry_id == asked.subject_id).given
        known = {each.label: each for each in file.questions}
        return EnquirySheet(
            **self._head(asked, person, FormMark.PLAIN),
            birth_date=person.birth_date,
            written_on=given.asked_on,
            reply_by=given.reply_by,
            institution=given.institution,
            doctor=given.doctor,
            consent=given.consent,
            questions=tuple(
                known.get(q) or DoctorQuestion(code="", label=q) for q in given.questions
            ),
        )

    @needs(Permission.PRINT_DRAFTS)
    def plan(self, asked: PaperAsked) -> PlanSheet:
        """The plan with its appointments and the ways to hospital and work."""
        _, person = self._read(asked)
        plan = _found(person.plans, lambda p: p.given.plan_id == asked.subject_id)
        given = plan.given
        return PlanSheet(
            **self._head(asked, person, FormMark.PLAIN),
            begins_on=given.begins_on,
            ends_on=given.ends_on,
            purpose=given.purpose,
            condition=given.condition,
            consented_on=given.consented_on,
            consent=given.consent,
            rejudge_on=given.rejudge_on or _rejudge_on(person),
            rows=given.rows,
            visits=tuple(_visits(person.appointments, plan)),
            trips=tuple(_trips(_within(person.trips, plan))),
        )

    @needs(Permission.PRINT_DRAFTS)
    def trips(self, asked: PaperAsked) -> TripApplication:
        """The application for the ways of the same purpose and month as the chosen one."""
        _, person = self._read(asked)
        chosen = _found(person.trips, lambda t: t.given.trip_id == asked.subject_id).given
        month = (chosen.on_day.year, chosen.on_day.month)
        ways = [
            trip
            for trip in person.trips
            if trip.given.purpose is chosen.purpose
            and (trip.given.on_day.year, trip.given.on_day.month) == month
        ]
        head = self._head(asked, person, FormMark.PLAIN)
        return TripApplication(
            imprint=head["imprint"],
            case_number=head["case_number"],
            name=person.name,
            birth_date=person.birth_date,
            purpose=TRIP_PURPOSE[chosen.purpose],
            trips=tuple(_trips(ways)),
        )

    @needs(Permission.PRINT_DRAFTS)
    def order(self, asked: PaperAsked) -> OrderSet:
        """The three sheets of an order: 案 until it is approved. Raises ConflictError while safety comes first."""
        file, person = self._read(asked)
        if person.is_held:
            raise ConflictError(ON_HOLD)
        order = _found(person.orders, lambda o: o.given.order_id == asked.subject_id)
        if any(each.step in _ENDED for each in order.steps):
            raise UserError(_REFUSED)
        approved = order.day_of(OrderStep.APPROVED)
        given = order.given
        with self.work() as session:
            postal_code, address = self._address(session, asked.household_id)
        mark = FormMark.DRAFT if approved is None else FormMark.PLAIN
        return OrderSet(
            **self._head(asked, person, mark),
            household_id=asked.household_id,
            subject_id=given.order_id,
            birth_date=person.birth_date,
            written_on=order.day_of(OrderStep.DELIVERED) or self.clock.today(),
            postal_code=postal_code,
            address=address,
            reason=given.reason,
            institution=given.institution,
            place=given.address,
            department=given.department,
            items=given.items,
            bring=given.bring,
            due_on=given.due_on,
            questions=file.questions,
        )

    @needs(Permission.PRINT_DRAFTS)
    def order_of(self, order_id: UUID) -> OrderSet:
        """The sheets of an order, as the print centre asks for them."""
        x = ExaminationOrderRecord
        with self.work() as session:
            row = session.execute(
                select(x.household_id, x.person_id).where(
                    x.id == order_id, x.office_id == self.staff.office_id
                )
            ).one_or_none()
        if row is None:
            raise UserError(_GONE)
        return self.order(
            PaperAsked(
                household_id=row.household_id,
                person_id=row.person_id,
                subject_id=order_id,
                paper=MedicalPaper.ORDER,
            )
        )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self,
        batch_id: UUID,
        household_id: UUID,
        form: str,
        mark: FormMark,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that a sheet went to paper or into a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, form, [household_id]),
                mark=mark,
                pages=pages,
                sha256=sha256,
            )

    def _read(self, asked: PaperAsked) -> tuple[MedicalFile, MedicalPerson]:
        file = self.opinions.of_household(asked.household_id)
        return file, _found(file.people, lambda p: p.person_id == asked.person_id)

    def _head(self, asked: PaperAsked, person: MedicalPerson, mark: FormMark) -> dict[str, Any]:
        """What every paper says of the case and whom to call."""
        today = self.clock.today()
        with self.work() as session:
            file = load_case_file(
                session, self.staff, asked.household_id, today, today=today, without_duty=False
            )
            contact, phone, _ = lookup.letter_contact(session, self.staff.office_id, today)
            return {
                "imprint": imprint_of(session, self.staff, self.clock, mark),
                "case_number": file.identity.case_number,
                "name": person.name,
                "contact": contact,
                "caseworker": file.identity.caseworker,
                "phone": phone,
            }

    def _address(self, session: Session, household_id: UUID) -> tuple[str, str]:
        today = self.clock.today()
        file = load_case_file(
            session, self.staff, household_id, today, today=today, without_duty=False
        )
        return file.postal_code, file.address


def _rejudge_on(person: MedicalPerson) -> date | None:
    """When the newest opinion wants to judge again: of a plan that names no day of its own."""
    return person.newest.given.rejudge_on if person.newest is not None else None


def _found(rows: Iterable[Row], wanted: Callable[[Row], bool]) -> Row:
    row = next((row for row in rows if wanted(row)), None)
    if row is None:
        raise UserError(_GONE)
    return row


def _within(trips: Iterable[Trip], plan: HospitalPlan) -> list[Trip]:
    given = plan.given
    return [t for t in trips if given.begins_on <= t.given.on_day <= given.ends_on]


def _visits(appointments: Iterable[Appointment], plan: HospitalPlan) -> list[VisitLine]:
    """The appointments of the plan's days, the earliest first."""
    given = plan.given
    found = [a for a in appointments if given.begins_on <= a.on_day <= given.ends_on]
    return [
        VisitLine(
            on_day=a.on_day,
            at=a.at,
            institution=a.institution,
            status="" if a.status is None else VISIT_STATUS[a.status],
            note=a.note,
        )
        for a in reversed(found)
    ]


def _trips(trips: Iterable[Trip]) -> list[TripLine]:
    """Ways as paper has them, the earliest first."""
    return [
        TripLine(
            on_day=t.given.on_day,
            purpose=TRIP_PURPOSE[t.given.purpose],
            from_place=t.given.from_place,
            to_place=t.given.to_place,
            means=t.given.means,
            fare=t.given.fare,
            evidence=t.given.evidence,
        )
        for t in reversed(list(trips))
    ]
