"""The visit grade (訪問格付) of a household: this office's newest decision in force, without one what the ledger says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.visit_grades import GradeState, LivingPlace, living_place
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import HouseholdStatePeriod, ResidencePeriod, VisitGradePeriod
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.periods import holds_on

_PLACES = {
    ResidenceKind.HOME: LivingPlace.HOME,
    ResidenceKind.HOSPITAL: LivingPlace.HOSPITAL,
    ResidenceKind.FACILITY: LivingPlace.FACILITY,
}


def grade_of(session: Session, household_id: UUID, on: date) -> str | None:
    """The code of the grade in force on a day, None where none is known."""
    return session.scalar(select(present_grade(on)).where(Household.id == household_id))


def present_grade(on: date) -> ColumnElement[str | None]:
    """The code of a household's grade on a day, for a statement on `Household`; NULL where none is known."""
    g, v = VisitGradeRecord, VisitGradePeriod
    decided = (
        select(g.grade)
        .where(g.household_id == Household.id, is_decided(on), g.effective_from <= on)
        .order_by(g.effective_from.desc(), g.approved_at.desc(), g.id.desc())
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )
    of_ledger = (
        select(v.grade)
        .where(v.household_id == Household.id, holds_on(v, on))
        .order_by(v.valid_from.desc())
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )
    return func.coalesce(decided, of_ledger)


def is_decided(on: date) -> ColumnElement[bool]:
    """The row of `visit_grade` was approved, and its household was not closed since its first day."""
    g, s = VisitGradeRecord, HouseholdStatePeriod
    closed_since = (
        exists()
        .where(
            s.household_id == g.household_id,
            s.state == HouseholdState.CLOSED,
            s.valid_from > g.effective_from,
            s.valid_from <= on,
        )
        .correlate(g)
    )
    return (g.state == GradeState.APPROVED) & ~closed_since


def last_decided(session: Session, household_id: UUID, on: date) -> date | None:
    """The first day of the decision that begins last, also of one that is to come."""
    g = VisitGradeRecord
    return session.scalar(
        select(func.max(g.effective_from)).where(g.household_id == household_id, is_decided(on))
    )


def place_of(session: Session, household_id: UUID, on: date) -> LivingPlace:
    """Where the household is visited by the ledger: home where anybody of it is."""
    m, r = Member, ResidencePeriod
    newest = (
        select(r.kind)
        .where(r.person_id == m.person_id, holds_on(r, on))
        .order_by(r.valid_from.desc())
        .limit(1)
        .correlate(m)
        .scalar_subquery()
    )
    kinds = session.scalars(
        select(newest)
        .select_from(m)
        .join(Person, Person.id == m.person_id)
        .where(m.household_id == household_id, holds_on(m, on), Person.died_on.is_(None))
    )
    return living_place([_PLACES[ResidenceKind(kind or ResidenceKind.HOME)] for kind in kinds])


def lives_at_home(on: date) -> ColumnElement[bool]:
    """Somebody of the household lives neither in a hospital nor in a facility; for a statement on `Household`."""
    m, r = Member, ResidencePeriod
    elsewhere = (
        exists()
        .where(r.person_id == m.person_id, holds_on(r, on), r.kind != ResidenceKind.HOME)
        .correlate(m)
    )
    return (
        exists()
        .where(
            m.household_id == Household.id,
            holds_on(m, on),
            Person.id == m.person_id,
            Person.died_on.is_(None),
            ~elsewhere,
        )
        .correlate(Household)
    )
