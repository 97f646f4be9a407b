"""Households that a change concerns with the ticks that stand. Facts alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.office import SignedInStaff
from desktop.domain.rule_change_ticks import ConcernedHousehold, Tick
from desktop.domain.rule_changes import RuleChange
from desktop.models.households import Household
from desktop.models.office import District, Staff
from desktop.models.rule_changes import RuleChangeTick
from desktop.services.duty import own_households
from desktop.services.rule_changes.concerned import concerned


def households(
    session: Session, staff: SignedInStaff, change: RuleChange, today: date
) -> tuple[ConcernedHousehold, ...]:
    """Those of the own duty, by district and case number; none where the change concerns no household by name."""
    if change.concerns is None:
        return ()
    h, where = Household, own_households(staff)
    people = concerned(session, where, change.concerns, today)
    standing = ticks(session, change.key, where)
    rows = session.execute(
        select(h.id, h.case_number, h.head_name, h.is_shielded, District.name)
        .join(District, District.id == h.district_id)
        .where(where)
        .order_by(District.code, h.case_number)
    )
    return tuple(
        ConcernedHousehold(
            household_id=household_id,
            case_number=case_number,
            head_name=head_name,
            district=district,
            people=() if is_shielded else people[household_id],
            tick=standing.get(household_id),
        )
        for household_id, case_number, head_name, is_shielded, district in rows
        if household_id in people
    )


def ticks(session: Session, change_key: str, where: ColumnElement[bool]) -> dict[UUID, Tick]:
    """Household → the tick that stands, for the households of a condition."""
    t, later = RuleChangeTick, aliased(RuleChangeTick)
    rows = session.execute(
        select(t, Staff.name)
        .join(Household, Household.id == t.household_id)
        .join(Staff, Staff.id == t.ticked_by)
        .where(where, t.change_key == change_key, ~exists().where(later.replaces_id == t.id))
    )
    return {
        row.household_id: Tick(
            tick_id=row.id,
            state=row.state,
            version=row.change_version,
            by=by,
            at=row.ticked_at,
            has_note=row.has_note,
        )
        for row, by in rows
    }


def own(session: Session, staff: SignedInStaff) -> frozenset[UUID]:
    """Households of the districts that the person looks after, as the main caseworker or as a deputy."""
    h = Household
    return frozenset(session.scalars(select(h.id).where(h.district_id.in_(staff.district_ids))))
