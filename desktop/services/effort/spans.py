"""Decided groups of a team's people, and when its households were closed. Facts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.group_spans import DecisionFact, GroupSpan, spans_of
from desktop.domain.households import HouseholdState
from desktop.models.assessments import AssessmentRecord
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.support_groups import SupportGroupDecision


def closings(session: Session, where: ColumnElement[bool]) -> dict[UUID, list[date]]:
    """Household → days on which protection ended."""
    s = HouseholdStatePeriod
    rows = session.execute(
        select(s.household_id, s.valid_from)
        .join(Household, Household.id == s.household_id)
        .where(where, s.state == HouseholdState.CLOSED)
    )
    found: dict[UUID, list[date]] = defaultdict(list)
    for household_id, day in rows:
        found[household_id].append(day)
    return found


def group_spans(
    session: Session, where: ColumnElement[bool], closed: Mapping[UUID, list[date]]
) -> dict[UUID, tuple[GroupSpan, ...]]:
    """Person → the spans of decided groups; two statements at most."""
    d, a = SupportGroupDecision, AssessmentRecord
    rows = session.execute(
        select(
            *(d.id, d.person_id, d.household_id, d.assessment_id, d.group, a.proposed_group),
            *(d.how, d.effective_from, d.expires_on, d.next_review_on, a.made_on),
        )
        .join(a, a.id == d.assessment_id)
        .join(Household, Household.id == d.household_id)
        .where(where)
        .order_by(d.effective_from, d.decided_at, d.id)
    )
    decisions = (
        DecisionFact(
            decision_id=row[0],
            person_id=row[1],
            household_id=row[2],
            assessment_id=row[3],
            group=row[4],
            proposed=row[5],
            how=row[6],
            effective_from=row[7],
            expires_on=row[8],
            next_review_on=row[9],
            assessed_on=row[10],
        )
        for row in rows
    )
    return spans_of(decisions, closed)
