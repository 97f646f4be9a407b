"""Use cases of 同行と約束: who goes along with whose visits, which half-days are fixed, and what is booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.joint_bookings import (
    MOST_EVERY,
    AppointmentInput,
    AppointmentRow,
    JointBoard,
    JointKind,
    JointPartner,
    JointRuleInput,
    JointRuleRow,
    NamedBooking,
)
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.office import District, Staff
from desktop.models.working_time import JointRule, VisitAppointment
from desktop.services.masters import lookup_visits
from desktop.services.office import people_with
from desktop.services.permission import needs
from desktop.services.working_time.bookings import bookings

_NOT_YOURS = "同行の決まりと約束した訪問を登録できるのは、地区の担当者と査察指導員だけです。"
_NOT_THERE = "この登録は見つかりません。"
_GONE = "この登録はもう取り消されています。画面を更新してください。"


@dataclass(frozen=True, slots=True)
class JointVisitService:
    """Rules and fixed half-days of the own districts' households. The planner takes them over as they stand."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def board(self, first: date, last: date) -> JointBoard:
        """Everything of the screen: the office's bookings, the own fixed half-days of the period, the own rules."""
        with self.work() as session:
            cars = lookup_visits.vehicles(session, self.staff.office_id, self.clock.today())
            return JointBoard(
                bookings=self._bookings(session, first, last),
                appointments=self._appointments(session, first, last),
                rules=self._rules(session, cars),
                partners=self._partners(session, cars),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def day_of(self, appointment_id: UUID) -> date | None:
        """The day of a fixed half-day; None where there is none before the person."""
        with self.work() as session:
            found = session.get(VisitAppointment, appointment_id)
            return found.day if found is not None and found.cancelled_at is None else None

    @needs(Permission.WRITE_RECORDS)
    def set_rule(self, given: JointRuleInput) -> None:
        """Say who goes along with a household's visits from now on. A retry stores once. Raises ValidationError per field."""
        if not 1 <= given.every <= MOST_EVERY:
            raise ValidationError(every=f"1回から{MOST_EVERY}回ごとまでにしてください。")
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            self._own(session, given.household_id)
            if (known := session.get(JointRule, given.rule_id)) is not None:
                if known.set_by != self.staff.staff_id:
                    raise NotPermittedError(_NOT_THERE)
                return
            self._check_partner(session, given)
            session.add(
                JointRule(
                    id=given.rule_id,
                    office_id=self.staff.office_id,
                    household_id=given.household_id,
                    kind=given.kind,
                    partner_id=given.partner_id,
                    vehicle=given.vehicle or None,
                    every=given.every,
                    set_by=self.staff.staff_id,
                    set_at=self.clock.now(),
                )
            )

    @needs(Permission.WRITE_RECORDS)
    def end_rule(self, rule_id: UUID) -> None:
        """Nobody goes along by this rule any more; plans that stand are not changed by it."""
        household_id = self._household_of(
            select(JointRule.household_id).where(JointRule.id == rule_id)
        )
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            row = session.get_one(JointRule, rule_id)
            self._own(session, row.household_id)
            if row.ended_at is not None:
                raise ConflictError(_GONE)
            row.ended_by, row.ended_at = self.staff.staff_id, self.clock.now()

    @needs(Permission.WRITE_RECORDS)
    def agree(self, given: AppointmentInput) -> None:
        """Fix a half-day for a household: one a day. A retry stores once. Raises ValidationError per field."""
        if given.day < self.clock.today():
            raise ValidationError(day="今日からの日を選んでください。")
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            self._own(session, given.household_id)
            if (known := session.get(VisitAppointment, given.appointment_id)) is not None:
                if known.set_by != self.staff.staff_id:
                    raise NotPermittedError(_NOT_THERE)
                return
            session.add(
                VisitAppointment(
                    id=given.appointment_id,
                    office_id=self.staff.office_id,
                    household_id=given.household_id,
                    day=given.day,
                    half=given.half,
                    is_announced=given.is_announced,
                    set_by=self.staff.staff_id,
                    set_at=self.clock.now(),
                )
            )

    @needs(Permission.WRITE_RECORDS)
    def call_off(self, appointment_id: UUID) -> None:
        """Take a fixed half-day back; it stays in the trail."""
        a = VisitAppointment
        household_id = self._household_of(select(a.household_id).where(a.id == appointment_id))
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            row = session.get_one(a, appointment_id)
            self._own(session, row.household_id)
            if row.cancelled_at is not None:
                raise ConflictError(_GONE)
            row.cancelled_by, row.cancelled_at = self.staff.staff_id, self.clock.now()

    def _household_of(self, query: Select[UUID]) -> UUID:
        with self.work() as session:
            found = session.scalar(query)
        if found is None:
            raise NotPermittedError(_NOT_THERE)
        return found

    def _own(self, session: Session, household_id: UUID) -> None:
        district_id = session.scalar(
            select(Household.district_id).where(
                Household.id == household_id, Household.office_id == self.staff.office_id
            )
        )
        if district_id is None:
            raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
        if district_id not in self.staff.own_district_ids:
            raise NotPermittedError(_NOT_YOURS)

    def _check_partner(self, session: Session, given: JointRuleInput) -> None:
        if given.kind is JointKind.VEHICLE:
            cars = lookup_visits.vehicles(session, self.staff.office_id, self.clock.today())
            if given.vehicle not in cars or given.partner_id is not None:
                raise ValidationError(partner="庁用車を一覧から選んでください。")
            return
        partner = session.get(Staff, given.partner_id) if given.partner_id else None
        if partner is None or given.vehicle or partner.office_id != self.staff.office_id:
            raise ValidationError(partner="同行する職員を選んでください。")

    def _bookings(self, session: Session, first: date, last: date) -> tuple[NamedBooking, ...]:
        found = bookings(session, self.staff.office_id, first, last)
        of_household = {b.household_id for b in found if b.household_id is not None}
        names = _names(session, of_household)
        districts = {row.id: row.code for row in self._districts(session)}
        return tuple(
            NamedBooking(
                booking=b,
                case_number=names.get(b.household_id, ("", ""))[0] if b.household_id else "",
                head_name=names.get(b.household_id, ("", ""))[1] if b.household_id else "",
                district=districts.get(b.district_id, "") if b.district_id else "",
            )
            for b in found
        )

    def _districts(self, session: Session) -> Sequence[District]:
        d = District
        return session.scalars(select(d).where(d.office_id == self.staff.office_id)).all()

    def _appointments(
        self, session: Session, first: date, last: date
    ) -> tuple[AppointmentRow, ...]:
        a, h = VisitAppointment, Household
        rows = session.execute(
            select(a, h.case_number, h.head_name, h.is_shielded, Staff.name)
            .join(h, h.id == a.household_id)
            .join(Staff, Staff.id == a.set_by)
            .where(
                h.district_id.in_(self.staff.own_district_ids),
                a.cancelled_at.is_(None),
                a.day.between(first, last),
            )
            .order_by(a.day, a.half, h.case_number)
        )
        return tuple(
            AppointmentRow(
                appointment_id=row.id,
                household_id=row.household_id,
                case_number=number,
                head_name=SHIELDED_NAME if is_shielded else name,
                day=row.day,
                half=row.half,
                is_announced=row.is_announced,
                set_by_name=by,
            )
            for row, number, name, is_shielded, by in rows
        )

    def _rules(self, session: Session, cars: Mapping[str, str]) -> tuple[JointRuleRow, ...]:
        r, h = JointRule, Household
        rows = session.execute(
            select(r, h.case_number, h.head_name, h.is_shielded)
            .join(h, h.id == r.household_id)
            .where(h.district_id.in_(self.staff.own_district_ids), r.ended_at.is_(None))
            .order_by(h.sort_key, h.id, r.set_at, r.id)
        ).all()
        named = {p for row, *_ in rows for p in (row.partner_id, row.set_by) if p}
        people = {s.id: s.name for s in session.scalars(select(Staff).where(Staff.id.in_(named)))}
        return tuple(
            JointRuleRow(
                rule_id=row.id,
                household_id=row.household_id,
                case_number=number,
                head_name=SHIELDED_NAME if is_shielded else name,
                kind=row.kind,
                partner=people.get(row.partner_id, "")
                if row.partner_id
                else cars.get(row.vehicle or "", row.vehicle or ""),
                every=row.every,
                set_by_name=people.get(row.set_by, ""),
            )
            for row, number, name, is_shielded in rows
        )

    def _partners(self, session: Session, cars: Mapping[str, str]) -> tuple[JointPartner, ...]:
        people = people_with(
            session, self.staff.office_id, Permission.WRITE_RECORDS, self.clock.today()
        )
        return (
            *(
                JointPartner(name=person.name, partner_id=person.staff_id)
                for person in people
                if person.staff_id != self.staff.staff_id
            ),
            *(JointPartner(name=name, vehicle=code) for code, name in cars.items()),
        )


def _names(session: Session, household_ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Household → case number and name of the head."""
    h = Household
    rows = session.execute(
        select(h.id, h.case_number, h.head_name, h.is_shielded).where(h.id.in_(household_ids))
    )
    return {
        household_id: (number, SHIELDED_NAME if is_shielded else name)
        for household_id, number, name, is_shielded in rows
    }
