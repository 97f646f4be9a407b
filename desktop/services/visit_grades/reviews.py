"""Which events ask for a review of a grade: newer than the last decision or proposal, and not answered.

The dated table 訪問格付の理由と見直しのきっかけ says which facts ask. An event is settled by a grade handed in after it,
by an approved support policy that names a grade, or by the answer that the grade stays.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.policy_events import ReviewEvent
from desktop.domain.support_policies import PolicyState
from desktop.domain.visit_grades import GradeState
from desktop.models.households import Household
from desktop.models.ledger import TakeOver, VisitGradePeriod
from desktop.models.support_policies import SupportPolicyRecord, SupportPolicyVersion
from desktop.models.visit_grades import VisitGradeKept, VisitGradeRecord
from desktop.services.households.grades import present_grade
from desktop.services.masters.grade_lookup import grade_events
from desktop.services.policy_events.happening import Households
from desktop.services.policy_events.settling import Considered, as_events, happenings, is_settled

#: Nothing older is looked for: the yearly event asks again.
_LOOK_BACK_MONTHS = 12


def open_grade_events(
    session: Session, office_id: UUID, where: ColumnElement[bool], today: date
) -> tuple[ReviewEvent, ...]:
    """The open events of the receiving households with a grade for which `where` (a condition on Household) holds.

    The most urgent come first. A household without a grade is told of by V01.
    """
    kinds = grade_events(session, office_id, today)
    asked = Households(
        where=where
        & (Household.state == HouseholdState.RECEIVING)
        & present_grade(today).is_not(None),
        since=months_later(today, -_LOOK_BACK_MONTHS),
        today=today,
    )
    considered = _considered(session, asked)
    answers = _answers(session, asked)
    return as_events(
        (
            one
            for one in happenings(session, asked, kinds)
            if not is_settled(
                one,
                considered.get(one.household_id),
                answers.get((one.household_id, one.happened_on)),
            )
        ),
        kinds,
    )


def _considered(session: Session, asked: Households) -> dict[UUID, Considered]:
    """Household → up to when its grade was considered: by the ledger, at the take-over, by a proposal or a policy."""
    g, v, t = VisitGradeRecord, VisitGradePeriod, TakeOver
    p, w = SupportPolicyRecord, SupportPolicyVersion
    days = dict[UUID, date]()
    for statement in (
        select(v.household_id, func.max(v.valid_from))
        .join(Household, Household.id == v.household_id)
        .where(asked.where, v.valid_from <= asked.today)
        .group_by(v.household_id),
        select(t.household_id, t.taken_over_on)
        .join(Household, Household.id == t.household_id)
        .where(asked.where),
    ):
        for household_id, day in session.execute(statement):
            days[household_id] = max(day, days.get(household_id, date.min))
    found = {household_id: Considered(day=day) for household_id, day in days.items()}
    proposed = (
        select(g.household_id, func.max(g.proposed_at))
        .join(Household, Household.id == g.household_id)
        .where(asked.where, g.state.in_((GradeState.SUBMITTED, GradeState.APPROVED)))
        .group_by(g.household_id)
    )
    by_policy = (
        select(p.household_id, func.max(p.approved_at))
        .join(w, (w.policy_id == p.id) & (w.version == p.approved_version))
        .join(Household, Household.id == p.household_id)
        .where(asked.where, p.state == PolicyState.APPROVED, w.grade.is_not(None))
        .group_by(p.household_id)
    )
    for household_id, at in (*session.execute(proposed), *session.execute(by_policy)):
        known = found.get(household_id)
        if at is not None and (known is None or _is_later(at, known)):
            found[household_id] = Considered(day=japan_day(at), at=at)
    return found


def _is_later(at: datetime, known: Considered) -> bool:
    return at > known.at if known.at is not None else japan_day(at) >= known.day


def _answers(session: Session, asked: Households) -> dict[tuple[UUID, date], datetime]:
    """Household and day → when somebody last said that the grade stays."""
    k = VisitGradeKept
    rows = session.execute(
        select(k.household_id, k.happened_on, func.max(k.answered_at))
        .join(Household, Household.id == k.household_id)
        .where(asked.where)
        .group_by(k.household_id, k.happened_on)
    )
    return {(household_id, day): at for household_id, day, at in rows}
