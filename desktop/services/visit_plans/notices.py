"""Which plans of visits wait for the reader as their caseworker; when a coming plan is due to be made is office data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plan_notices import PlanNotice, PlanNoticeKind
from desktop.domain.visit_plan_periods import first_of_month, first_of_year
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlanKind, PlanState
from desktop.models.households import Household
from desktop.models.office import District
from desktop.models.visit_plans import VisitPlanRecord
from desktop.services.masters import lookup
from desktop.services.visit_plans import heads

_ORDER = tuple(PlanNoticeKind)
_MONTHS = {PlanKind.YEAR: 12, PlanKind.MONTH: 1}


def notices(session: Session, staff: SignedInStaff, today: date) -> tuple[PlanNotice, ...]:
    """Of the districts that the person looks after: what came back, what is missing, what was not handed in; the earliest first."""
    receives = exists().where(
        Household.district_id == District.id, Household.state == HouseholdState.RECEIVING
    )
    districts = session.scalars(
        select(District).where(District.id.in_(staff.district_ids), receives)
    ).all()
    limits = lookup.thresholds(session, staff.office_id, today)
    lead = {PlanKind.YEAR: limits.plan_year_days, PlanKind.MONTH: limits.plan_month_days}
    wanted = [
        (kind, first_on)
        for kind, days in lead.items()
        if days
        for first_on in _periods(kind, today, days)
    ]
    of_own = VisitPlanRecord.district_id.in_([district.id for district in districts])
    plans = heads.heads(session, staff, of_own)
    found = [*_returned(session, plans)]
    for district in districts:
        known = {(p.kind, p.first_on): p for p in plans if p.district_id == district.id}
        for kind, first_on in wanted:
            plan = known.get((kind, first_on))
            if plan is None:
                found.append(_missing(district, kind, first_on))
            elif plan.state is PlanState.DRAFT:
                found.append(_of_plan(plan, PlanNoticeKind.DRAFT))
    return tuple(
        sorted(found, key=lambda n: (_ORDER.index(n.notice), n.first_on, n.district_code, n.kind))
    )


def _periods(kind: PlanKind, today: date, days: int) -> Iterator[date]:
    """The period that runs, and the coming one as soon as it is near."""
    running = first_of_year(today) if kind is PlanKind.YEAR else first_of_month(today)
    coming = months_later(running, _MONTHS[kind])
    yield running
    if today >= coming - timedelta(days=days):
        yield coming


def _returned(session: Session, plans: tuple[PlanHead, ...]) -> Iterator[PlanNotice]:
    for plan in plans:
        if plan.state is PlanState.RETURNED:
            last = heads.steps_of(session, plan.plan_id)[-1]
            yield _of_plan(plan, PlanNoticeKind.RETURNED, by=last.by, words=last.words)


def _of_plan(
    plan: PlanHead, notice: PlanNoticeKind, *, by: str = "", words: str = ""
) -> PlanNotice:
    return PlanNotice(
        notice=notice,
        kind=plan.kind,
        first_on=plan.first_on,
        district_id=plan.district_id,
        district_code=plan.district_code,
        district_name=plan.district_name,
        plan_id=plan.plan_id,
        by=by,
        words=words,
    )


def _missing(district: District, kind: PlanKind, first_on: date) -> PlanNotice:
    return PlanNotice(
        notice=PlanNoticeKind.MISSING,
        kind=kind,
        first_on=first_on,
        district_id=district.id,
        district_code=district.code,
        district_name=district.name,
    )
