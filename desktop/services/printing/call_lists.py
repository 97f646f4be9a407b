"""The call list of an approved month (電話連絡リスト, K-08T): who is told of a visit, how, and under which number.

Numbers are content, so the files of the list are opened first; those of households under 支援措置 stay closed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.call_lists import CALL_LIST_CODE, CallLine, CallList, ToldBy
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.households import SafetyMarkKind
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_periods import last_of
from desktop.domain.visit_plan_views import MonthLine
from desktop.domain.visit_plans import NO_PLAN, PlanKind, PlannedVisit, PlanState
from desktop.domain.visit_telephones import Telephones
from desktop.models.households import Household, SafetyMark
from desktop.models.issued_forms import IssuedFormRecord
from desktop.models.office import District
from desktop.models.working_time import VisitAppointment
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup, lookup_visits
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households
from desktop.services.printing.waiting_visits import NOTICE
from desktop.services.visit_plans.month import month_plan
from desktop.services.visit_preferences.loading import telephones

_NOT_APPROVED = "電話連絡リストは、承認された月間訪問計画からだけ作れます。"
_NOBODY = "この月には、今日から後に、知らせる訪問がありません。"


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found about the households of the list, beside the plan."""

    telephones: dict[UUID, Telephones]
    no_phone: frozenset[UUID]
    has_gateway: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A visit of the list with how it is told besides by telephone."""

    line: MonthLine
    visit: PlannedVisit
    day: date
    letter_on: date | None
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class CallListPrinting:
    """Call lists for the signed-in person: districts of the own duty."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def prepare(self, district_id: UUID, month: date) -> CallList:
        """The list of a district's month, from today on.

        Raises NotPermittedError where the district is not the person's duty or its month is not approved, UserError where
        nobody is to be told.
        """
        told = self._told(district_id, month)
        near = self._openable(district_id, told)
        self.reading.open(purpose_of(self.staff), near)
        today = self.clock.today()
        with self.work() as session:
            known = _Known(
                telephones=telephones(session, near),
                no_phone=not_to_be_called(session, near, today),
                has_gateway=lookup_visits.sms_gateway(
                    session, self.staff.office_id, today
                ).is_ready,
            )
            district = session.get_one(District, district_id)
            caseworker, _ = main_caseworkers(session, today, [district_id]).get(
                district_id, ("", None)
            )
            return CallList(
                imprint=imprint_of(session, self.staff, self.clock),
                district_code=district.code,
                district_name=district.name,
                caseworker=caseworker,
                month=month,
                as_of=today,
                lines=tuple(_line(each, known) for each in told),
            )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self, batch_id: UUID, household_ids: Sequence[UUID], *, pages: int, sha256: str
    ) -> None:
        """Note that the list of these households went to paper. Repeating it changes nothing."""
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, CALL_LIST_CODE, household_ids),
                pages=pages,
                sha256=sha256,
            )

    def _told(self, district_id: UUID, month: date) -> list[_Told]:
        """The visits to come that somebody is told of, in the plan's order: by day, half-day and round."""
        staff, today = self.staff, self.clock.today()
        if not staff.is_office_wide and district_id not in staff.duty_district_ids:
            raise NotPermittedError(NO_PLAN)
        with self.work() as session:
            plan = month_plan(session, staff, district_id, month, today)
            head = plan.head
            if (
                head is None
                or head.kind is not PlanKind.MONTH
                or head.state is not PlanState.APPROVED
            ):
                raise NotPermittedError(_NOT_APPROVED)
            coming = [
                (line, line.visit, line.visit.day)
                for line in plan.lines
                if line.visit is not None
                and line.visit.day is not None
                and line.visit.day >= today
                and line.outcome.mark is VisitMark.PLANNED
            ]
            ids = {line.household_id for line, *_ in coming}
            letters = _letters(session, ids)
            agreed = _appointments(session, ids, today, last_of(PlanKind.MONTH, month))
            days = lookup.thresholds(session, staff.office_id, today).visit_letter_days
        found = []
        for line, visit, day in coming:
            written = letters.get(line.household_id)
            letter_on = written if written and written >= day - timedelta(days=days) else None
            is_agreed = (line.household_id, day, visit.half) in agreed
            if visit.is_announced or letter_on is not None or is_agreed:
                found.append(_Told(line, visit, day, letter_on, is_agreed))
        if not found:
            raise UserError(_NOBODY)
        return found

    def _openable(self, district_id: UUID, told: Sequence[_Told]) -> list[UUID]:
        """Whose numbers may be looked up: households that live in the district still, but none under 支援措置."""
        ids = {each.line.household_id for each in told if not each.line.is_shielded}
        with self.work() as session:
            return sorted(
                session.scalars(
                    select(Household.id).where(
                        Household.id.in_(ids), Household.district_id == district_id
                    )
                )
            )


def purpose_of(staff: SignedInStaff) -> Purpose:
    """Why files are opened for a list: records staff print in batches, others for their own files."""
    return Purpose.BATCH if staff.may(Permission.PRINT_RECORDS) else Purpose.FILE


def not_to_be_called(session: Session, ids: Collection[UUID], today: date) -> frozenset[UUID]:
    """Households of these with the safety mark 電話不可."""
    return frozenset(
        session.scalars(
            select(SafetyMark.household_id).where(
                SafetyMark.household_id.in_(ids),
                SafetyMark.kind == SafetyMarkKind.NO_PHONE,
                holds_on(SafetyMark, today),
            )
        )
    )


def _line(told: _Told, known: _Known) -> CallLine:
    line, household_id = told.line, told.line.household_id
    may_call = not line.is_shielded and household_id not in known.no_phone
    numbers = known.telephones.get(household_id, Telephones())
    ways = (
        (ToldBy.APPOINTMENT, told.is_agreed),
        (ToldBy.LETTER, told.letter_on is not None),
        (ToldBy.MESSAGE, may_call and known.has_gateway and numbers.may_be_written_to),
        (ToldBy.TELEPHONE, may_call),
    )
    return CallLine(
        household_id=household_id,
        case_number=line.case_number,
        head_name="" if line.is_shielded else line.head_name,
        is_shielded=line.is_shielded,
        day=told.day,
        half=told.visit.half,
        order=told.visit.place,
        told_by=() if line.is_shielded else tuple(way for way, is_so in ways if is_so),
        letter_on=None if line.is_shielded else told.letter_on,
        number=numbers.call_number if may_call else "",
        may_call=may_call,
    )


def _letters(session: Session, ids: Collection[UUID]) -> dict[UUID, date]:
    """Household → the day of its last letter about a visit (L-04) that is in force."""
    f = IssuedFormRecord
    rows = session.execute(
        select(f.household_id, func.max(f.issued_at))
        .where(f.household_id.in_(ids), f.form_code == NOTICE, f.voided_at.is_(None))
        .group_by(f.household_id)
    )
    return {household_id: japan_day(at) for household_id, at in rows}


def _appointments(
    session: Session, ids: Collection[UUID], first: date, last: date
) -> set[tuple[UUID, date, object]]:
    """Household, day and half-day of what it was told of already."""
    a = VisitAppointment
    rows = session.execute(
        select(a.household_id, a.day, a.half).where(
            a.household_id.in_(ids),
            a.day.between(first, last),
            a.is_announced,
            a.cancelled_at.is_(None),
        )
    )
    return {(household_id, day, half) for household_id, day, half in rows}
