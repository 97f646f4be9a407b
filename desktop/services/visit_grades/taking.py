"""An approved support policy that names another grade than the present one decides it (PostgreSQL does it by itself).

A grade under the floor is not taken over: it needs a proposal with its exception, and rule P08 goes on asking.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.ids import new_id
from desktop.domain.visit_grades import BY_POLICY, GradeState
from desktop.models.support_policies import SupportPolicyRecord, SupportPolicyVersion
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.households.grades import grade_of, last_decided, place_of
from desktop.services.masters.grade_lookup import grade_tables


def take_policy_grade(
    session: Session, policy: SupportPolicyRecord, version: int, *, by: UUID, at: datetime
) -> None:
    """Add the decision of the version that was just approved, in the same transaction; nothing where it changes nothing."""
    today = japan_day(at)
    named = session.get_one(SupportPolicyVersion, (policy.id, version)).grade
    tables = grade_tables(session, policy.office_id, today)
    grade = tables.grades.get(named or "")
    if grade is None or grade.code == grade_of(session, policy.household_id, today):
        return
    place = place_of(session, policy.household_id, today)
    floor = tables.floor(place)
    to_come = last_decided(session, policy.household_id, today)
    if grade.visits_per_year < floor or (to_come is not None and to_come > today):
        return
    session.add(
        VisitGradeRecord(
            id=new_id(),
            office_id=policy.office_id,
            household_id=policy.household_id,
            grade=grade.code,
            visits_per_year=grade.visits_per_year,
            effective_from=today,
            place=place,
            floor=floor,
            reason_code=BY_POLICY,
            exception="",
            state=GradeState.APPROVED,
            policy_id=policy.id,
            proposed_by=policy.author_id,
            proposed_at=at,
            approved_by=by,
            approved_at=at,
            content_hash="",
        )
    )
    session.flush()
