"""A proposal of a plan: from the district's facts to the planner and back. Nothing is stored by asking.

Beyond the current month the half-days are internal. What was locked in the present draft stays, every visit keeps its identity as
far as it can, and what could not be planned is part of the proposal with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.declarations import DeclarationKind
from desktop.domain.ids import new_id
from desktop.domain.visit_plan_periods import first_of_month
from desktop.domain.visit_plans import PlannedVisit, VisitKind
from desktop.domain.working_time import Half
from desktop.planning import plans
from desktop.planning.capacity import capacity_report
from desktop.planning.demand import DemandRules, GradeRule, HouseholdNeed, demand
from desktop.planning.demand_fixing import PurposeDue
from desktop.planning.halves import Half as PlannerHalf
from desktop.planning.halves import HalfDay
from desktop.planning.problem import Basis, Levelling, PlanningProblem, Visit
from desktop.services.visit_plans import agreed as agreeing
from desktop.services.visit_plans.household_facts import HouseholdFacts
from desktop.services.visit_plans.planning_inputs import PlanningInputs
from desktop.services.visit_plans.stored_reasons import (
    planner_visit,
    rule_values,
    stored_terms,
    unplanned_values,
)

#: Purposes that a plan names by itself; codes of the office's table of purposes.
POLICY_REVIEW, INCOME, ASSETS = "policy_review", "income_declaration", "asset_declaration"
#: A review of the policy is prepared on a visit of the months before it is due.
_BEFORE_REVIEW = timedelta(days=75)
_KINDS = {Basis.APPLICATION: VisitKind.APPLICATION, Basis.REVISIT: VisitKind.REVISIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A planning problem with what its visits are in the plan: planner's code → identity, household."""

    problem: PlanningProblem
    visit_ids: Mapping[str, UUID]
    household_ids: Mapping[str, UUID]
    locked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The planner's answer in the plan's words. `findings` say openly what does not fit and who decides."""

    visits: tuple[PlannedVisit, ...]
    costs: Mapping[UUID, Mapping[str, object]]
    removed: tuple[UUID, ...]
    findings: tuple[str, ...]
    travel_minutes: int


def asked_of(inputs: PlanningInputs, present: Sequence[PlannedVisit]) -> Asked:
    """The problem of a period from grades, floors and purposes; `present` are the visits of the draft that is there."""
    by_household: dict[UUID, list[PlannedVisit]] = {}
    for there in present:
        by_household.setdefault(there.household_id, []).append(there)
    visits: list[Visit] = []
    ids: dict[str, UUID] = {}
    households: dict[str, UUID] = {}
    locked: set[str] = set()
    for household_id, facts in inputs.households.items():
        need = _need(inputs, household_id, facts)
        found = list(demand(need, _rules(inputs), inputs.first, inputs.last))
        found, known = _with_present(found, by_household.get(household_id, []), facts.case_number)
        for visit, (visit_id, is_locked) in zip(found, known, strict=True):
            points = inputs.need(household_id, visit_id).points
            together = agreeing.accompanied(inputs, household_id, visit)
            visits.append(replace(together, points=points))
            ids[visit.code], households[visit.code] = visit_id, household_id
            if is_locked:
                locked.add(visit.code)
    return Asked(
        problem=problem_of(inputs, visits),
        visit_ids=ids,
        household_ids=households,
        locked=frozenset(locked),
    )


def asked_of_standing(
    inputs: PlanningInputs,
    standing: Sequence[PlannedVisit],
    *,
    levelling: Levelling,
    with_agreed: bool = False,
) -> Asked:
    """The problem of visits that a plan already has: each within its window, cut to the period.

    Half-days fixed since then bind the visits they are about; `with_agreed` adds those that no visit was planned for.
    """
    visits: list[Visit] = []
    ids: dict[str, UUID] = {}
    households: dict[str, UUID] = {}
    by_household: dict[UUID, list[PlannedVisit]] = {}
    for stored in standing:
        by_household.setdefault(stored.household_id, []).append(stored)
    agreed = inputs.joint.appointments if with_agreed else ()
    for household_id in (*by_household, *(h for h in agreed if h not in by_household)):
        facts = inputs.households.get(household_id)
        if facts is None:
            continue
        number, there = facts.case_number, by_household.get(household_id, [])
        own = [
            _standing_visit(stored, f"{number}-{n}", number, inputs)
            for n, stored in enumerate(there, start=1)
        ]
        own, left = agreeing.with_agreed(inputs, household_id, own, [v.month for v in there])
        known = [stored.visit_id for stored in there]
        for appointment in left if with_agreed else ():
            code = f"{number}-{len(own) + 1}"
            own.append(agreeing.agreed_visit(inputs, number, code, appointment))
            known.append(new_id())
        for visit, visit_id in zip(own, known, strict=True):
            visits.append(visit)
            ids[visit.code], households[visit.code] = visit_id, household_id
    return Asked(
        problem=replace(problem_of(inputs, visits), levelling=levelling),
        visit_ids=ids,
        household_ids=households,
        locked=frozenset(
            code
            for code, stored_id in ids.items()
            if any(v.is_locked and v.visit_id == stored_id for v in standing)
        ),
    )


def problem_of(inputs: PlanningInputs, visits: Sequence[Visit]) -> PlanningProblem:
    """The problem of these visits in the district's half-days."""
    return PlanningProblem(
        caseworker=inputs.district_code,
        first=inputs.first,
        last=inputs.last,
        today=inputs.today,
        households=tuple(inputs.planner_households.values()),
        visits=tuple(visits),
        slots=inputs.slots,
        blocked=inputs.blocked,
        travel=inputs.travel,
        weights=inputs.weights,
        partners=inputs.joint.partners,
        staff=str(inputs.staff_id) if inputs.staff_id else "",
    )


