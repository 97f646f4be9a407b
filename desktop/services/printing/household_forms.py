"""Printing of papers about a whole household: 保護台帳 (K-02), 引継票 (K-25), 不在連絡票 (K-10), letters (L-02, L-03, L-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import JAPAN, Clock
from desktop.domain.errors import UserError
from desktop.domain.handover_sheets import HandoverSheet, Recipient
from desktop.domain.household_forms import (
    AbsenceNote,
    CallLetter,
    CaseworkerLetter,
    HouseholdSheet,
    LookedAfter,
    VisitNotice,
)
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind, Period, SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.ledger import DistrictPeriod, HouseholdStatePeriod
from desktop.models.office import Assignment, District, Staff
from desktop.models.records import Contact, EntryRecord
from desktop.services.handover_sheets import handover_sheet
from desktop.services.households.case_file import load_case_file
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.visit_plans.announced import announced_visits

#: A note for an absence longer ago would only puzzle whoever finds it: the day is then filled in at the door.
_RECENT = timedelta(days=7)
_MINUTES = 60
#: So far ahead an announced visit is looked for.
_SEEN_AHEAD = timedelta(days=62)
_NO_CHANGE = "この世帯の担当員は、記録のあるかぎり変わっていません。"


@dataclass(frozen=True, slots=True)
class HouseholdPrinting:
    """Papers about a household for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def household_sheet(self, household_id: UUID) -> HouseholdSheet:
        """The 保護台帳 as of today."""
        self.reading.open(self._purpose(), [household_id])
        today = self.clock.today()
        with self.work() as session:
            file = load_case_file(
                session, self.staff, household_id, today, today=today, without_duty=False
            )
            return HouseholdSheet(
                imprint=imprint_of(session, self.staff, self.clock),
                file=file,
                closed_on=_closed_on(session, household_id, today),
                history=tuple(_looked_after(session, household_id, today)),
            )

    @needs(Permission.PRINT_DRAFTS)
    def handover_sheet(self, household_id: UUID, reader: Recipient | None = None) -> HandoverSheet:
        """The 引継票 as of today, for whoever looks after the household from now on."""
        self.reading.open(self._purpose(), [household_id])
        with self.work() as session:
            whom = reader or Recipient()
            return handover_sheet(session, self.staff, self.clock, household_id, whom)

    @needs(Permission.PRINT_DRAFTS)
    def absence_note(self, household_id: UUID) -> AbsenceNote:
        """The note for an absent household; the hour stands on it where an absence was recorded these days."""
        self.reading.open(self._purpose(), [household_id])
        today = self.clock.today()
        with self.work() as session:
            bar = identities(session, self.staff, [household_id], today, opened=True)[household_id]
            contact, phone, hours = lookup.letter_contact(session, self.staff.office_id, today)
            return AbsenceNote(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=bar.case_number,
                name=bar.head_name,
                came_at=_came_at(session, household_id, today),
                contact=contact,
                caseworker=bar.caseworker,
                phone=phone,
                hours=hours,
            )

    @needs(Permission.PRINT_DRAFTS)
    def caseworker_letter(self, household_id: UUID) -> CaseworkerLetter:
        """The letter about the last change of the caseworker. Raises UserError where there was none."""
        self.reading.open(self._purpose(), [household_id])
        today = self.clock.today()
        with self.work() as session:
            cared = list(_looked_after(session, household_id, today))
            others = [c for c in cared if c.caseworker != cared[0].caseworker]
            if not others:
                raise UserError(_NO_CHANGE)
            file = load_case_file(
                session, self.staff, household_id, today, today=today, without_duty=False
            )
            contact, phone, hours = lookup.letter_contact(session, self.staff.office_id, today)
            return CaseworkerLetter(
                imprint=imprint_of(session, self.staff, self.clock),
                case_number=file.identity.case_number,
                postal_code=file.postal_code,
                address=file.address,
                name=file.identity.head_name,
                written_on=today,
                changes_on=cared[0].period.valid_from,
                old_caseworker=others[0].caseworker,
                new_caseworker=cared[0].caseworker,
                contact=contact,
                phone=phone,
                hours=hours,
            )

    @needs(Permission.PRINT_DRAFTS)
    def call_letter(self, household_id: UUID) -> CallLetter:
        """The letter that asks the household to come or to ring up by a day on which the office is open."""
        self.reading.open(self._purpose(), [household_id])
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            days = lookup.thresholds(session, office_id, today).call_letter_days
            calendar = lookup.business_calendar(session, office_id, today)
            by = calendar.next_open(today + timedelta(days=days))
            return CallLetter(**self._letter(session, household_id, today), come_by=by)

    @needs(Permission.PRINT_DRAFTS)
    def visit_notice(self, household_id: UUID) -> VisitNotice:
        """The letter about the next visit that was promised; filled in by hand where no approved plan has one."""
        self.reading.open(self._purpose(), [household_id])
        today, office_id = self.clock.today(), self.staff.office_id
        with self.work() as session:
            last = today + _SEEN_AHEAD
            visits = announced_visits(session, office_id, today, last, household_id)
            visit = visits.get(household_id)
            return VisitNotice(
                **self._letter(session, household_id, today),
                visit_on=visit.day if visit else None,
                half=visit.half if visit else None,
            )

    def _letter(self, session: Session, household_id: UUID, today: date) -> dict[str, Any]:
        """What every letter to a household has: to whom, from whom, of which day."""
        file = load_case_file(
            session, self.staff, household_id, today, today=today, without_duty=False
        )
        contact, phone, hours = lookup.letter_contact(session, self.staff.office_id, today)
        return {
            "imprint": imprint_of(session, self.staff, self.clock),
            "case_number": file.identity.case_number,
            "postal_code": file.postal_code,
            "address": file.address,
            "name": file.identity.head_name,
            "written_on": today,
            "contact": contact,
            "caseworker": file.identity.caseworker,
            "phone": phone,
            "hours": hours,
        }

    def _purpose(self) -> Purpose:
        return Purpose.BATCH if self.staff.may(Permission.PRINT_RECORDS) else Purpose.FILE


