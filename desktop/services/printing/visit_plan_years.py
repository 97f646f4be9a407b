"""The yearly plan as its paper (K-07) shows it: households by area, marks by month, totals by month and grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_approved import as_approved
from desktop.domain.visit_plan_forms import (
    GradeCounts,
    VisitCounts,
    YearPlanForm,
    YearPlanLine,
    counts_of,
    summed,
)
from desktop.domain.visit_plan_periods import last_of
from desktop.domain.visit_plan_views import PlanHead, PlanHousehold, YearPlan
from desktop.domain.visit_plans import PlanKind
from desktop.services.masters import lookup
from desktop.services.visit_plans import year
from desktop.services.visit_plans.visiting_time import visiting_time

_UNPLANNED = "計画に入らない訪問 {count}回"
_EXCEPTED = "例外：{reason}"
_ELSEWHERE = "ほかの地区に移った世帯"
_NO_GRADE = "格付なし"


def year_form(
    session: Session,
    staff: SignedInStaff,
    head: PlanHead,
    imprint: Imprint,
    stamps: tuple[Stamp, ...],
    today: date,
    *,
    is_as_approved: bool,
) -> YearPlanForm:
    """The paper of a plan in its newest version."""
    stands = year.year_plan(session, staff, head.plan_id, None, today)
    plan = as_approved(stands) if is_as_approved else stands
    purposes = lookup.labels(session, staff.office_id, Master.VISIT_PURPOSES, today)
    months = _months(plan)
    return YearPlanForm(
        imprint=imprint,
        district_code=head.district_code,
        district_name=head.district_name,
        caseworker=head.caseworker,
        first_on=head.first_on,
        as_of=None if is_as_approved else today,
        state=head.state,
        lines=tuple(_line(h, purposes) for h in sorted(plan.households, key=_by_area)),
        months=months,
        grades=_grades(plan.households),
        unplanned=len(plan.unplanned),
        changes=len(plan.deviations),
        days_needed=_days_needed(session, staff, head, summed(months).minutes, today),
        stamps=stamps,
    )


def _by_area(household: PlanHousehold) -> tuple[object, ...]:
    """By address, so that neighbours stand together; those whose place is not told come last, by their number."""
    address = "" if household.is_shielded else household.address
    return (not address, address, household.case_number)


def _line(household: PlanHousehold, purposes: Mapping[str, str]) -> YearPlanLine:
    is_told = not household.is_shielded
    return YearPlanLine(
        case_number=household.case_number,
        head_name=household.head_name if is_told else "",
        head_kana=household.head_kana if is_told else "",
        address=household.address if is_told else "",
        members=household.members,
        household_type=household.household_type,
        working_age=household.working_age,
        place=household.place,
        protected_since=household.protected_since,
        grade_before=household.last_year.grade,
        grade=household.grade,
        planned=household.planned,
        marks=tuple(tuple(o.mark for o in cell.outcomes) for cell in household.cells),
        purposes=tuple(purposes.get(code, code) for code in household.purposes),
        policy_review_on=household.policy_review_on,
        income_months=household.income_months,
        assets_months=household.assets_months,
        remarks=_remarks(household),
    )


def _remarks(household: PlanHousehold) -> tuple[str, ...]:
    """What the office's tables say; words and notes are content, and stay in the file."""
    missed = len(household.unplanned)
    said = (
        _EXCEPTED.format(reason=household.exception_label) if household.exception else "",
        _UNPLANNED.format(count=missed) if missed else "",
        "" if household.is_of_district else _ELSEWHERE,
    )
    return tuple(filter(None, said))


def _months(plan: YearPlan) -> tuple[VisitCounts, ...]:
    there = {load.month: load.capacity_minutes or 0 for load in plan.loads}
    return tuple(
        counts_of(
            tuple(o for h in plan.households for o in h.cells[place].outcomes), there.get(month, 0)
        )
        for place, month in enumerate(plan.months)
    )


def _grades(households: Sequence[PlanHousehold]) -> tuple[GradeCounts, ...]:
    """Grade by grade in their order; the visits that the grades ask for as long as each of the households has a number."""
    found = defaultdict[str, list[PlanHousehold]](list)
    for household in households:
        found[household.grade].append(household)
    return tuple(
        GradeCounts(
            grade=of[0].grade_label or _NO_GRADE,
            households=len(of),
            planned=sum(h.planned for h in of),
            standard=_standard(of),
            done=sum(o.mark is VisitMark.DONE for h in of for c in h.cells for o in c.outcomes),
        )
        for _, of in sorted(found.items(), key=lambda each: (not each[0], each[0]))
    )


def _standard(households: Sequence[PlanHousehold]) -> int | None:
    asked = [h.standard for h in households if h.standard is not None]
    return sum(asked) if len(asked) == len(households) else None


def _days_needed(
    session: Session, staff: SignedInStaff, head: PlanHead, minutes: int, today: date
) -> int | None:
    """Days of visits that the plan takes, by the mean of the caseworker's days; None where there are none."""
    last = last_of(PlanKind.YEAR, head.first_on)
    time = visiting_time(session, staff.office_id, head.district_id, head.first_on, last, today)
    days = len({slot.day for slot in time.slots})
    there = sum(slot.minutes for slot in time.slots)
    return -(-minutes * days // there) if there else None
