"""Telephone memos on a desk: of whoever looks after the household today, and of who supervises where nobody does or it is late.

Facts only. A memo follows the duty and no name: it is asked for by district whenever the desk is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.telephone_memos import desk_words
from desktop.domain.todos import TodoOrigin
from desktop.models.households import Household
from desktop.models.office import Staff, StaffAbsence
from desktop.models.telephone_memos import TelephoneMemo, TelephoneMemoText
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.todos.lines import Line


def memo_lines(session: Session, staff: SignedInStaff, today: date) -> Iterator[Line]:
    """Open memos for this desk. Whoever asks adds the household's names."""
    m = TelephoneMemo
    unattended = unattended_districts(session, staff.supervised_district_ids, today)
    climbs = Household.district_id.in_(staff.supervised_district_ids) & (m.due_on < today)
    rows = session.execute(
        select(m, Staff.name)
        .join(Household, Household.id == m.household_id)
        .join(Staff, Staff.id == m.taken_by)
        .where(
            m.office_id == staff.office_id,
            m.answered_at.is_(None),
            or_(Household.district_id.in_(staff.district_ids | unattended), climbs),
        )
    )
    yield from (_line(memo, taker) for memo, taker in rows)
    yield from _unidentified(session, staff, today)


def memo_words(session: Session, memo_ids: Collection[UUID]) -> dict[UUID, str]:
    """Each memo in one line. The files' tickets are held already."""
    m, t = TelephoneMemo, TelephoneMemoText
    rows = session.execute(
        select(m.id, t.who, t.what, m.call_back)
        .join(t, t.memo_id == m.id)
        .where(m.id.in_(memo_ids))
    )
    return {memo_id: desk_words(who, what, call_back) for memo_id, who, what, call_back in rows}


def unattended_districts(
    session: Session, district_ids: frozenset[UUID], today: date
) -> frozenset[UUID]:
    """Of these districts those without a caseworker today, or whose caseworker is away and has nobody standing in."""
    if not district_ids:
        return frozenset()
    found = main_caseworkers(session, today, district_ids)
    away = set(
        session.scalars(
            select(StaffAbsence.staff_id).where(
                StaffAbsence.staff_id.in_([staff_id for _, staff_id in found.values()]),
                StaffAbsence.substitute_id.is_(None),
                holds_on(StaffAbsence, today),
            )
        )
    )
    attended = {district for district, (_, staff_id) in found.items() if staff_id not in away}
    return district_ids - attended


def _unidentified(session: Session, staff: SignedInStaff, today: date) -> Iterator[Line]:
    """Calls whose household nobody knows: of who took them, and late ones of who supervises."""
    m = TelephoneMemo
    whose = m.taken_by == staff.staff_id
    if staff.supervised_district_ids and staff.may(Permission.DECIDE_APPROVALS):
        whose |= m.due_on < today
    rows = session.execute(
        select(m, Staff.name)
        .join(Staff, Staff.id == m.taken_by)
        .where(
            m.office_id == staff.office_id, m.household_id.is_(None), m.answered_at.is_(None), whose
        )
    )
    yield from (_line(memo, taker) for memo, taker in rows)


def _line(memo: TelephoneMemo, taker: str) -> Line:
    return Line(
        origin=TodoOrigin.TELEPHONE_MEMO,
        household_id=memo.household_id,
        case_number="",
        head_name="",
        due_on=memo.due_on,
        subject_id=memo.entry_id,
        memo_id=memo.id,
        from_name=taker,
    )
