"""What rules V05 and V06 judge by: the office's legal floors, and how many visits twelve months of a household ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.visit_floors import required_in
from desktop.domain.visit_grades import LivingPlace
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.records import Contact
from desktop.services.households.stays import stays_of
from desktop.services.masters.grade_lookup import counting_rule, visit_floors
from desktop.services.supervision.scope import Scope
from desktop.services.supervision.visits import contacts_of

_MONTHS = 12
#: Households whose stays are read at once.
_AT_ONCE = 500


def year_ago(scope: Scope) -> date:
    """The day after which the twelve months begin."""
    return months_later(scope.today, -_MONTHS)


def visit_days(scope: Scope, since: date) -> ColumnElement[int]:
    """Days after `since` on which somebody of the household was really visited."""
    return contacts_of(
        scope,
        func.count(distinct(Contact.happened_on)),
        Contact.is_home_visit,
        Contact.happened_on > since,
    ).scalar_subquery()


def floors_by_place(session: Session, scope: Scope) -> Mapping[LivingPlace, int]:
    """The fewest visits a year at each place."""
    floors = visit_floors(session, scope.office_id, scope.today)
    return {place: floors[place].visits_per_year for place in LivingPlace}


def protected_since(scope: Scope) -> ColumnElement[date]:
    """The first day of a household's protection since its last closing, also before a suspension (停止)."""
    s, closed = HouseholdStatePeriod, aliased(HouseholdStatePeriod)
    closed_since = exists().where(
        and_(
            closed.household_id == s.household_id,
            closed.state == HouseholdState.CLOSED,
            closed.valid_from > s.valid_from,
            closed.valid_from <= scope.today,
        )
    )
    return (
        select(func.min(s.valid_from))
        .where(
            s.household_id == Household.id,
            s.state == HouseholdState.RECEIVING,
            ~closed_since.correlate(s),
        )
        .correlate(Household)
        .scalar_subquery()
    )


def required_of(
    session: Session,
    scope: Scope,
    floors: Mapping[LivingPlace, int],
    household_ids: Sequence[UUID],
    since: date,
) -> dict[UUID, int]:
    """Household → visits that the twelve months after `since` ask for, by the office's way of counting."""
    rule = counting_rule(session, scope.office_id, scope.today)
    first, found = since + timedelta(days=1), dict.fromkeys(household_ids, 0)
    for begin in range(0, len(household_ids), _AT_ONCE):
        wanted = Household.id.in_(household_ids[begin : begin + _AT_ONCE])
        for household_id, stays in stays_of(
            session, wanted, first, scope.today, scope.today
        ).items():
            found[household_id] = required_in(stays, floors, rule, first, scope.today)
    return found
