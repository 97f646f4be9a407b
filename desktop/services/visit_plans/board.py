"""The supervisor's board (進行管理表): every district of the duty by month; each figure opens its list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import visit_of
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_marks import StandingVisit, VisitOutcome, outcomes
from desktop.domain.visit_plan_periods import last_of, months_of
from desktop.domain.visit_plan_views import BoardCell, BoardRow, PlanHead, VisitBoard
from desktop.domain.visit_plans import PlanKind, PlannedVisit, PlanState
from desktop.models.households import Household
from desktop.models.office import District
from desktop.models.visit_plans import PlannedVisitRecord, VisitDeviation, VisitPlanRecord
from desktop.services.households.identity import shielded_names
from desktop.services.office import main_caseworkers
from desktop.services.visit_plans import heads
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.standing import deviations_of, standing, visits_made


def visit_board(session: Session, staff: SignedInStaff, first_on: date, today: date) -> VisitBoard:
    """The fiscal year from `first_on` of every district that is the person's duty. Approved plans alone are counted."""
    months = months_of(PlanKind.YEAR, first_on)
    of_duty = _districts(staff)
    year = (VisitPlanRecord.kind == PlanKind.YEAR, VisitPlanRecord.first_on == first_on)
    own = (VisitPlanRecord.district_id.in_(staff.own_district_ids),)
    conditions = year if staff.is_office_wide else year + own
    plans = {head.district_id: head for head in heads.heads(session, staff, *conditions)}
    by_district = outcomes_by_district(session, plans, of_duty, first_on, today=today)
    main = main_caseworkers(session, today)
    counts = by_household(
        session,
        select(Household.district_id, func.count())
        .where(Household.state == HouseholdState.RECEIVING, of_duty)
        .group_by(Household.district_id),
    )
    rows = tuple(
        BoardRow(
            district_id=district.id,
            district_code=district.code,
            district_name=district.name,
            caseworker=main.get(district.id, ("", None))[0],
            households=counts.get(district.id, 0),
            plan=plans.get(district.id),
            cells=_cells(months, by_district.get(district.id, ())),
        )
        for district in session.scalars(
            select(District)
            .where(District.id.in_([*counts, *plans]), District.office_id == staff.office_id)
            .order_by(District.code)
        )
    )
    return VisitBoard(
        first_on=first_on, months=months, rows=rows, names=_names(session, staff, rows, today)
    )


def outcomes_by_district(
    session: Session,
    plans: Mapping[UUID, PlanHead],
    of_duty: ColumnElement[bool],
    first_on: date,
    *,
    today: date,
) -> dict[UUID, list[VisitOutcome]]:
    """District → what became of the visits of its approved yearly plan. A household that moved on counts where it was planned."""
    approved = {
        head.plan_id: head.district_id
        for head in plans.values()
        if head.state is PlanState.APPROVED
    }
    stands = approved_standing(session, list(approved))
    of_plan = {s.visit.household_id: approved[p] for p, each in stands.items() for s in each}
    last = min(today, last_of(PlanKind.YEAR, first_on))
    where = of_duty | Household.id.in_(of_plan)
    made = visits_made(session, where, first_on, last)
    now = by_household(session, select(Household.id, Household.district_id).where(where))
    found = defaultdict[UUID, list[VisitOutcome]](list)
    every = [s for each in stands.values() for s in each]
    for outcome in outcomes(every, made, today):
        district_id = of_plan.get(outcome.household_id) or now.get(outcome.household_id)
        if district_id is not None:
            found[district_id].append(outcome)
    return found


def approved_standing(
    session: Session, plan_ids: Sequence[UUID]
) -> dict[UUID, tuple[StandingVisit, ...]]:
    """Plan → its visits as they stand, of many plans in two statements; notes are left out."""
    v = PlannedVisitRecord
    visits = defaultdict[UUID, list[PlannedVisit]](list)
    for row in session.scalars(
        select(v).where(v.plan_id.in_(plan_ids), v.to_version.is_(None)).order_by(v.visit_id)
    ):
        visits[row.plan_id].append(visit_of(row))
    deviations = defaultdict[UUID, list[VisitDeviation]](list)
    for d in deviations_of(session, VisitDeviation.plan_id.in_(plan_ids)):
        deviations[d.plan_id].append(d)
    return {
        plan_id: standing(tuple(visits[plan_id]), tuple(deviations[plan_id]))
        for plan_id in plan_ids
    }


def _districts(staff: SignedInStaff) -> ColumnElement[bool]:
    """Households of the districts on the board: those that the person looks after or supervises, or the office's."""
    office = Household.office_id == staff.office_id
    if staff.is_office_wide:
        return office
    return office & Household.district_id.in_(staff.own_district_ids)


def _cells(months: Sequence[date], found: Sequence[VisitOutcome]) -> tuple[BoardCell, ...]:
    by_month = defaultdict[date, list[VisitOutcome]](list)
    for outcome in found:
        by_month[outcome.month].append(outcome)
    return tuple(BoardCell(month=month, outcomes=tuple(by_month[month])) for month in months)


def _names(
    session: Session, staff: SignedInStaff, rows: Sequence[BoardRow], today: date
) -> dict[UUID, tuple[str, str]]:
    ids = {o.household_id for row in rows for cell in row.cells for o in cell.outcomes}
    h = Household
    found = session.execute(
        select(h.id, h.case_number, h.head_name, h.is_shielded, h.district_id).where(h.id.in_(ids))
    ).all()
    shielded = {row.id: row.district_id for row in found if row.is_shielded}
    names = shielded_names(session, staff, shielded, today)
    return {row.id: (row.case_number, names.get(row.id, (row.head_name, ""))[0]) for row in found}
