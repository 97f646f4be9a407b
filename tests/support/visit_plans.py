"""Visit plans for tests: made by hand, visit by visit, of obviously made up households."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.households import ResidenceKind
from desktop.domain.ids import new_id
from desktop.domain.records import EntryState
from desktop.domain.visit_plan_views import PlanHead, YearPlan
from desktop.domain.visit_plans import (
    PlanChange,
    PlanKind,
    PlanMove,
    PlanMoveInput,
    PlannedVisit,
    WhyVersion,
)
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod, VisitGradePeriod
from desktop.models.office import District, Office, Staff
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import LONG_AGO, add, make_entry, make_household, make_person

APRIL = date(2024, 4, 1)


def month(number: int, year: int = 2024) -> date:
    """The first day of a month of the fiscal year that began in April of `year`."""
    return date(year + (number < APRIL.month), number, 1)


def a_visit(household_id: UUID, when: date | None, **given: Any) -> PlannedVisit:
    """A visit of 40 minutes that the grade made due."""
    visit = PlannedVisit(
        visit_id=new_id(),
        household_id=household_id,
        month=when,
        minutes=40,
        rule="grade",
        values={"grade": "D", "visits_a_year": 2},
        unplanned="" if when else "full",
    )
    return replace(visit, **given)


def a_change(office: SmallOffice, *visits: PlannedVisit, **given: Any) -> PlanChange:
    """A new yearly plan of the office's district."""
    change = PlanChange(
        plan_id=new_id(),
        save_id=new_id(),
        district_id=district_of(office),
        kind=PlanKind.YEAR,
        first_on=APRIL,
        version=0,
        why=WhyVersion.PROPOSED,
        visits=visits,
    )
    return replace(change, **given)


def next_change(head: PlanHead, *visits: PlannedVisit, **given: Any) -> PlanChange:
    """A change of the plan as it stands."""
    change = PlanChange(
        plan_id=head.plan_id,
        save_id=new_id(),
        district_id=head.district_id,
        kind=head.kind,
        first_on=head.first_on,
        version=head.version,
        why=WhyVersion.EDITED,
        visits=visits,
    )
    return replace(change, **given)


def two_visits(office: SmallOffice) -> tuple[PlannedVisit, PlannedVisit]:
    """As many as the law asks for, in November and February."""
    return a_visit(office.household_id, month(11)), a_visit(office.household_id, month(2))


def do(desk: Desk, head: PlanHead | YearPlan, move: PlanMove, words: str = "") -> PlanHead:
    """Move the plan as it was shown."""
    shown = head.head if isinstance(head, YearPlan) else head
    given = PlanMoveInput(
        plan_id=shown.plan_id,
        version=shown.version,
        content_hash=shown.content_hash,
        move=move,
        words=words,
    )
    return desk.visit_plans.move(given)


def district_of(office: SmallOffice) -> UUID:
    """The office's district."""
    with office.work() as session:
        return session.get_one(Household, office.household_id).district_id


def one_more_household(work: UnitOfWork, beside: UUID, **given: Any) -> UUID:
    """A household of the same district; its head has a person of its own."""
    with work() as session:
        household = session.get_one(Household, beside)
        district = session.get_one(District, household.district_id)
        head = make_person(session, session.get_one(Office, district.office_id))
        return make_household(session, district=district, head=head, **given).id


def visited(office: SmallOffice, on: date, *, is_met: bool = True) -> None:
    """The caseworker went there, and wrote it up."""
    with office.work() as session:
        make_entry(
            session,
            session.get_one(Household, office.household_id),
            session.get_one(Staff, office.caseworker.staff_id),
            event_on=on,
            result_code="11" if is_met else "21",
            is_home_visit=is_met,
            is_absence=not is_met,
            state=EntryState.SUBMITTED,
        )


def graded(office: SmallOffice, grade: str) -> None:
    """The ledger says this grade since long ago."""
    with office.work() as session:
        add(
            session,
            VisitGradePeriod(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                valid_from=LONG_AGO,
                grade=grade,
            ),
        )


def lives_in(office: SmallOffice, household_id: UUID, kind: ResidenceKind) -> None:
    """Everybody of the household has been in a hospital or facility since long ago."""
    with office.work() as session:
        for person_id in session.scalars(
            select(Member.person_id).where(Member.household_id == household_id)
        ).all():
            add(
                session,
                ResidencePeriod(
                    office_id=office.caseworker.office_id,
                    person_id=person_id,
                    valid_from=LONG_AGO,
                    kind=kind,
                    place="架空の里",
                ),
            )
