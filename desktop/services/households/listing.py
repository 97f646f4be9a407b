"""Rows of the household list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdRow
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household
from desktop.models.office import District
from desktop.services.households.identity import shielded_names
from desktop.services.office import main_caseworkers


def listed(
    session: Session,
    staff: SignedInStaff,
    where: Sequence[ColumnElement[bool]],
    today: date,
    *,
    offset: int,
    limit: int,
) -> tuple[HouseholdRow, ...]:
    """Households by kana from `offset` on. The page is cut before anything is joined to it."""
    page = (
        select(Household.id)
        .where(*where)
        .order_by(Household.sort_key, Household.id)
        .offset(offset)
        .limit(limit)
        .subquery("page")
    )
    rows = session.execute(
        select(
            Household.id,
            Household.case_number,
            Household.head_name,
            Household.head_kana,
            Household.district_id,
            Household.household_type,
            Household.state,
            Household.member_count,
            Household.is_shielded,
            District.code,
        )
        .join(page, page.c.id == Household.id)
        .join(District, District.id == Household.district_id)
        .order_by(Household.sort_key, Household.id)
    ).all()
    if not rows:
        return ()
    caseworkers = main_caseworkers(session, today, {r.district_id for r in rows})
    names = shielded_names(
        session, staff, {r.id: r.district_id for r in rows if r.is_shielded}, today
    )
    return tuple(
        HouseholdRow(
            household_id=r.id,
            case_number=r.case_number,
            head_name=names.get(r.id, (r.head_name, ""))[0],
            head_kana=names.get(r.id, ("", r.head_kana))[1],
            district_code=r.code,
            caseworker=_name(caseworkers, r.district_id),
            household_type=r.household_type,
            state=r.state,
            member_count=r.member_count,
            is_shielded=r.is_shielded and r.id not in names,
        )
        for r in rows
    )


def _name(caseworkers: dict[UUID, tuple[str, UUID | None]], district_id: UUID) -> str:
    return caseworkers.get(district_id, ("", None))[0]
