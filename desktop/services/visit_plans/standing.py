"""Visits of a plan as they stand now, and the visits that the records tell of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.database.visit_plan_rows import visits_of
from desktop.domain.records import EntryState
from desktop.domain.visit_marks import StandingVisit, VisitMade
from desktop.domain.visit_plan_views import DeviationRow
from desktop.domain.visit_plans import Deviation, PlannedVisit, VisitKind
from desktop.domain.working_time import Half
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import Contact, EntryRecord
from desktop.models.visit_plans import VisitDeviation, VisitDeviationText

_d, _t = VisitDeviation, VisitDeviationText
#: What made an added visit due.
ADDED = "added"


def standing(
    visits: tuple[PlannedVisit, ...], deviations: tuple[VisitDeviation, ...]
) -> tuple[StandingVisit, ...]:
    """The visits as approved, with what the deviations made of them, one after the other."""
    found = {
        v.visit_id: StandingVisit(
            visit=v, approved_month=v.month, approved_day=v.day, approved_half=v.half
        )
        for v in visits
    }
    counted = Counter(d.visit_id for d in deviations)
    for d in sorted(deviations, key=lambda d: d.number):
        before = found.get(d.visit_id)
        found[d.visit_id] = StandingVisit(
            visit=_moved(before.visit if before else None, d),
            approved_month=before.approved_month if before else None,
            approved_day=before.approved_day if before else None,
            approved_half=before.approved_half if before else None,
            is_added=before is None or before.is_added,
            is_cancelled=d.change is Deviation.CANCELLED,
            deviation_reason=d.reason,
            deviations=counted[d.visit_id],
        )
    return tuple(found.values())


def deviations_of(session: Session, *conditions: ColumnElement[bool]) -> tuple[VisitDeviation, ...]:
    """The stored deviations, in their order."""
    return tuple(session.scalars(select(_d).where(*conditions).order_by(_d.plan_id, _d.number)))


def deviation_rows(
    session: Session, plan_id: UUID, labels: dict[str, str]
) -> tuple[DeviationRow, ...]:
    """The deviations of a plan as lists show them, the newest first; words of files that are open."""
    rows = session.execute(
        select(_d, Household.case_number, Staff.name, _t.words)
        .join(Household, Household.id == _d.household_id)
        .join(Staff, Staff.id == _d.by_id)
        .outerjoin(_t, _t.deviation_id == _d.id)
        .where(_d.plan_id == plan_id)
        .order_by(_d.number.desc())
    )
    return tuple(
        DeviationRow(
            number=d.number,
            visit_id=d.visit_id,
            household_id=d.household_id,
            case_number=case_number,
            change=d.change,
            reason=d.reason,
            reason_label=labels.get(d.reason, d.reason),
            from_month=d.from_month,
            from_day=d.from_day,
            from_half=_half(d.from_half),
            to_month=d.to_month,
            to_day=d.to_day,
            to_half=_half(d.to_half),
            by=by,
            at=d.at,
            words=words or "",
        )
        for d, case_number, by, words in rows
    )


def standing_of_plan(
    session: Session, plan_id: UUID, version: int | None = None
) -> tuple[StandingVisit, ...]:
    """The visits of one plan as they stand now."""
    deviations = deviations_of(session, _d.plan_id == plan_id)
    return standing(visits_of(session, plan_id, version), deviations)


def visits_made(
    session: Session, households: ColumnElement[bool], first: date, last: date
) -> tuple[VisitMade, ...]:
    """Visits that count and vain ones of these households between two days, from entries that were handed in and stand.

    `households` is a condition on `Household`.
    """
    c, e = Contact, EntryRecord
    rows = session.execute(
        select(
            *(c.id, c.household_id, c.happened_on, c.is_home_visit, e.id, c.result_code),
            *(c.started_at, c.ended_at),
        )
        .join(e, e.contact_id == c.id)
        .join(Household, Household.id == c.household_id)
        .where(
            households,
            c.happened_on.between(first, last),
            or_(c.is_home_visit, c.is_absence),
            e.is_annulled.is_(False),
            e.state != EntryState.DRAFT,
        )
        .order_by(c.happened_on, c.id)
    )
    return tuple(
        VisitMade(
            contact_id=contact_id,
            household_id=household_id,
            on=on,
            is_met=is_met,
            entry_id=entry_id,
            result=result,
            started_at=started_at,
            ended_at=ended_at,
        )
        for contact_id, household_id, on, is_met, entry_id, result, started_at, ended_at in rows
    )


def _moved(visit: PlannedVisit | None, d: VisitDeviation) -> PlannedVisit:
    """The visit where the deviation put it; a cancelled one keeps its month, so that it still shows there."""
    if d.change is Deviation.CANCELLED and visit is not None:
        return visit
    month, day, half = d.to_month, d.to_day, _half(d.to_half)
    if visit is None:
        return PlannedVisit(
            visit_id=d.visit_id,
            household_id=d.household_id,
            kind=d.kind or VisitKind.EXTRA,
            month=month,
            day=day,
            half=half,
            minutes=d.minutes or 0,
            rule=ADDED,
        )
    # The window goes along: a visit that was moved on purpose is late only after its new month.
    return replace(
        visit,
        month=month,
        day=day,
        half=half,
        place=None,
        last_on=None,
        unplanned="",
        unplanned_values={},
    )


def _half(code: str | None) -> Half | None:
    return Half(code) if code else None
