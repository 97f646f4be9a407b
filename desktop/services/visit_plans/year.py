"""The yearly plan (K-07) as the grid shows it: household × month, loads, floors, exceptions, differences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import content_of
from desktop.domain.dates import months_later
from desktop.domain.declarations import DeclarationKind
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_grades import VisitGrade
from desktop.domain.visit_marks import StandingVisit, VisitMade, VisitOutcome, outcomes
from desktop.domain.visit_plan_periods import last_of, months_of
from desktop.domain.visit_plan_views import LastYear, PlanCell, PlanHead, PlanHousehold, YearPlan
from desktop.domain.visit_plans import PlanException, PlanKind, PlannedVisit, PlanState
from desktop.models.households import Household
from desktop.models.visit_plans import VisitDeviation, VisitPlanRecord
from desktop.services.masters import lookup
from desktop.services.masters.grade_lookup import visit_exceptions
from desktop.services.visit_plans import heads
from desktop.services.visit_plans.floors import Demand, demands, short_households
from desktop.services.visit_plans.household_facts import HouseholdFacts, household_facts
from desktop.services.visit_plans.last_year import planned_last_year
from desktop.services.visit_plans.loads import month_loads
from desktop.services.visit_plans.standing import (
    deviation_rows,
    deviations_of,
    standing,
    visits_made,
)

_NOTHING = Demand.none()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Everything of a plan's households, by household."""

    months: tuple[date, ...]
    demands: Mapping[UUID, Demand]
    grades: Mapping[str, VisitGrade]
    exception_labels: Mapping[str, str]
    exceptions: Mapping[UUID, PlanException]
    short: frozenset[UUID]
    visits: Mapping[UUID, Sequence[PlannedVisit]]
    outcomes: Mapping[UUID, Sequence[VisitOutcome]]
    last_planned: Mapping[UUID, int]
    has_last_plan: bool
    last_made: Mapping[UUID, int]
    district_id: UUID


def year_plan(
    session: Session, staff: SignedInStaff, plan_id: UUID, version: int | None, today: date
) -> YearPlan:
    """The plan in its newest version, or in an earlier one. Deviations show with the newest only."""
    head = heads.head_of(session, staff, plan_id)
    is_newest = version is None or version == head.version
    visits, exceptions = content_of(session, plan_id, None if is_newest else version)
    deviations = deviations_of(session, VisitDeviation.plan_id == plan_id) if is_newest else ()
    stands = standing(visits, deviations)
    named = {v.household_id for v in visits} | {d.household_id for d in deviations}
    months = months_of(PlanKind.YEAR, head.first_on)
    where = _households(head, named)
    facts = household_facts(session, staff, where, months, today)
    found = _found(session, staff, head, visits, exceptions, stands=stands, today=today)
    reasons = lookup.labels(session, staff.office_id, Master.VISIT_DEVIATION_REASONS, today)
    return YearPlan(
        head=head,
        version=head.version if version is None else version,
        months=months,
        households=tuple(_line(each, found) for each in facts.values()),
        loads=month_loads(session, staff, head.district_id, months, stands, today),
        steps=heads.steps_of(session, plan_id),
        deviations=deviation_rows(session, plan_id, dict(reasons)) if is_newest else (),
        moves=heads.moves_of(session, staff, head) if is_newest else (),
        may_edit=is_newest and heads.may_edit(staff, head),
        may_deviate=is_newest and heads.may_deviate(staff, head),
        is_approved_version=is_newest and head.state is PlanState.APPROVED,
    )


def _households(head: PlanHead, named: set[UUID]) -> ColumnElement[bool]:
    of_district = (Household.district_id == head.district_id) & (
        Household.state == HouseholdState.RECEIVING
    )
    return of_district | Household.id.in_(named)


