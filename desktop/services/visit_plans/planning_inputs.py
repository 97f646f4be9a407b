"""Everything of a district that a planning problem is made of, read in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.need_points import (
    ManualPoint,
    Need,
    NeedFacts,
    NeedPoint,
    NeedRule,
    need_of,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.places import Place, PlaceLevel
from desktop.domain.visit_floors import CountingRule
from desktop.domain.visit_grades import LivingPlace, VisitGrade
from desktop.domain.visit_marks import VisitMade
from desktop.domain.visit_plan_periods import last_of
from desktop.domain.visit_plans import PlanKind
from desktop.domain.visit_preferences import VisitPreference
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod
from desktop.models.office import District
from desktop.models.visit_plans import PlannedVisitRecord, VisitPlanRecord
from desktop.planning import problem as planner
from desktop.planning import travel
from desktop.planning.halves import Half, HalfDay
from desktop.planning.weights import Weights
from desktop.services.masters import lookup, lookup_visits
from desktop.services.masters.grade_lookup import counting_rule, visit_floors
from desktop.services.periods import holds_on
from desktop.services.places.loading import places_of as town_places
from desktop.services.visit_plans import planner_data
from desktop.services.visit_plans.applications import waiting_applications
from desktop.services.visit_plans.by_household import by_household
from desktop.services.visit_plans.expected import expected_visits
from desktop.services.visit_plans.floors import Demand, demands
from desktop.services.visit_plans.household_facts import HouseholdFacts, household_facts
from desktop.services.visit_plans.joint_inputs import JointInputs, joint_inputs
from desktop.services.visit_plans.need_loading import manual_points, need_facts
from desktop.services.visit_plans.standing import visits_made
from desktop.services.visit_plans.visiting_time import caseworker_of, visiting_time
from desktop.services.visit_preferences.loading import hit_rates_of, preferences

#: Visits that count for spacing and for the floor of the year that ends with the plan; of one before, the last is known anyway.
_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningInputs:
    """A district for the planner. `households` are those under protection and those that applied for it.

    `minutes` is how long an ordinary visit takes; `applications` are those that nobody went to yet; `staff_id` is the
    district's caseworker; `expected` are the days of visits still to be made before the first day; `manual` holds by visit the points that somebody gave by hand.
    """

    district_code: str
    first: date
    last: date
    today: date
    months: tuple[date, ...]
    households: Mapping[UUID, HouseholdFacts]
    demands: Mapping[UUID, Demand]
    made: Mapping[UUID, Sequence[VisitMade]]
    expected: Mapping[UUID, frozenset[date]]
    grades: Mapping[str, VisitGrade]
    floors: Mapping[LivingPlace, int]
    counting: CountingRule
    application_days: int
    applications: Mapping[UUID, date]
    need_facts: Mapping[UUID, NeedFacts]
    need_table: Mapping[NeedRule, NeedPoint]
    joint: JointInputs
    staff_id: UUID | None
    preferences: Mapping[UUID, VisitPreference]
    planner_households: Mapping[UUID, planner.Household]
    slots: tuple[planner.Slot, ...]
    blocked: tuple[planner.Blocked, ...]
    travel: travel.TravelTable
    weights: Weights
    minutes: int
    unknown_places: int
    manual: Mapping[UUID, ManualPoint] = field(default_factory=dict)

    def need(self, household_id: UUID, visit_id: UUID) -> Need:
        """The need points of one planned visit, with their reasons."""
        facts = self.need_facts.get(household_id, NeedFacts(days_since_contact=0))
        by_hand = self.manual.get(visit_id)
        return need_of(replace(facts, manual=(by_hand,) if by_hand else ()), self.need_table)


def planning_inputs(
    session: Session,
    staff: SignedInStaff,
    district_id: UUID,
    months: Sequence[date],
    first: date,
    today: date,
    *,
    plan_id: UUID | None = None,
) -> PlanningInputs:
    """The district as it is known today, for a plan of these months from the first day on; `plan_id` is the plan that is there."""
    last = last_of(PlanKind.MONTH, months[-1])
    office_id = staff.office_id
    of_district = (Household.district_id == district_id) & (
        Household.state.in_((HouseholdState.RECEIVING, HouseholdState.APPLYING))
    )
    households = household_facts(session, staff, of_district, months, today)
    made = _made(session, of_district, min(first, today) - _LOOK_BACK, today)
    grades = lookup.visit_grades(session, office_id, today)
    floors = visit_floors(session, office_id, today)
    liked = preferences(session, households)
    time = visiting_time(session, office_id, district_id, first, last, today)
    weights, load_percent = planner_data.planner_weights(session, office_id, today)
    taken = _taken(session, district_id, first, last, today)
    ways, planner_households, unknown = _ways(session, staff, households, liked, today)
    district = session.get_one(District, district_id)
    staff_id = caseworker_of(session, district_id, max(first, today))
    return PlanningInputs(
        district_code=district.code,
        first=first,
        last=last,
        today=today,
        months=tuple(months),
        households=households,
        demands=demands(session, office_id, district_id, months[0], today),
        made=made,
        expected=expected_visits(session, district_id, first, today),
        grades=grades,
        floors={place: floors[place].visits_per_year for place in LivingPlace},
        counting=counting_rule(session, office_id, today),
        application_days=floors["application"].within_days,
        applications=waiting_applications(session, of_district, households, today),
        need_facts=need_facts(
            session,
            office_id,
            of_district,
            households=households,
            made=made,
            grades=grades,
            today=today,
        ),
        need_table=lookup_visits.need_points(session, office_id, today),
        joint=joint_inputs(
            *(session, district, staff_id, households, liked, time),
            first=first,
            last=last,
            today=today,
        ),
        staff_id=staff_id,
        preferences=liked,
        planner_households=planner_households,
        slots=planner_data.slots_of(time, load_percent, taken),
        blocked=planner_data.blocked_of(time.removed),
        travel=ways,
        weights=weights,
        minutes=lookup.thresholds(session, office_id, today).visit_minutes,
        unknown_places=unknown,
        manual=manual_points(session, plan_id) if plan_id else {},
    )


def _made(
    session: Session, of_district: ColumnElement[bool], first: date, last: date
) -> defaultdict[UUID, list[VisitMade]]:
    """Household → what was made of its visits."""
    made = defaultdict[UUID, list[VisitMade]](list)
    for visit in visits_made(session, of_district, first, last):
        made[visit.household_id].append(visit)
    return made


def _ways(
    session: Session,
    staff: SignedInStaff,
    households: Mapping[UUID, HouseholdFacts],
    liked: Mapping[UUID, VisitPreference],
    today: date,
) -> tuple[travel.TravelTable, dict[UUID, planner.Household], int]:
    """The table of ways, the households with their rows of it, and how many of them lie nobody knows where."""
    office_id = staff.office_id
    places = town_places(session, office_id, households, today)
    codes: dict[UUID, str] = by_household(
        session,
        select(Household.id, District.code)
        .join(District, District.id == Household.district_id)
        .where(Household.id.in_(households)),
    )
    houses = _facilities(session, households, today)
    rates = hit_rates_of(session, households, today - _LOOK_BACK)
    shared: dict[str, travel.Place] = {}
    towns, rows = _Numbers(), []
    house_numbers = _Numbers()
    found: dict[UUID, planner.Household] = {}
    for row, (household_id, facts) in enumerate(households.items(), start=1):
        place, house = places[household_id], houses.get(household_id, "")
        at = planner_data.travel_place(place, codes[household_id])
        rows.append(shared.setdefault(house, at) if house else at)
        found[household_id] = planner_data.planner_household(
            facts.case_number,
            place=row,
            town=towns(_town(place)),
            facility=house_numbers(house),
            preference=liked.get(household_id),
            rates=rates.get(household_id, ()),
        )
    settings = planner_data.travel_settings(
        lookup_visits.travel_settings(session, office_id, today)
    )
    office = planner_data.office_place(session, office_id, today)
    table = travel.travel_table(office, rows, settings)
    return table, found, sum(row > 0 for row in table.unknown)


def _town(place: Place) -> str:
    return place.name if place.level in {PlaceLevel.CHOME, PlaceLevel.TOWN} else ""


class _Numbers:
    """Running numbers of names; 0 for none."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self._known.setdefault(name, len(self._known) + 1) if name else 0


