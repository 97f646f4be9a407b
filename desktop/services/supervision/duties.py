"""Who looks after a district on a day and since when, and districts that nobody looks after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.office import AssignmentKind, Period
from desktop.models.office import Assignment, District, Staff, StaffAbsence
from desktop.services.supervision.scope import Scope

_VACANT = "担当者が欠員で"
_AWAY = "担当者が不在で代わりの人がなく"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Why nobody looks after a district; `since` None where it never had a caseworker."""

    since: date | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """Since when the present caseworker has had the district, and whether somebody else had it before."""

    since: date
    follows_another: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duty:
    kind: AssignmentKind
    staff_id: UUID
    period: Period


def tenures(session: Session, scope: Scope) -> dict[UUID, Tenure]:
    """The tenure of today's caseworker in each district; vacant districts are missing."""
    found = {d: _tenure(duties, scope.today) for d, duties in _duties(session, scope).items()}
    return {district_id: tenure for district_id, tenure in found.items() if tenure is not None}


def districts_alone(session: Session, scope: Scope) -> dict[UUID, Gap]:
    """The districts in reach without a caseworker or deputy at work today, and without a substitute."""
    duties = _duties(session, scope)
    absences = _uncovered_absences(session, scope)
    districts = session.scalars(select(District.id).where(District.office_id == scope.office_id))
    gaps = {
        district_id: _gap(duties.get(district_id, ()), absences, scope.today)
        for district_id in districts
        if scope.supervises(district_id)
    }
    return {district_id: gap for district_id, gap in gaps.items() if gap is not None}


def _tenure(duties: Iterable[_Duty], today: date) -> Tenure | None:
    mains = [duty for duty in duties if duty.kind is AssignmentKind.MAIN]
    present = [duty for duty in mains if duty.period.covers(today)]
    if not present:
        return None
    staff_id = max(present, key=lambda duty: duty.period.valid_from).staff_id
    own = [duty.period for duty in mains if duty.staff_id == staff_id]
    # An assignment that is renewed every April is one tenure.
    since = _first_day(own, today) or today
    others = (duty for duty in mains if duty.staff_id != staff_id)
    return Tenure(
        since=since, follows_another=any(duty.period.valid_from < since for duty in others)
    )


def _gap(duties: Iterable[_Duty], absences: Mapping[UUID, list[Period]], today: date) -> Gap | None:
    present = [duty for duty in duties if duty.period.covers(today)]
    away = {d.staff_id: _first_day(absences.get(d.staff_id, []), today) for d in present}
    if any(since is None for since in away.values()):
        return None
    mains = [duty for duty in duties if duty.kind is AssignmentKind.MAIN]
    if any(duty in present for duty in mains):
        return Gap(since=max(since for since in away.values() if since), sentence=_AWAY)
    ended = (d.period.valid_to for d in mains if d.period.valid_to and d.period.valid_to < today)
    last = max(ended, default=None)
    return Gap(since=last + _DAY if last else None, sentence=_VACANT)


def _first_day(periods: list[Period], today: date) -> date | None:
    """The first day of the period that holds today, through periods that follow each other; None if none holds."""
    since = min((p.valid_from for p in periods if p.covers(today)), default=None)
    while since is not None:
        eve = since - _DAY
        earlier = min((p.valid_from for p in periods if p.covers(eve)), default=None)
        if earlier is None:
            return since
        since = earlier
    return None


def _duties(session: Session, scope: Scope) -> Mapping[UUID, list[_Duty]]:
    found = (
        select(Assignment, Staff.active_to)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(
            Assignment.office_id == scope.office_id,
            Assignment.kind != AssignmentKind.SUPERVISOR,
            Assignment.valid_from <= scope.today,
        )
    )
    duties = defaultdict[UUID, list[_Duty]](list)
    for row, active_to in session.execute(found):
        until = min((day for day in (row.valid_to, active_to) if day), default=None)
        period = Period(valid_from=row.valid_from, valid_to=until)
        duties[row.district_id].append(_Duty(kind=row.kind, staff_id=row.staff_id, period=period))
    return duties


def _uncovered_absences(session: Session, scope: Scope) -> Mapping[UUID, list[Period]]:
    found = select(StaffAbsence).where(
        StaffAbsence.office_id == scope.office_id,
        StaffAbsence.substitute_id.is_(None),
        StaffAbsence.valid_from <= scope.today,
    )
    absences = defaultdict[UUID, list[Period]](list)
    for row in session.scalars(found):
        period = Period(valid_from=row.valid_from, valid_to=row.valid_to)
        absences[row.staff_id].append(period)
    return absences