def proposed_of(
    inputs: PlanningInputs,
    asked: Asked,
    period: plans.PlannedPeriod,
    present: Sequence[PlannedVisit],
) -> Proposed:
    """The plan as it may be stored: every visit of the problem, planned or with its reason, and which of the present ones go."""
    wanted = {visit.code: visit for visit in asked.problem.visits}
    notes = {visit.visit_id: visit for visit in present}
    visits, costs = [], {}
    for planned in period.planned:
        visit = _kept(asked, wanted[planned.visit], notes)
        visit = replace(
            visit,
            month=first_of_month(planned.at.day),
            day=planned.at.day,
            half=Half(planned.at.half.value),
            place=planned.order,
        )
        visits.append(_with_declarations(visit, inputs.households[visit.household_id]))
        need = inputs.need(visit.household_id, visit.visit_id)
        costs[visit.visit_id] = stored_terms(planned) | {"need": agreeing.need_terms(need)}
    for missed in period.unplanned:
        visit = _kept(asked, wanted[missed.visit], notes)
        visits.append(
            replace(visit, unplanned=missed.cause.value, unplanned_values=unplanned_values(missed))
        )
    now = {visit.visit_id for visit in visits}
    report = capacity_report(asked.problem, period)
    return Proposed(
        visits=tuple(visits),
        costs=costs,
        removed=tuple(v.visit_id for v in present if v.visit_id not in now),
        findings=(*report.sentences, *agreeing.without_second(inputs), *_unknown(inputs)),
        travel_minutes=period.travel_minutes,
    )


def _unknown(inputs: PlanningInputs) -> tuple[str, ...]:
    if not inputs.unknown_places:
        return ()
    return (
        f"所在地が分からない世帯が{inputs.unknown_places}世帯あり、移動を一律の分数で見込んでいます。",
    )


def _need(inputs: PlanningInputs, household_id: UUID, facts: HouseholdFacts) -> HouseholdNeed:
    grade = inputs.grades.get(facts.grade)
    asked = inputs.demands.get(household_id)
    successes = {m.on for m in inputs.made.get(household_id, ()) if m.is_met}
    if facts.last_met_on is not None:
        successes.add(facts.last_met_on)
    successes |= inputs.expected.get(household_id, frozenset())
    liked = inputs.preferences.get(household_id)
    return HouseholdNeed(
        household=facts.case_number,
        grade=GradeRule(
            code=facts.grade,
            visits_a_year=grade.visits_per_year if grade and asked else 0,
            longest_months=(grade.interval_months if grade else 0) or 12,
        ),
        minutes=inputs.minutes,
        protected_from=(asked.since if asked else None) or inputs.first,
        successes=tuple(sorted(successes)),
        stays=asked.stays if asked else (),
        announced=bool(liked and liked.is_announced),
        application_on=inputs.applications.get(household_id),
        excused=asked is None,
        companions=inputs.joint.companions.get(household_id, ()),
        appointments=inputs.joint.appointments.get(household_id, ()),
        purposes=_purposes(facts),
    )


def _purposes(facts: HouseholdFacts) -> tuple[PurposeDue, ...]:
    due = facts.policy_review_on
    if due is None:
        return ()
    return (PurposeDue(purpose=POLICY_REVIEW, earliest=due - _BEFORE_REVIEW, latest=due),)


def _rules(inputs: PlanningInputs) -> DemandRules:
    return DemandRules(
        floors=inputs.floors,
        counting=inputs.counting,
        application_days=inputs.application_days,
    )


