"""Inquiries as the register (回答管理簿) shows them: facts only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import japan_day
from desktop.domain.inquiries import CLOSED, Agency, InquiryLine, InquiryState
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import number_label
from desktop.domain.roles import Permission
from desktop.models.households import Household, Person
from desktop.models.inquiries import Inquiry, InquiryStepRecord
from desktop.models.office import District, Staff
from desktop.models.papers import PaperRecord
from desktop.services.households.identity import head_names, shielded_names
from desktop.services.masters import lookup

_Approver = aliased(Staff)


def open_lines(session: Session, staff: SignedInStaff, today: date) -> tuple[InquiryLine, ...]:
    """Inquiries before the person that still wait for somebody, the oldest first."""
    waiting = _found().where(before(staff), Inquiry.state.not_in(CLOSED))
    found = waiting.order_by(Inquiry.fiscal_year, Inquiry.number)
    return lines(session, staff, today, found)


def lines_of_year(
    session: Session, staff: SignedInStaff, year: int, today: date
) -> tuple[InquiryLine, ...]:
    """All inquiries before the person of a fiscal year, by number."""
    found = _found().where(before(staff), Inquiry.fiscal_year == year).order_by(Inquiry.number)
    return lines(session, staff, today, found)


def lines_of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[InquiryLine, ...]:
    """The inquiries of an opened file, the newest first."""
    found = (
        _found()
        .where(Inquiry.household_id == household_id, Inquiry.office_id == staff.office_id)
        .order_by(Inquiry.asked_at.desc(), Inquiry.number.desc())
    )
    return lines(session, staff, today, found, opened=True)


def lines_of(
    session: Session, staff: SignedInStaff, ids: Sequence[UUID], today: date
) -> tuple[InquiryLine, ...]:
    """These inquiries, as far as they are before the person, in this order."""
    found = lines(session, staff, today, _found().where(before(staff), Inquiry.id.in_(ids)))
    return tuple(sorted(found, key=lambda line: ids.index(line.inquiry_id)))


def before(staff: SignedInStaff) -> ColumnElement[bool]:
    """Inquiries of households that are the person's duty."""
    own_office = Inquiry.office_id == staff.office_id
    if staff.is_office_wide:
        return own_office
    return own_office & Household.district_id.in_(staff.duty_district_ids)


def lines(
    session: Session,
    staff: SignedInStaff,
    today: date,
    found: Select[*tuple[Any, ...]],
    *,
    opened: bool = False,
) -> tuple[InquiryLine, ...]:
    """The rows of `_found` as lines. `opened` says that a ticket for their file is held."""
    rows: Sequence[Any] = session.execute(found).all()
    agencies = lookup.inquiry_agencies(session, staff.office_id, today)
    shielded = {h.id: h.district_id for _, h, *_ in rows if h.is_shielded}
    names = (
        head_names(session, shielded, today)
        if opened
        else shielded_names(session, staff, shielded, today)
    )
    drafted = _drafted_by(session, staff, [inquiry.id for inquiry, *_ in rows])
    return tuple(
        _line(staff, today, row, agencies.get(row[0].agency), names, row[0].id in drafted)
        for row in rows
    )


def _found() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Inquiry, Household, District.name, Person.name, Staff.name, _Approver.name),
            *(PaperRecord.fiscal_year, PaperRecord.number),
        )
        .join(Household, Household.id == Inquiry.household_id)
        .join(District, District.id == Household.district_id)
        .join(Person, Person.id == Inquiry.person_id)
        .join(Staff, Staff.id == Inquiry.asked_by)
        .outerjoin(_Approver, _Approver.id == Inquiry.approved_by)
        .outerjoin(PaperRecord, PaperRecord.id == Inquiry.paper_id)
    )


def _drafted_by(session: Session, staff: SignedInStaff, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these inquiries of which the person drafted something."""
    s = InquiryStepRecord
    by_me = (s.by_id == staff.staff_id, s.state == InquiryState.DRAFTED)
    return set(session.scalars(select(s.inquiry_id).where(s.inquiry_id.in_(ids), *by_me)))


def _line(
    staff: SignedInStaff,
    today: date,
    row: Any,  # noqa: ANN401 - a row of `_found`
    agency: Agency | None,
    names: dict[UUID, tuple[str, str]],
    is_own: bool,  # noqa: FBT001 - handed on at once
) -> InquiryLine:
    i, household, district, person, by, approver, paper_year, paper_number = row
    return InquiryLine(
        inquiry_id=i.id,
        step=i.step,
        fiscal_year=i.fiscal_year,
        number=i.number,
        household_id=household.id,
        case_number=household.case_number,
        head_name=names.get(household.id, (household.head_name,))[0],
        district=district,
        person_id=i.person_id,
        person=person,
        agency=i.agency,
        agency_label=agency.name if agency else i.agency,
        agency_kind=agency.kind if agency else None,
        basis=i.basis,
        consent=i.consent,
        state=i.state,
        asked_on=japan_day(i.asked_at),
        asked_by=by,
        is_own=is_own,
        may_decide=not is_own and _decides(staff, household.district_id),
        due_on=i.due_on,
        approved_on=_day(i.approved_at),
        approved_by=approver or "",
        sent_on=_day(i.sent_at),
        reminded_on=_day(i.reminded_at),
        reminders=i.reminders,
        answered_on=i.answered_on,
        paper_label=number_label(paper_year, paper_number) if paper_number else "",
        checked_on=_day(i.checked_at),
        is_shielded=household.is_shielded,
        is_overdue=i.state is InquiryState.SENT and i.due_on < today,
    )


def _decides(staff: SignedInStaff, district_id: UUID) -> bool:
    return staff.may(Permission.DECIDE_APPROVALS) and bool(staff.positions_in(district_id))


def _day(at: datetime | None) -> date | None:
    return japan_day(at) if at else None
