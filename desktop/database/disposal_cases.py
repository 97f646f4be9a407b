"""What decides about closed households: their dated states, holds, open approvals and lists. The same query on both databases."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState
from desktop.domain.carry_outs import CarryOutState
from desktop.domain.clock import japan_day
from desktop.domain.disclosures import OPEN_STATES as OPEN_DISCLOSURES
from desktop.domain.disposal import OPEN_STATES, ClosedCase
from desktop.domain.holds import HoldKind
from desktop.domain.households import HouseholdState
from desktop.domain.inquiries import CLOSED
from desktop.domain.papers import PaperState
from desktop.models.approvals import Approval
from desktop.models.carry_outs import CarryOutItem, CarryOutRecord
from desktop.models.disclosures import Disclosure
from desktop.models.disposal import DisposalItem, DisposalList, Hold
from desktop.models.households import Household
from desktop.models.inquiries import Inquiry
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.papers import PaperRecord

_PROTECTED = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


def closed_cases(
    session: Session,
    office_id: UUID,
    day: date,
    only: Collection[UUID] | None = None,
    *,
    list_id: UUID | None = None,
) -> tuple[ClosedCase, ...]:
    """Households of the office that are closed on the day, by case number; those named in `only`, closed or not.

    A file that was disposed of has no dated states any more, and is none of them. `list_id` is the list on which they stand.
    """  # fmt: skip
    closed, started = _last_closed(day), _first_protected()
    found = (
        select(
            Household.id,
            Household.case_number,
            Household.head_name,
            Household.state,
            started.c.day.label("started"),
            closed.c.valid_from.label("closed_on"),
            _in_approval().label("in_approval"),
            _open_paper().label("open_paper"),
            _open_disclosure().label("open_disclosure"),
            _open_inquiry().label("open_inquiry"),
            _listed(list_id).label("listed"),
            _carried().label("carried"),
        )
        .outerjoin(closed, closed.c.household_id == Household.id)
        .outerjoin(started, started.c.household_id == Household.id)
        .where(Household.office_id == office_id)
        .order_by(Household.case_number)
    )
    if only is None:
        found = found.where(
            Household.state == HouseholdState.CLOSED, closed.c.valid_from.is_not(None)
        )
    else:
        found = found.where(Household.id.in_(only))
    rows = session.execute(found).all()
    holds = _holds(session, office_id, day)
    return tuple(_case(row, holds.get(row.id, ())) for row in rows)


def _case(row: Any, holds: tuple[HoldKind, ...]) -> ClosedCase:  # noqa: ANN401 - a row of SQLAlchemy
    return ClosedCase(
        household_id=row.id,
        case_number=row.case_number,
        head_name=row.head_name,
        state=row.state,
        protected_from=row.started,
        closed_on=row.closed_on,
        holds=holds,
        is_in_approval=bool(row.in_approval),
        has_open_paper=bool(row.open_paper),
        has_open_disclosure=bool(row.open_disclosure),
        has_open_inquiry=bool(row.open_inquiry),
        is_listed=bool(row.listed),
        carried_on=japan_day(row.carried) if row.carried else None,
    )


def _last_closed(day: date) -> Any:  # noqa: ANN401 - a subquery
    """The last state period of a household where it says closed and holds on the day."""
    later = HouseholdStatePeriod.__table__.alias()
    period = HouseholdStatePeriod
    return (
        select(period.household_id, period.valid_from)
        .where(
            period.state == HouseholdState.CLOSED,
            period.valid_from <= day,
            or_(period.valid_to.is_(None), period.valid_to >= day),
            ~exists().where(
                later.c.household_id == period.household_id, later.c.valid_from > period.valid_from
            ),
        )
        .subquery()
    )


def _first_protected() -> Any:  # noqa: ANN401 - a subquery
    period = HouseholdStatePeriod
    return (
        select(period.household_id, func.min(period.valid_from).label("day"))
        .where(period.state.in_(_PROTECTED))
        .group_by(period.household_id)
        .subquery()
    )


def _in_approval() -> ColumnElement[bool]:
    return exists().where(
        Approval.household_id == Household.id,
        Approval.state.in_((ApprovalState.WAITING, ApprovalState.HELD)),
    )


def _open_paper() -> ColumnElement[bool]:
    return exists().where(
        PaperRecord.household_id == Household.id, PaperRecord.state != PaperState.SETTLED
    )


def _open_disclosure() -> ColumnElement[bool]:
    return exists().where(
        Disclosure.household_id == Household.id, Disclosure.state.in_(OPEN_DISCLOSURES)
    )


def _open_inquiry() -> ColumnElement[bool]:
    return exists().where(Inquiry.household_id == Household.id, Inquiry.state.not_in(CLOSED))


def _carried() -> Any:  # noqa: ANN401 - a subquery
    """When papers of the file were last taken out of the office, or were to be."""
    trip, item = CarryOutRecord, CarryOutItem
    return (
        select(func.max(trip.leaving_at))
        .join(item, item.carry_out_id == trip.id)
        .where(item.household_id == Household.id, trip.state != CarryOutState.WITHDRAWN)
        .correlate(Household)
        .scalar_subquery()
    )


def _listed(list_id: UUID | None) -> ColumnElement[bool]:
    on_list = and_(
        DisposalItem.household_id == Household.id,
        DisposalList.id == DisposalItem.list_id,
        DisposalList.state.in_(OPEN_STATES),
    )
    other = DisposalList.id != list_id if list_id else DisposalList.id.is_not(None)
    return exists().where(on_list, other)


def _holds(session: Session, office_id: UUID, day: date) -> dict[UUID, tuple[HoldKind, ...]]:
    running = select(Hold.household_id, Hold.kind).where(
        Hold.office_id == office_id,
        Hold.valid_from <= day,
        or_(Hold.valid_to.is_(None), Hold.valid_to >= day),
    )
    found: dict[UUID, tuple[HoldKind, ...]] = {}
    for household_id, kind in session.execute(running):
        found[household_id] = (*found.get(household_id, ()), kind)
    return found
