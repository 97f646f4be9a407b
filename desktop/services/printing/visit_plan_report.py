"""The report of a month over all districts of a duty (K-27): what was planned and done, who was not visited, what is late."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.forms import Stamp
from desktop.domain.households import HouseholdState
from desktop.domain.imprint import Imprint
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.domain.visit_plan_forms import (
    DistrictReport,
    Unvisited,
    VisitReport,
    counts_of,
    is_unrecorded,
    months_since,
)
from desktop.domain.visit_plan_periods import first_of_year
from desktop.domain.visit_plan_views import BoardRow
from desktop.models.households import Household
from desktop.models.records import EntryRecord
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.support_policies.standing import is_in_force
from desktop.services.visit_plans.board import visit_board
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.household_facts import last_met

_THREE, _SIX, _TWELVE = 3, 6, 12


def report(
    session: Session,
    staff: SignedInStaff,
    month: date,
    imprint: Imprint,
    stamps: tuple[Stamp, ...],
    today: date,
) -> VisitReport:
    """The report: marks from the board, the rest counted today."""
    board = visit_board(session, staff, first_of_year(month), today)
    rows = board.rows
    of_rows = Household.district_id.in_([row.district_id for row in rows])
    of_duty = of_rows & (Household.state == HouseholdState.RECEIVING)
    unvisited = _unvisited(session, of_duty, today)
    policies = _policies_overdue(session, of_duty, today)
    undecided = _undecided(session, of_rows)
    return VisitReport(
        imprint=imprint,
        month=month,
        as_of=today,
        lines=tuple(
            _line(
                row,
                month,
                today,
                unvisited=unvisited.get(row.district_id, Unvisited()),
                policies_overdue=policies.get(row.district_id, 0),
                undecided=undecided.get(row.district_id, 0),
            )
            for row in rows
        ),
        stamps=stamps,
    )


def _line(
    row: BoardRow,
    month: date,
    today: date,
    *,
    unvisited: Unvisited,
    policies_overdue: int,
    undecided: int,
) -> DistrictReport:
    so_far = tuple(o for cell in row.cells if cell.month <= month for o in cell.outcomes)
    of_month = tuple(o for o in so_far if o.month == month)
    return DistrictReport(
        district_code=row.district_code,
        district_name=row.district_name,
        caseworker=row.caseworker,
        plan=row.plan.state if row.plan else None,
        households=row.households,
        month=counts_of(of_month),
        year=counts_of(so_far),
        overdue=sum(o.is_overdue for o in so_far),
        unrecorded=sum(is_unrecorded(o, today, by_day=False) for o in so_far),
        unvisited=unvisited,
        policies_overdue=policies_overdue,
        undecided=undecided,
    )


def _unvisited(
    session: Session, of_duty: ColumnElement[bool], today: date
) -> dict[UUID, Unvisited]:
    """District → households by the full months since a visit met them."""
    met = last_met(session, of_duty, today)
    rows = session.execute(select(Household.id, Household.district_id).where(of_duty))
    found = defaultdict[UUID, Counter[int]](Counter)
    for household_id, district_id in rows:
        day = met.get(household_id)
        found[district_id][-1 if day is None else _band(months_since(day, today))] += 1
    return {
        district_id: Unvisited(
            three=bands[_THREE], six=bands[_SIX], twelve=bands[_TWELVE], never=bands[-1]
        )
        for district_id, bands in found.items()
    }


def _band(months: int) -> int:
    """The band of the paper that so many months belong to; 0 for none."""
    return max((band for band in (_THREE, _SIX, _TWELVE) if months >= band), default=0)


def _policies_overdue(
    session: Session, of_duty: ColumnElement[bool], today: date
) -> dict[UUID, int]:
    """District → households whose policy in force was to be reviewed before today."""
    p = SupportPolicyRecord
    return by_household(
        session,
        select(Household.district_id, func.count())
        .join(p, p.household_id == Household.id)
        .where(of_duty, is_in_force(), p.review_due_on < today)
        .group_by(Household.district_id),
    )


def _undecided(session: Session, of_rows: ColumnElement[bool]) -> dict[UUID, int]:
    """District → entries that were handed in and wait for their approval."""
    e = EntryRecord
    return by_household(
        session,
        select(Household.district_id, func.count())
        .join(e, e.household_id == Household.id)
        .where(of_rows, e.state == EntryState.SUBMITTED)
        .group_by(Household.district_id),
    )