def _closed_on(session: Session, household_id: UUID, today: date) -> date | None:
    """The day protection ended, where it has not begun again."""
    last = session.execute(
        select(HouseholdStatePeriod.state, HouseholdStatePeriod.valid_from)
        .where(
            HouseholdStatePeriod.household_id == household_id,
            HouseholdStatePeriod.valid_from <= today,
        )
        .order_by(HouseholdStatePeriod.valid_from.desc())
        .limit(1)
    ).first()
    return last.valid_from if last and last.state is HouseholdState.CLOSED else None


def _looked_after(session: Session, household_id: UUID, today: date) -> Iterator[LookedAfter]:
    """The main caseworkers of the districts the household lived in, newest first."""
    rows = session.execute(
        select(DistrictPeriod, Assignment, District, Staff.name)
        .join(District, District.id == DistrictPeriod.district_id)
        .join(Assignment, Assignment.district_id == District.id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(
            DistrictPeriod.household_id == household_id,
            DistrictPeriod.valid_from <= today,
            Assignment.kind == AssignmentKind.MAIN,
            Assignment.valid_from <= today,
        )
    )
    found = [
        LookedAfter(caseworker=name, district=f"{district.code} {district.name}", period=period)
        for lived, cared, district, name in rows
        if (period := _both(lived, cared)) is not None
    ]
    yield from sorted(found, key=lambda cared: cared.period.valid_from, reverse=True)


def _both(lived: DistrictPeriod, cared: Assignment) -> Period | None:
    """When both held; None where they never met."""
    begun = max(lived.valid_from, cared.valid_from)
    ends = [day for day in (lived.valid_to, cared.valid_to) if day is not None]
    ended = min(ends, default=None)
    return None if ended is not None and ended < begun else Period(valid_from=begun, valid_to=ended)


def _came_at(session: Session, household_id: UUID, today: date) -> datetime | None:
    """When somebody came last and found nobody, these days; None where no hour was written down."""
    last = session.execute(
        select(Contact.happened_on, Contact.started_at)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .where(
            Contact.household_id == household_id,
            Contact.is_absence,
            Contact.happened_on >= today - _RECENT,
            Contact.happened_on <= today,
            EntryRecord.is_annulled.is_(False),
        )
        .order_by(Contact.happened_on.desc(), Contact.started_at.desc())
        .limit(1)
    ).first()
    if last is None or last.started_at is None:
        return None
    hour, minute = divmod(last.started_at, _MINUTES)
    return datetime.combine(last.happened_on, time(hour, minute), JAPAN)
