"""A district's month as its paper (K-08) shows it: the visits in their order, what became of them, what was put off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import Stamp
from desktop.domain.imprint import Imprint
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_marks import StandingVisit, VisitMark
from desktop.domain.visit_plan_forms import (
    MonthPlanForm,
    MonthSource,
    MonthVisitLine,
    counts_of,
    is_unrecorded,
)
from desktop.domain.visit_plan_periods import last_of
from desktop.domain.visit_plan_views import DeviationRow, MonthLine, MonthPlan, PlanHead
from desktop.domain.visit_plans import NO_PLAN, Deviation, PlanKind, PlanState
from desktop.domain.working_time import Half
from desktop.models.office import District
from desktop.services.masters import lookup, lookup_visits
from desktop.services.office import main_caseworkers
from desktop.services.visit_plans import month as month_reading
from desktop.services.visit_plans.household_facts import (
    HouseholdFacts,
    household_facts,
    of_households,
)
from desktop.services.visit_plans.standing import standing_of_plan
from desktop.services.working_time.bookings import bookings

_CAR = "庁用車 {name}"
#: Household, day and half → who goes along.
Companions = Mapping[tuple[UUID, date, Half], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What the lines are worded with."""

    purposes: Mapping[str, str]
    companions: Companions
    month: date


def month_form(
    session: Session,
    staff: SignedInStaff,
    district_id: UUID,
    month: date,
    today: date,
    *,
    imprint: Callable[[PlanHead | None], Imprint],
    stamps: Callable[[PlanHead | None], tuple[Stamp, ...]],
) -> MonthPlanForm:
    """The paper of a month; `imprint` and `stamps` are asked of its own plan, None where the visits are the year's."""
    district = session.get(District, district_id)
    if district is None or district.office_id != staff.office_id:
        raise NotPermittedError(NO_PLAN)
    plan = month_reading.month_plan(session, staff, district_id, month, today)
    own = plan.head if plan.head is not None and plan.head.kind is PlanKind.MONTH else None
    # A year that is not approved makes its month a draft too.
    is_draft = plan.head is not None and plan.head.state is not PlanState.APPROVED
    marked = plan.head if is_draft else own
    words = _Words(
        purposes=lookup.labels(session, staff.office_id, Master.VISIT_PURPOSES, today),
        companions=_companions(session, staff, month, today),
        month=month,
    )
    put_off = _put_off(session, staff, plan, words, today)
    caseworker, _ = main_caseworkers(session, today, [district_id]).get(district_id, ("", None))
    outcomes = tuple(line.outcome for line in plan.lines)
    return MonthPlanForm(
        imprint=imprint(marked),
        district_code=district.code,
        district_name=district.name,
        caseworker=own.caseworker if own else caseworker,
        month=month,
        as_of=today,
        source=_source(plan),
        state=plan.head.state if plan.head else None,
        lines=(*(_line(line, words) for line in plan.lines), *put_off),
        counts=counts_of(outcomes),
        moved=len(put_off),
        unrecorded=sum(is_unrecorded(o, today, by_day=own is not None) for o in outcomes),
        unplanned=len(plan.unplanned),
        stamps=stamps(own),
    )


def _source(plan: MonthPlan) -> MonthSource:
    if plan.head is None:
        return MonthSource.NONE
    return MonthSource.MONTH if plan.head.kind is PlanKind.MONTH else MonthSource.YEAR


def _companions(
    session: Session, staff: SignedInStaff, month: date, today: date
) -> dict[tuple[UUID, date, Half], list[str]]:
    """Who and which car was booked for whose visit."""
    cars = lookup_visits.vehicles(session, staff.office_id, today)
    found: dict[tuple[UUID, date, Half], list[str]] = {}
    for b in bookings(session, staff.office_id, month, last_of(PlanKind.MONTH, month)):
        if b.household_id is not None:
            said = b.partner or _CAR.format(name=cars.get(b.vehicle, b.vehicle))
            found.setdefault((b.household_id, b.day, b.half), []).append(said)
    return found


def _line(line: MonthLine, words: _Words) -> MonthVisitLine:
    visit, made, standing = line.visit, line.made, line.outcome.standing
    day = visit.day if visit is not None else None
    half = visit.half if visit is not None else None
    approved = standing.approved_month if standing is not None else None
    is_gone = line.outcome.mark in {VisitMark.CANCELLED, VisitMark.ABSENT}
    return MonthVisitLine(
        day=day or (made.on if made is not None else None),
        half=half,
        order=visit.place if visit is not None else None,
        case_number=line.case_number,
        head_name="" if line.is_shielded else line.head_name,
        grade=line.grade,
        kind=visit.kind if visit is not None else None,
        purposes=_purposes(visit.purposes if visit is not None else (), words),
        with_whom=_with_whom(line.household_id, day, half, words),
        mark=line.outcome.mark,
        result_code=made.result if made is not None else "",
        result_label=line.result_label,
        made_on=made.on if made is not None else None,
        started_at=made.started_at if made is not None else None,
        ended_at=made.ended_at if made is not None else None,
        recorded_on=line.recorded_on,
        checked_on=line.checked_on,
        reason=line.reason_label if is_gone else "",
        moved_from=approved if approved not in {None, words.month} else None,
        moved_to=None,
    )


def _put_off(
    session: Session, staff: SignedInStaff, plan: MonthPlan, words: _Words, today: date
) -> tuple[MonthVisitLine, ...]:
    """Visits approved for this month that stand in another one: why, and in which."""
    if plan.head is None:
        return ()
    gone = [
        s
        for s in standing_of_plan(session, plan.head.plan_id)
        if s.approved_month == words.month and s.visit.month != words.month and not s.is_cancelled
    ]
    ids = {s.visit.household_id for s in gone}
    facts = (
        household_facts(session, staff, of_households(ids), (words.month,), today) if ids else {}
    )
    # The newest stand first, so the oldest stays: it says from where the visit was put off.
    before = {d.visit_id: d for d in plan.deviations if d.change is Deviation.MOVED}
    lines = [
        _gone_line(s, facts[s.visit.household_id], before.get(s.visit.visit_id), plan, words)
        for s in gone
        if s.visit.household_id in facts
    ]
    return tuple(sorted(lines, key=lambda line: (line.day or date.max, line.case_number)))


def _gone_line(
    s: StandingVisit,
    facts: HouseholdFacts,
    first: DeviationRow | None,
    plan: MonthPlan,
    words: _Words,
) -> MonthVisitLine:
    reasons = {d.reason: d.reason_label for d in plan.deviations}
    return MonthVisitLine(
        day=first.from_day if first is not None else None,
        half=first.from_half if first is not None else None,
        order=None,
        case_number=facts.case_number,
        head_name="" if facts.is_shielded else facts.head_name,
        grade=facts.grade,
        kind=s.visit.kind,
        purposes=_purposes(s.visit.purposes, words),
        with_whom=(),
        mark=None,
        result_code="",
        result_label="",
        made_on=None,
        started_at=None,
        ended_at=None,
        recorded_on=None,
        checked_on=None,
        reason=reasons.get(s.deviation_reason, s.deviation_reason),
        moved_from=None,
        moved_to=s.visit.month,
    )


def _purposes(codes: Sequence[str], words: _Words) -> tuple[str, ...]:
    return tuple(words.purposes.get(code, code) for code in codes)


def _with_whom(
    household_id: UUID, day: date | None, half: Half | None, words: _Words
) -> tuple[str, ...]:
    if day is None or half is None:
        return ()
    return tuple(words.companions.get((household_id, day, half), ()))
