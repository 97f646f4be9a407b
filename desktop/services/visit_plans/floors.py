"""How many visits the law asks for of each household of a district in a plan's year, set by set.

The database judges by the same figures (`app.required_visits` in `security/sql/58_visit_plan_moves.sql`); a test compares both.
Changes between home, hospital and facility inside the year count by the office's table (訪問回数の数え方).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import content_of
from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.visit_floors import Stay, required_in
from desktop.domain.visit_grades import FloorException, LivingPlace
from desktop.domain.visit_plan_periods import first_of_month, last_of
from desktop.domain.visit_plans import PlanException, PlanKind, PlannedVisit
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.visit_plans import VisitDeviation, VisitPlanRecord, VisitPlanVersion
from desktop.services.households.stays import stays_of
from desktop.services.masters.grade_lookup import counting_rule, visit_exceptions, visit_floors
from desktop.services.periods import holds_on
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.standing import deviations_of, standing, visits_made

_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a household's year asks for. `required` is 0 where it is not under protection; `since` its present period's first day.

    `place` is where it lives today, `stays` where in the year and in the one before it.
    """

    place: LivingPlace
    required: int
    since: date | None
    stays: tuple[Stay, ...] = ()

    @classmethod
    def none(cls) -> Demand:
        """Of a household that is not under protection here."""
        return cls(place=LivingPlace.HOME, required=0, since=None)


def demands(
    session: Session, office_id: UUID, district_id: UUID, first_on: date, today: date
) -> dict[UUID, Demand]:
    """Household under protection in the district → what the fiscal year from `first_on` asks for."""
    floors = visit_floors(session, office_id, today)
    by_place = {place: floors[place].visits_per_year for place in LivingPlace}
    rule = counting_rule(session, office_id, today)
    last_on = last_of(PlanKind.YEAR, first_on)
    of_district = Household.district_id == district_id
    stays = stays_of(session, of_district, months_later(first_on, -_MONTHS), last_on, today)
    found = {}
    for household_id, since in _under_protection(session, district_id, today).items():
        own = stays.get(household_id, ())
        is_asked = since is not None and since <= last_on
        found[household_id] = Demand(
            place=_place(own, today),
            required=required_in(own, by_place, rule, first_on, last_on) if is_asked else 0,
            since=since,
            stays=own,
        )
    return found


def under_floor(session: Session, plan_id: UUID, today: date) -> frozenset[UUID]:
    """Households of a stored year's plan with too few visits as they stand, and no exception that allows it."""
    plan = session.get_one(VisitPlanRecord, plan_id)
    if plan.kind is not PlanKind.YEAR:
        return frozenset()
    visits, exceptions = content_of(session, plan_id)
    deviations = deviations_of(session, VisitDeviation.plan_id == plan_id)
    stand = [s.visit for s in standing(visits, deviations) if not s.is_cancelled]
    return short_households(session, plan, stand, exceptions, today)


def short_households(
    session: Session,
    plan: VisitPlanRecord,
    visits: Iterable[PlannedVisit],
    exceptions: Iterable[PlanException],
    today: date,
) -> frozenset[UUID]:
    """Households with too few of these visits: planned from the month of the first draft on, and made before it."""
    counted = counting_visits(session, plan, visits)
    reasons = {e.household_id: e.reason for e in exceptions}
    allowed = visit_exceptions(session, plan.office_id, today)
    asked = demands(session, plan.office_id, plan.district_id, plan.first_on, today)
    return frozenset(
        household_id
        for household_id, demand in asked.items()
        if is_short(counted[household_id], demand.required, reasons.get(household_id, ""), allowed)
    )


def counting_visits(
    session: Session, plan: VisitPlanRecord, visits: Iterable[PlannedVisit]
) -> Counter[UUID]:
    """Household → visits that count for the floor of a plan's year.

    A plan that is drafted in the middle of its year promises nothing for the months that are over: what was really made
    before counts instead.
    """
    first = select(VisitPlanVersion.saved_at).where(
        VisitPlanVersion.plan_id == plan.id, VisitPlanVersion.version == 1
    )
    drafted_on = japan_day(session.scalars(first).one())
    from_month = first_of_month(drafted_on)
    planned = Counter(v.household_id for v in visits if v.month and v.month >= from_month)
    before = min(drafted_on, last_of(PlanKind.YEAR, plan.first_on)) - timedelta(days=1)
    of_district = Household.district_id == plan.district_id
    made = visits_made(session, of_district, plan.first_on, before)
    return planned + Counter(m.household_id for m in made if m.is_met)


def is_short(
    planned: int, required: int, reason: str, allowed: Mapping[str, FloorException]
) -> bool:
    """Whether so many visits are too few, with the exception that was given."""
    exception = allowed.get(reason)
    return planned < (required if exception is None else min(required, exception.fewest))


def _place(stays: Iterable[Stay], today: date) -> LivingPlace:
    """Where a household lives today, or will when its stays begin."""
    place = LivingPlace.HOME
    for number, stay in enumerate(stays):
        if number == 0 or stay.since <= today:
            place = stay.place
    return place


def _under_protection(session: Session, district_id: UUID, today: date) -> dict[UUID, date | None]:
    s = HouseholdStatePeriod
    began = (
        select(func.max(s.valid_from))
        .where(
            s.household_id == Household.id,
            s.state == HouseholdState.RECEIVING,
            holds_on(s, today),
        )
        .correlate(Household)
        .scalar_subquery()
    )
    receiving = Household.state == HouseholdState.RECEIVING
    found = select(Household.id, began).where(Household.district_id == district_id, receiving)
    return by_household(session, found)
