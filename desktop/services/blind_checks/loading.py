"""The page of a quarter: draws, drawn cases, and how often both answered alike. Facts only: no file is opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from desktop.database.blind_checks import Reach, blind_agreement
from desktop.domain.blind_checks import BlindItem, CheckRow, Draw
from desktop.domain.office import SignedInStaff
from desktop.models.blind_checks import BlindCheck, BlindCheckAssignment, BlindDraw
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.support_groups import SupportGroupDecision


def reach_of(staff: SignedInStaff) -> Reach:
    """Whose cases somebody draws and sees: the office for heads, the supervised districts for a supervisor."""
    districts = None if staff.is_office_wide else staff.supervised_district_ids
    return Reach(office_id=staff.office_id, district_ids=districts)


def checks(session: Session, reach: Reach) -> tuple[CheckRow, ...]:
    """Every drawn case in reach with whoever is or was asked, by case number."""
    c, d, x, second = BlindCheck, SupportGroupDecision, BlindCheckAssignment, aliased(Staff)
    same = blind_agreement(session, reach)
    rows = session.execute(
        select(
            *(c.id, c.draw_id, c.household_id, c.person_id, Household.case_number, Person.name),
            *(d.group, d.effective_from, x.id, second.name, x.assigned_at, x.answered_at),
        )
        .join(Household, Household.id == c.household_id)
        .join(Person, Person.id == c.person_id)
        .join(d, d.id == c.decision_id)
        .outerjoin(x, and_(x.check_id == c.id, x.withdrawn_at.is_(None)))
        .outerjoin(second, second.id == x.second_id)
        .where(reach.households)
        .order_by(Household.case_number, c.id)
    )
    return tuple(_row(tuple(row), same) for row in rows)


def _row(row: tuple[object, ...], same: Mapping[UUID, Mapping[BlindItem, bool]]) -> CheckRow:
    names = ("check_id", "draw_id", "household_id", "person_id", "case_number", "name")
    more = ("group", "decided_on", "assignment_id", "second", "assigned_at", "answered_at")
    given = dict(zip((*names, *more), row, strict=True))
    given["second"] = given["second"] or ""
    return CheckRow(**given, same=same.get(cast("UUID", row[0])))  # type: ignore[arg-type]


def draws(session: Session, staff: SignedInStaff, quarter_on: date) -> tuple[Draw, ...]:
    """The draws of a quarter, in order: the own ones, all of the office for whoever's duty it is."""
    w = BlindDraw
    whose = w.office_id == staff.office_id
    if not staff.is_office_wide:
        whose &= w.drawn_by == staff.staff_id
    rows = session.execute(
        select(w, Staff.name)
        .join(Staff, Staff.id == w.drawn_by)
        .where(whose, w.quarter_on == quarter_on)
        .order_by(w.drawn_at, w.id)
    )
    return tuple(
        Draw(
            draw_id=row.id,
            quarter_on=row.quarter_on,
            wanted=row.wanted,
            pool=row.pool,
            seed=row.seed,
            reason=row.reason,
            drawn_by=by,
            drawn_at=row.drawn_at,
        )
        for row, by in rows
    )
