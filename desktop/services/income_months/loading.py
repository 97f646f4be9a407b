"""Earned incomes of an opened file, of a grid's month, and for figures. A row that a later one stands for counts nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.income_months import Earned, IncomeMonth
from desktop.models.households import Household, Person
from desktop.models.income_months import IncomeMonthRecord, IncomeMonthText
from desktop.models.office import Staff


def income_months(session: Session, household_id: UUID) -> tuple[IncomeMonth, ...]:
    """Every row of an opened household, the latest month and the newest row first."""
    i, t, later = IncomeMonthRecord, IncomeMonthText, aliased(IncomeMonthRecord)
    rows = session.execute(
        select(i, t.reason, Person.name, Staff.name, later.id)
        .outerjoin(t, t.income_id == i.id)
        .outerjoin(later, later.replaces_id == i.id)
        .join(Person, Person.id == i.person_id)
        .join(Staff, Staff.id == i.noted_by)
        .where(i.household_id == household_id)
        .order_by(i.month.desc(), Person.kana, i.person_id, i.noted_at.desc(), i.id.desc())
    )
    return tuple(
        IncomeMonth(
            income_id=row.id,
            person_id=row.person_id,
            person=person,
            month=row.month,
            earned=_earned(row.gross, row.recognised),
            read_from=row.read_from,
            noted_by=by,
            noted_at=row.noted_at,
            reason=reason or "",
            is_correction=row.replaces_id is not None,
            is_old=later_id is not None,
        )
        for row, reason, person, by, later_id in rows
    )


def earned_in(
    session: Session, where: ColumnElement[bool], month: date
) -> dict[tuple[UUID, UUID], Earned]:
    """Household and person → what is known of a month, for the households of a condition. Facts only."""
    i = IncomeMonthRecord
    rows = session.execute(
        select(i.household_id, i.person_id, i.gross, i.recognised)
        .join(Household, Household.id == i.household_id)
        .where(where, i.month == month, _stands())
    )
    found = (((home, person), _earned(gross, rec)) for home, person, gross, rec in rows)
    return {whose: earned for whose, earned in found if earned is not None}


def earned_since(
    session: Session, where: ColumnElement[bool], since: date
) -> Mapping[UUID, Mapping[date, Earned]]:
    """Person → month → what is known, from a month on. Where two households wrote of one month, the newest row counts. Facts only."""
    i = IncomeMonthRecord
    rows = session.execute(
        select(i.person_id, i.month, i.gross, i.recognised)
        .join(Household, Household.id == i.household_id)
        .where(where, i.month >= since, _stands())
        .order_by(i.noted_at, i.id)
    )
    found: dict[UUID, dict[date, Earned]] = defaultdict(dict)
    for person_id, month, gross, recognised in rows:
        if gross is not None:
            found[person_id][month] = Earned(gross=gross, recognised=recognised)
    return found


def _stands() -> ColumnElement[bool]:
    later = aliased(IncomeMonthRecord)
    return ~exists().where(later.replaces_id == IncomeMonthRecord.id)


def _earned(gross: int | None, recognised: int | None) -> Earned | None:
    return None if gross is None else Earned(gross=gross, recognised=recognised)
