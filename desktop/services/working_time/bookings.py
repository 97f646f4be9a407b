"""Use cases of joint bookings (同行の予約). That nobody and no car goes along twice, two unique indexes hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.joint_bookings import Booking, BookingInput, JointKind
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.working_time import HalfDay
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.working_time import JointBooking, JointBookingHousehold
from desktop.services.masters import lookup_visits
from desktop.services.permission import needs
from desktop.services.working_time import loading, team

_NOT_FREE = "この職員は、その半日には同行できません（{why}）。別の半日を選んでください。"


@dataclass(frozen=True, slots=True)
class BookingService:
    """Supporters, nurses, second persons and cars, booked for a half-day."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def between(self, first: date, last: date) -> tuple[Booking, ...]:
        """Everything that is booked in the office, by day. Whose household it is shows only within the duty."""
        with self.work() as session:
            return bookings(session, self.staff.office_id, first, last)

    @needs(Permission.OPEN_CASE_FILES)
    def vehicles(self) -> Mapping[str, str]:
        """Code → name of the office's cars."""
        with self.work() as session:
            return lookup_visits.vehicles(session, self.staff.office_id, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def book(self, given: BookingInput) -> None:
        """Book somebody or a car for a household's visit. A retry stores once.

        Raises UserError with a sentence where that half-day is taken, ValidationError per field.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if (known := session.get(JointBooking, given.booking_id)) is not None:
                if known.booked_by != self.staff.staff_id:
                    raise NotPermittedError("この予約は見つかりません。")
                return
            self._check(session, given)
            self._take_from_plan(session, given)
            session.add(
                JointBooking(
                    id=given.booking_id,
                    office_id=self.staff.office_id,
                    kind=given.kind,
                    partner_id=given.partner_id,
                    vehicle=given.vehicle or None,
                    day=given.day,
                    half=given.half,
                    booked_by=self.staff.staff_id,
                    booked_at=self.clock.now(),
                )
            )
            session.flush()
            session.add(
                JointBookingHousehold(
                    booking_id=given.booking_id,
                    office_id=self.staff.office_id,
                    household_id=given.household_id,
                )
            )

    @needs(Permission.WRITE_RECORDS)
    def cancel(self, booking_id: UUID) -> None:
        """Give the half-day free again: by who booked it, who goes along, or their supervisor."""
        with self.work() as session:
            row = session.scalars(
                select(JointBooking).where(
                    JointBooking.id == booking_id, JointBooking.office_id == self.staff.office_id
                )
            ).one_or_none()
            if row is None:
                raise NotPermittedError("この予約は見つかりません。")
            if row.cancelled_at is not None:
                raise ConflictError("この予約はもう取り消されています。画面を更新してください。")
            today = self.clock.today()
            is_mine = self.staff.staff_id in {row.booked_by, row.partner_id}
            is_mine |= row.district_id in self.staff.own_district_ids
            if not is_mine and not team.keeps_time_of(session, self.staff, row.booked_by, today):
                raise NotPermittedError(
                    "取り消せるのは、予約した人・同行する本人・査察指導員以上の職だけです。"
                )
            row.cancelled_by, row.cancelled_at = self.staff.staff_id, self.clock.now()

    def _take_from_plan(self, session: Session, given: BookingInput) -> None:
        """What the own district's plan holds for this half-day becomes a booking for the household."""
        b = JointBooking
        district_id = session.scalar(
            select(Household.district_id).where(Household.id == given.household_id)
        )
        held = session.scalars(
            select(b).where(
                b.district_id == district_id,
                b.cancelled_at.is_(None),
                b.day == given.day,
                b.half == given.half,
                b.partner_id == given.partner_id
                if given.partner_id
                else b.vehicle == given.vehicle,
            )
        ).one_or_none()
        if held is not None and district_id in self.staff.own_district_ids:
            held.cancelled_by, held.cancelled_at = self.staff.staff_id, self.clock.now()
            session.flush()

    def _check(self, session: Session, given: BookingInput) -> None:
        today = self.clock.today()
        if given.day < today:
            raise ValidationError(day="今日からの日を選んでください。")
        office_id = session.scalar(
            select(Household.office_id).where(Household.id == given.household_id)
        )
        if office_id != self.staff.office_id:
            raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
        if given.kind is JointKind.VEHICLE:
            cars = lookup_visits.vehicles(session, self.staff.office_id, today)
            if given.vehicle not in cars or given.partner_id is not None:
                raise ValidationError(vehicle="庁用車を一覧から選んでください。")
            return
        if given.partner_id is None or given.vehicle:
            raise ValidationError(partner_id="同行する職員を選んでください。")
        self._check_partner(
            session, given.partner_id, given.day, HalfDay(day=given.day, half=given.half)
        )

    def _check_partner(self, session: Session, partner_id: UUID, day: date, at: HalfDay) -> None:
        """Somebody on leave or on duty cannot be booked. Who is booked already, the index tells."""
        partner = session.get(Staff, partner_id)
        if partner is None or partner.office_id != self.staff.office_id:
            raise ValidationError(partner_id="同行する職員を選んでください。")
        times = loading.working_times(
            session, self.staff.office_id, [partner_id], day, day, self.clock.today()
        )
        gone = [
            cause
            for removed in times[partner_id].removed
            if removed.half is at.half
            for cause in removed.causes
            if cause.code != "booked"
        ]
        if gone:
            why = "・".join(cause.label for cause in gone)
            raise ValidationError(partner_id=_NOT_FREE.format(why=why))


def bookings(session: Session, office_id: UUID, first: date, last: date) -> tuple[Booking, ...]:
    """What is booked in a period, by day and half."""
    b, of, booker = JointBooking, JointBookingHousehold, aliased(Staff)
    rows = session.execute(
        select(b, of.household_id, Staff.name, booker.name)
        .outerjoin(of, of.booking_id == b.id)
        .outerjoin(Staff, Staff.id == b.partner_id)
        .join(booker, booker.id == b.booked_by)
        .where(b.office_id == office_id, b.cancelled_at.is_(None), b.day.between(first, last))
        .order_by(b.day, b.half, b.booked_at, b.id)
    )
    return tuple(
        Booking(
            booking_id=row.id,
            kind=row.kind,
            day=row.day,
            half=row.half,
            partner_id=row.partner_id,
            vehicle=row.vehicle or "",
            partner=partner or "",
            district_id=row.district_id,
            booked_by=row.booked_by,
            booked_by_name=by,
            booked_at=row.booked_at,
            household_id=household_id,
        )
        for row, household_id, partner, by in rows
    )
