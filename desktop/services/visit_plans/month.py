"""The monthly plan and its results (K-08): slots, route order, purposes, what became of each visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.records import ResultCode
from desktop.domain.visit_marks import (
    StandingVisit,
    VisitMade,
    VisitMark,
    VisitOutcome,
    outcomes,
)
from desktop.domain.visit_month import HouseholdName, YearDifference
from desktop.domain.visit_plan_periods import first_of_year, last_of
from desktop.domain.visit_plan_views import MonthLine, MonthPlan, PlanHead
from desktop.domain.visit_plans import PlanKind, VisitKind
from desktop.domain.visit_times import RevisitTerms
from desktop.domain.working_time import HalfDay
from desktop.models.households import Household
from desktop.models.records import EntryRecord
from desktop.services.masters import lookup
from desktop.services.visit_plans import heads
from desktop.services.visit_plans.household_facts import HouseholdFacts, household_facts
from desktop.services.visit_plans.month_side import (
    Partners,
    difference_from_year,
    half_loads,
    partners_between,
)
from desktop.services.visit_plans.standing import deviation_rows, standing_of_plan, visits_made


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthVisits:
    """The visits of a month as they stand, and the plan they come from: the month's own, else the year's. `year` is all of the year's."""

    head: PlanHead | None
    standing: tuple[StandingVisit, ...]
    of_year: PlanHead | None
    year: tuple[StandingVisit, ...] = ()

    @property
    def again(self) -> tuple[StandingVisit, ...]:
        """Revisits of the year's plan that are not among these: they answer an absence of the month before."""
        known = {s.visit.visit_id for s in self.standing}
        return tuple(
            s
            for s in self.year
            if s.visit.kind is VisitKind.REVISIT
            and not s.is_cancelled
            and s.visit.visit_id not in known
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the lines of a month are made of."""

    facts: Mapping[UUID, HouseholdFacts]
    results: Mapping[str, ResultCode]
    reasons: Mapping[str, str]
    days: Mapping[UUID, tuple[date | None, date | None]]
    partners: Partners
    terms: RevisitTerms
    again: frozenset[UUID]


def month_plan(
    session: Session, staff: SignedInStaff, district_id: UUID, month: date, today: date
) -> MonthPlan:
    """A district's month: planned visits in the order of day and route, then those made without a plan."""
    found = month_visits(session, staff, district_id, month)
    visits = [s.visit for s in found.standing]
    named = {v.household_id for v in visits}
    of_district = (Household.district_id == district_id) & (
        Household.state == HouseholdState.RECEIVING
    )
    where = of_district | Household.id.in_(named)
    last = last_of(PlanKind.MONTH, month)
    made = visits_made(session, where, month, min(last, today)) if month <= today else ()
    reasons = dict(lookup.labels(session, staff.office_id, Master.VISIT_DEVIATION_REASONS, today))
    of_lines = _Found(
        facts=household_facts(session, staff, where, (month,), today),
        results=lookup.result_codes(session, staff.office_id, today),
        reasons=reasons,
        days=_entry_days(session, made),
        partners=partners_between(session, staff, month, last, today),
        terms=RevisitTerms(
            days=lookup.thresholds(session, staff.office_id, today).absence_revisit_days,
            calendar=lookup.business_calendar(session, staff.office_id, today),
        ),
        again=frozenset(
            s.visit.household_id
            for s in (*found.standing, *found.again)
            if s.visit.kind is VisitKind.REVISIT and not s.is_cancelled
        ),
    )
    lines = [
        _line(outcome, of_lines)
        for outcome in outcomes((*found.standing, *found.again), made, today)
        if outcome.month == month and outcome.household_id in of_lines.facts
    ]
    head = found.head
    open_visits = [s.visit for s in found.standing if not s.is_cancelled]
    return MonthPlan(
        month=month,
        district_id=district_id,
        head=head,
        lines=tuple(sorted(lines, key=_in_order)),
        unplanned=tuple(v for v in visits if not v.is_planned),
        steps=heads.steps_of(session, head.plan_id) if head else (),
        deviations=deviation_rows(session, head.plan_id, reasons) if head else (),
        moves=heads.moves_of(session, staff, head) if head and _is_own(head) else (),
        may_edit=bool(head and _is_own(head) and heads.may_edit(staff, head)),
        may_deviate=bool(head and heads.may_deviate(staff, head)),
        loads=half_loads(session, staff, district_id, (month, last), open_visits, today),
        names={
            facts.household_id: HouseholdName(
                case_number=facts.case_number,
                head_name=facts.head_name,
                head_kana=facts.head_kana,
            )
            for facts in of_lines.facts.values()
        },
        difference=_difference(found, month),
    )


def month_visits(
    session: Session, staff: SignedInStaff, district_id: UUID, month: date
) -> MonthVisits:
    """The month's own plan where there is one, else what the year's plan has in the month and could not plan anywhere."""
    of_year = heads.plan_of(session, staff, district_id, PlanKind.YEAR, first_of_year(month))
    own = heads.plan_of(session, staff, district_id, PlanKind.MONTH, month)
    year = standing_of_plan(session, of_year.plan_id) if of_year else ()
    if own is not None:
        stands = standing_of_plan(session, own.plan_id)
        return MonthVisits(head=own, standing=stands, of_year=of_year, year=year)
    return MonthVisits(
        head=of_year,
        standing=tuple(s for s in year if s.visit.month == month or reaches(s, month)),
        of_year=of_year,
        year=year,
    )


def reaches(standing: StandingVisit, month: date) -> bool:
    """An unplanned visit whose window meets the month."""
    visit, last = standing.visit, last_of(PlanKind.MONTH, month)
    if visit.is_planned or visit.first_on is None or visit.last_on is None:
        return False
    return visit.first_on <= last and visit.last_on >= month


def _difference(found: MonthVisits, month: date) -> YearDifference:
    """Nothing where the month has no plan of its own, or the year none."""
    if found.head is None or not _is_own(found.head) or found.of_year is None:
        return YearDifference()
    return difference_from_year(
        [s.visit for s in found.standing if not s.is_cancelled],
        [s.visit for s in found.year if not s.is_cancelled],
        month,
    )


def _is_own(head: PlanHead) -> bool:
    return head.kind is PlanKind.MONTH


def _line(outcome: VisitOutcome, found: _Found) -> MonthLine:
    facts = found.facts[outcome.household_id]
    s = outcome.standing
    made = outcome.made or (outcome.vain[-1] if outcome.vain else None)
    recorded_on, checked_on = found.days.get(
        made.entry_id if made and made.entry_id else facts.household_id, (None, None)
    )
    result = found.results.get(made.result) if made else None
    return MonthLine(
        household_id=facts.household_id,
        case_number=facts.case_number,
        head_name=facts.head_name,
        is_shielded=facts.is_shielded,
        address=facts.address,
        grade=facts.grade,
        outcome=outcome,
        reason_label=found.reasons.get(s.deviation_reason, s.deviation_reason) if s else "",
        moved_to=s.visit.month if s and s.approved_month not in {None, s.visit.month} else None,
        result_label=result.label if result else "",
        recorded_on=recorded_on,
        checked_on=checked_on,
        partners=_partners(outcome, found.partners),
        revisit_by=_revisit_by(outcome, found),
    )


def _revisit_by(outcome: VisitOutcome, found: _Found) -> date | None:
    """After an absence that no revisit of the plan answers: the last day on which to come again."""
    s = outcome.standing
    if outcome.mark is not VisitMark.ABSENT or s is None:
        return None
    is_answered = s.visit.kind is not VisitKind.REVISIT and outcome.household_id in found.again
    return None if is_answered else found.terms.propose(outcome.vain[-1].on, None).due_on


def _partners(outcome: VisitOutcome, partners: Partners) -> tuple[str, ...]:
    visit = outcome.standing.visit if outcome.standing else None
    if visit is None or visit.day is None or visit.half is None:
        return ()
    return partners.get((visit.household_id, HalfDay(day=visit.day, half=visit.half)), ())


def _entry_days(
    session: Session, made: Sequence[VisitMade]
) -> dict[UUID, tuple[date | None, date | None]]:
    """Entry → the day it was first written, and the day it was approved."""
    e = EntryRecord
    ids = [m.entry_id for m in made if m.entry_id is not None]
    rows = session.execute(select(e.id, e.recorded_at, e.approved_at).where(e.id.in_(ids)))
    return {
        entry_id: (japan_day(recorded_at), japan_day(approved_at) if approved_at else None)
        for entry_id, recorded_at, approved_at in rows
    }


def _in_order(line: MonthLine) -> tuple[object, ...]:
    visit, made = line.visit, line.made
    day = (visit.day if visit else None) or (made.on if made else None) or date.max
    half = visit.half.value if visit and visit.half else "zz"
    place = visit.place if visit and visit.place else 999
    return (visit is None, day, half, place, line.case_number)
