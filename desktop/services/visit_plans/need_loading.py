"""How urgently a visit is wanted (訪問の必要度): the facts behind the office's table of reasons, and what people added by hand.

Points belong to a planned visit, order visits within the rules and never remove one. They are reckoned when a plan is proposed and
stored with the planned visit alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.declarations import CellState
from desktop.domain.need_points import ManualPoint, NeedFacts
from desktop.domain.policy_events import EventSource
from desktop.domain.visit_grades import VisitGrade
from desktop.domain.visit_marks import VisitMade
from desktop.models.office import Staff
from desktop.models.visit_plans import PlannedVisitPoint, PlannedVisitPointText
from desktop.services.declarations.cells import happened
from desktop.services.masters import lookup
from desktop.services.policy_events.opening import open_events
from desktop.services.visit_plans.household_facts import HouseholdFacts

_MONTH_DAYS = 30
#: A declaration that is older than this is no reason for a visit any more: it is the radar's.
_DECLARATION_MONTHS = 12
_UNREAD = "理由は世帯を開くと読めます"
_OVERDUE = frozenset({CellState.MISSING, CellState.REMINDED, CellState.REMINDED_AGAIN})
#: Changes in a household, as far as they are facts; what is only a date of the calendar is none.
_CHANGES = frozenset(
    {
        *(EventSource.IMPACT, EventSource.JOINED, EventSource.LEFT, EventSource.BORN),
        *(EventSource.DIED, EventSource.MOVED, EventSource.ADMITTED, EventSource.DISCHARGED),
        *(EventSource.WORK_BEGAN, EventSource.WORK_ENDED),
    }
)


def need_facts(
    session: Session,
    office_id: UUID,
    where: ColumnElement[bool],
    *,
    households: Mapping[UUID, HouseholdFacts],
    made: Mapping[UUID, Sequence[VisitMade]],
    grades: Mapping[str, VisitGrade],
    today: date,
) -> dict[UUID, NeedFacts]:
    """Household → what the table of reasons measures. `where` is the condition on `Household` that the others were read by."""
    overdue = _overdue(session, office_id, where, today)
    changes = _changes(session, office_id, where, today)
    found = {}
    for household_id, facts in households.items():
        grade, met = grades.get(facts.grade), facts.last_met_on
        review = facts.policy_review_on
        found[household_id] = NeedFacts(
            days_since_contact=None if met is None else (today - met).days,
            interval_days=(grade.interval_months if grade else 0) * _MONTH_DAYS,
            failed_attempts=_failed(made.get(household_id, ())),
            declarations_overdue=overdue.get(household_id, 0),
            changes_reported=changes.get(household_id, 0),
            reviews_due=int(review is not None and review <= today),
        )
    return found


def manual_points(
    session: Session, plan_id: UUID, visit_ids: Collection[UUID] | None = None
) -> dict[UUID, ManualPoint]:
    """Visit → what somebody gave or took by hand, the newest; the reason shows to whoever opened the file."""
    p, t = PlannedVisitPoint, PlannedVisitPointText
    query = (
        select(p.visit_id, p.points, Staff.name, t.reason)
        .join(Staff, Staff.id == p.given_by)
        .outerjoin(t, t.point_id == p.id)
        .where(p.plan_id == plan_id)
        .order_by(p.given_at, p.id)
    )
    if visit_ids is not None:
        query = query.where(p.visit_id.in_(visit_ids))
    newest = {
        visit_id: ManualPoint(points=points, comment=reason or _UNREAD, by=name)
        for visit_id, points, name, reason in session.execute(query)
    }
    return {visit_id: given for visit_id, given in newest.items() if given.points}


def _failed(made: Sequence[VisitMade]) -> int:
    """Attempts in vain since somebody was met."""
    failed = 0
    for visit in sorted(made, key=lambda m: m.on, reverse=True):
        if visit.is_met:
            break
        failed += 1
    return failed


def _overdue(
    session: Session, office_id: UUID, where: ColumnElement[bool], today: date
) -> dict[UUID, int]:
    """Declarations that are past their day and not there; what was explained is not counted."""
    first = months_later(today.replace(day=1), -_DECLARATION_MONTHS)
    months = [months_later(first, n) for n in range(_DECLARATION_MONTHS + 1)]
    known = happened(
        session, where, first, lookup.declaration_cycles(session, office_id, today), today
    )
    found: dict[UUID, int] = {}
    for whose in known.duties:
        late = sum(
            cell is not None and cell.state in _OVERDUE for cell in known.cells(whose, months)
        )
        found[whose[0]] = found.get(whose[0], 0) + late
    return found


def _changes(
    session: Session, office_id: UUID, where: ColumnElement[bool], today: date
) -> dict[UUID, int]:
    """Changes that nobody looked at yet with the support policy."""
    found: dict[UUID, int] = {}
    for event in open_events(session, office_id, where, today):
        if event.source in _CHANGES:
            found[event.household_id] = found.get(event.household_id, 0) + 1
    return found