def _with_present(
    found: list[Visit], present: Sequence[PlannedVisit], number: str
) -> tuple[list[Visit], list[tuple[UUID, bool]]]:
    """Give the visits the identities of those that are there: locked ones by nearness, and pinned; the others in order."""
    claimed: dict[int, PlannedVisit] = {}
    for stored in sorted((v for v in present if v.is_locked), key=_when):
        free = [n for n in range(len(found)) if n not in claimed]
        if free:
            nearest = min(free, key=lambda n: _distance(found[n], _when(stored)))
            found[nearest] = _pinned(found[nearest], stored)
        else:
            nearest = len(found)
            own = planner_visit(stored, number, code=f"{number}-{nearest + 1}")
            found.append(_pinned(own, stored))
        claimed[nearest] = stored
    others = iter(sorted((v for v in present if not v.is_locked), key=_when))
    known: list[tuple[UUID, bool]] = []
    for n in range(len(found)):
        if n in claimed:
            known.append((claimed[n].visit_id, True))
        else:
            before = next(others, None)
            known.append((before.visit_id if before else new_id(), False))
    return found, known


def _distance(visit: Visit, day: date) -> tuple[int, int]:
    """Days from a day to a visit's window, then to the day it is due."""
    outside = max((visit.earliest - day).days, (day - visit.latest).days, 0)
    return outside, abs((visit.due - day).days)


def _when(visit: PlannedVisit) -> date:
    """The day by which visits of one household are compared."""
    return visit.day or visit.due_on or visit.month or date.max


def _pinned(visit: Visit, stored: PlannedVisit) -> Visit:
    """A locked half-day binds the plan; where only the month was locked, the month does."""
    if stored.day is not None and stored.half is not None:
        at = HalfDay(day=stored.day, half=PlannerHalf(stored.half.value))
        return replace(visit, locked=at, announced=stored.is_announced)
    if stored.month is None:
        return visit
    last = months_later(stored.month, 1) - timedelta(days=1)
    due = min(max(visit.due, stored.month), last)
    return replace(visit, earliest=stored.month, latest=last, due=due)


def _standing_visit(stored: PlannedVisit, code: str, number: str, inputs: PlanningInputs) -> Visit:
    """A visit of the plan within the problem's days; locked and announced ones stay in their half-day."""
    visit = planner_visit(stored, number, code=code, **_rule_of(stored, inputs))
    begins = min(visit.earliest, stored.month) if stored.month else visit.earliest
    earliest = min(max(begins, inputs.first), inputs.last)
    latest = max(earliest, min(visit.latest, inputs.last))
    if stored.month is not None and first_of_month(latest) < stored.month:
        latest = min(months_later(stored.month, 1) - timedelta(days=1), inputs.last)
    due = min(max(visit.due, earliest), latest)
    points = inputs.need(stored.household_id, stored.visit_id).points
    visit = replace(visit, earliest=earliest, latest=latest, due=due, points=points)
    visit = agreeing.accompanied(inputs, stored.household_id, visit)
    return _pinned(visit, stored) if stored.is_locked else visit


def _rule_of(stored: PlannedVisit, inputs: PlanningInputs) -> dict[str, Any]:
    """The figures of today's grade for a visit of the grade that no planner put there; else those stored with it hold."""
    facts = inputs.households.get(stored.household_id)
    grade = inputs.grades.get(facts.grade) if facts is not None else None
    if facts is None or grade is None or stored.rule != Basis.GRADE:
        return {}
    if stored.values.get("visits_a_year") or not grade.visits_per_year:
        return {}
    return {
        "grade": facts.grade,
        "visits_a_year": grade.visits_per_year,
        "last_visit": facts.last_met_on,
    }


def _kept(asked: Asked, visit: Visit, present: Mapping[UUID, PlannedVisit]) -> PlannedVisit:
    """The visit without a place, with what a person said of it before."""
    visit_id = asked.visit_ids[visit.code]
    before = present.get(visit_id)
    return PlannedVisit(
        visit_id=visit_id,
        household_id=asked.household_ids[visit.code],
        kind=before.kind if before else _kind(visit),
        month=None,
        minutes=visit.minutes,
        purposes=visit.purposes or (before.purposes if before else ()),
        is_statutory=visit.statutory,
        is_announced=visit.announced or bool(before and before.is_announced),
        is_locked=visit.code in asked.locked,
        rule=visit.basis.value,
        values=rule_values(visit),
        first_on=visit.earliest,
        last_on=visit.latest,
        due_on=visit.due,
        note=before.note if before else "",
    )


def _kind(visit: Visit) -> VisitKind:
    """Of a new visit: why it stands in the plan (計画区分)."""
    return _KINDS.get(visit.basis, VisitKind.JOINT if visit.partners else VisitKind.PLANNED)


def _with_declarations(visit: PlannedVisit, facts: HouseholdFacts) -> PlannedVisit:
    """A visit in a month in which somebody declares takes the declaration in."""
    due = tuple(
        purpose
        for kind, purpose in ((DeclarationKind.INCOME, INCOME), (DeclarationKind.ASSET, ASSETS))
        if visit.month in facts.declares.get(kind, ()) and purpose not in visit.purposes
    )
    return replace(visit, purposes=(*visit.purposes, *due)) if due else visit