def _found(
    session: Session,
    staff: SignedInStaff,
    head: PlanHead,
    visits: Sequence[PlannedVisit],
    exceptions: Sequence[PlanException],
    *,
    stands: Sequence[StandingVisit],
    today: date,
) -> _Found:
    asked = demands(session, staff.office_id, head.district_id, head.first_on, today)
    allowed = visit_exceptions(session, staff.office_id, today)
    plan = session.get_one(VisitPlanRecord, head.plan_id)
    still = [s.visit for s in stands if not s.is_cancelled]
    short = short_households(session, plan, still, exceptions, today)
    year_before = months_later(head.first_on, -12)
    where = _households(head, {v.household_id for v in visits})
    made = visits_made(
        session, where, year_before, min(today, last_of(PlanKind.YEAR, head.first_on))
    )
    this_year = [m for m in made if m.on >= head.first_on]
    before = Counter(m.household_id for m in made if m.on < head.first_on and m.is_met)
    last_planned = planned_last_year(session, head.district_id, year_before)
    return _Found(
        months=months_of(PlanKind.YEAR, head.first_on),
        demands=asked,
        grades=lookup.visit_grades(session, staff.office_id, today),
        exception_labels={code: e.label for code, e in allowed.items()},
        exceptions={e.household_id: e for e in exceptions},
        short=short,
        visits=_grouped(visits),
        outcomes=_outcomes(stands, this_year, today),
        last_planned=last_planned or {},
        has_last_plan=last_planned is not None,
        last_made=before,
        district_id=head.district_id,
    )


def _outcomes(
    stands: Sequence[StandingVisit], made: Sequence[VisitMade], today: date
) -> dict[UUID, list[VisitOutcome]]:
    found = defaultdict[UUID, list[VisitOutcome]](list)
    for outcome in outcomes(stands, made, today):
        found[outcome.household_id].append(outcome)
    return found


def _grouped(visits: Sequence[PlannedVisit]) -> dict[UUID, list[PlannedVisit]]:
    found = defaultdict[UUID, list[PlannedVisit]](list)
    for visit in visits:
        found[visit.household_id].append(visit)
    return found


def _line(facts: HouseholdFacts, found: _Found) -> PlanHousehold:
    household_id = facts.household_id
    visits = found.visits.get(household_id, ())
    demand = found.demands.get(household_id, _NOTHING)
    grade = found.grades.get(facts.grade)
    exception = found.exceptions.get(household_id)
    return PlanHousehold(
        household_id=household_id,
        case_number=facts.case_number,
        head_name=facts.head_name,
        head_kana=facts.head_kana,
        is_shielded=facts.is_shielded,
        address=facts.address,
        members=facts.members,
        working_age=facts.working_age,
        household_type=facts.household_type,
        place=demand.place,
        protected_since=demand.since,
        grade=facts.grade,
        grade_label=grade.label if grade else facts.grade,
        standard=(grade.visits_per_year or None) if grade else None,
        planned=sum(v.is_planned for v in visits),
        required=demand.required,
        is_short=household_id in found.short,
        exception=exception.reason if exception else "",
        exception_label=found.exception_labels.get(exception.reason, exception.reason)
        if exception
        else "",
        exception_words=exception.words if exception else "",
        cells=_cells(found.months, found.outcomes.get(household_id, ())),
        unplanned=tuple(v for v in visits if not v.is_planned),
        purposes=_purposes(visits),
        last_met_on=facts.last_met_on,
        policy_review_on=facts.policy_review_on,
        income_months=facts.declares.get(DeclarationKind.INCOME, ()),
        assets_months=facts.declares.get(DeclarationKind.ASSET, ()),
        last_year=LastYear(
            grade=facts.grade_before,
            planned=found.last_planned.get(household_id, 0) if found.has_last_plan else None,
            made=found.last_made.get(household_id, 0),
        ),
        is_of_district=facts.district_id == found.district_id,
    )


def _cells(months: Sequence[date], found: Sequence[VisitOutcome]) -> tuple[PlanCell, ...]:
    by_month = defaultdict[date, list[VisitOutcome]](list)
    for outcome in found:
        by_month[outcome.month].append(outcome)
    return tuple(PlanCell(month=month, outcomes=tuple(by_month[month])) for month in months)


def _purposes(visits: Sequence[PlannedVisit]) -> tuple[str, ...]:
    """Each purpose of the year once, in the order in which it comes first."""
    return tuple(dict.fromkeys(p for v in visits for p in v.purposes))