def _facilities(
    session: Session, households: Mapping[UUID, HouseholdFacts], today: date
) -> dict[UUID, str]:
    """Household → the hospital or facility in which somebody of it lives, where it has a name."""
    r = ResidencePeriod
    return by_household(
        session,
        select(Member.household_id, r.place)
        .join(r, r.person_id == Member.person_id)
        .where(
            Member.household_id.in_(households),
            holds_on(Member, today),
            holds_on(r, today),
            r.kind != ResidenceKind.HOME,
            r.place != "",
        )
        .order_by(r.valid_from),
    )


def _taken(
    session: Session, district_id: UUID, first: date, last: date, today: date
) -> dict[HalfDay, int]:
    """Minutes of half-days that plans of the caseworker's other districts already use."""
    staff_id = caseworker_of(session, district_id, max(first, today))
    p, v = VisitPlanRecord, PlannedVisitRecord
    found = defaultdict[HalfDay, int](int)
    for day, half, minutes in session.execute(
        select(v.day, v.half, v.minutes)
        .join(p, p.id == v.plan_id)
        .where(
            p.staff_id == staff_id,
            p.district_id != district_id,
            v.to_version.is_(None),
            v.day.between(first, last),
        )
    ):
        if day is not None and half is not None:
            found[HalfDay(day=day, half=Half(half.value))] += minutes
    return found
