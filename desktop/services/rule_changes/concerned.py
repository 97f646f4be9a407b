"""Which households a change concerns: each question of the catalogue as one condition on facts. No file is opened.

What a person may not read is not found: on PostgreSQL by its row policies, on both by the condition on the own duty.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain import rule_change_concerns as concerns
from desktop.domain.households import HouseholdState
from desktop.domain.procedures import ProcedureKind
from desktop.domain.rule_change_concerns import Concern
from desktop.models.households import Household, Member, Person
from desktop.models.income_months import IncomeMonthRecord
from desktop.models.ledger import ResidencePeriod, WorkPeriod
from desktop.models.procedures import ProcedureRecord
from desktop.services.periods import holds_on
from desktop.services.procedures.loading import counts


def concerned(
    session: Session, where: ColumnElement[bool], concern: Concern, today: date
) -> dict[UUID, tuple[str, ...]]:
    """Household → the names of those in it who are meant; none where the household itself is."""
    receiving = where & (Household.state == HouseholdState.RECEIVING)
    whole = _of_household(concern)
    if whole is not None:
        found = session.scalars(select(Household.id).where(receiving, whole))
        return dict.fromkeys(found, ())
    rows = session.execute(
        select(Member.household_id, Person.name)
        .join(Person, Person.id == Member.person_id)
        .join(Household, Household.id == Member.household_id)
        .where(receiving, holds_on(Member, today), Person.died_on.is_(None))
        .where(_of_person(concern, today))
        .order_by(Member.household_id, Person.kana, Person.id)
    )
    people: dict[UUID, list[str]] = {}
    for household_id, name in rows:
        people.setdefault(household_id, []).append(name)
    return {household_id: tuple(names) for household_id, names in people.items()}


def _of_household(concern: Concern) -> ColumnElement[bool] | None:
    """The condition on a household; None for a question about its people."""
    match concern:
        case concerns.Everyone():
            return Household.id.is_not(None)
        case concerns.OfType(types=types):
            return Household.household_type.in_(types)
        case concerns.NotSurveyed(year=year):
            p = ProcedureRecord
            closed = exists().where(
                p.household_id == Household.id,
                p.kind == ProcedureKind.TAX_SURVEY,
                p.year == year,
                p.ended_on.is_not(None),
                counts(),
            )
            return ~closed
    return None


def _of_person(concern: Concern, today: date) -> ColumnElement[bool]:
    match concern:
        case concerns.Turning(age=age, first=first, last=last):
            return _born(_years_before(first, age), _years_before(_next(last), age))
        case concerns.Aged(lowest=lowest, highest=highest, on=on):
            after = _next(on)
            return _born(_years_before(after, highest + 1), _years_before(after, lowest))
        case concerns.InGrade(born=(first, last)):
            return _born(first, _next(last))
        case concerns.Staying(kinds=kinds):
            r = ResidencePeriod
            return exists().where(r.person_id == Person.id, holds_on(r, today), r.kind.in_(kinds))
        case concerns.Earning(months=months):
            return _earns(today, months)
    raise TypeError(concern)


def _earns(today: date, months: int) -> ColumnElement[bool]:
    w, i, later = WorkPeriod, IncomeMonthRecord, aliased(IncomeMonthRecord)
    works = exists().where(w.person_id == Person.id, holds_on(w, today))
    put_right = exists().where(later.replaces_id == i.id)
    earned = exists().where(
        i.person_id == Person.id,
        i.household_id == Member.household_id,
        i.month >= _months_before(today, months),
        i.gross > 0,
        ~put_right,
    )
    return or_(works, earned)


def _born(first: date, before: date) -> ColumnElement[bool]:
    return (Person.birth_date >= first) & (Person.birth_date < before)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; 29 February is 1 March where the year has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
