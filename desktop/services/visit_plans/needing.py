"""Need points that people give a planned visit by hand (必要度の加減), with their reason; never more than the office allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.need_points import ManualPoint, NeedLine, NeedRule, PointsInput, need_words
from desktop.domain.office import SignedInStaff
from desktop.domain.visit_plans import NO_PLAN, NO_VISIT, NOT_YOUR_DISTRICT
from desktop.models.visit_plans import (
    PlannedVisitPoint,
    PlannedVisitPointText,
    PlannedVisitRecord,
    VisitPlanRecord,
)
from desktop.services.masters import lookup_visits

_MOST_LETTERS = 200


def household_of(session: Session, given: PointsInput) -> UUID:
    """Whose visit it is. Raises ConflictError where it is not planned any more."""
    v = PlannedVisitRecord
    found = session.scalar(
        select(v.household_id).where(
            v.plan_id == given.plan_id, v.visit_id == given.visit_id, v.to_version.is_(None)
        )
    )
    if found is None:
        raise ConflictError(NO_VISIT)
    return found


def give(
    session: Session, staff: SignedInStaff, given: PointsInput, today: date, at: datetime
) -> None:
    """Store the points with their reason; a retry stores once."""
    plan = session.get(VisitPlanRecord, given.plan_id)
    if plan is None or plan.office_id != staff.office_id:
        raise NotPermittedError(NO_PLAN)
    if plan.district_id not in staff.own_district_ids:
        raise NotPermittedError(NOT_YOUR_DISTRICT)
    if session.get(PlannedVisitPoint, given.point_id) is not None:
        return
    reason = given.reason.strip()
    if not reason:
        raise ValidationError(reason="点を加減する理由を入力してください。")
    if len(reason) > _MOST_LETTERS:
        raise ValidationError(reason=f"理由は{_MOST_LETTERS}文字までにしてください。")
    row = lookup_visits.need_points(session, staff.office_id, today).get(NeedRule.MANUAL)
    most = row.most if row else 0
    if abs(given.points) > most:
        raise ValidationError(points=f"加減は{most}点までです。")
    household_id = household_of(session, given)
    session.add(
        PlannedVisitPoint(
            id=given.point_id,
            office_id=staff.office_id,
            plan_id=given.plan_id,
            visit_id=given.visit_id,
            household_id=household_id,
            points=given.points,
            given_by=staff.staff_id,
            given_at=at,
        )
    )
    session.flush()
    session.add(
        PlannedVisitPointText(
            point_id=given.point_id,
            office_id=staff.office_id,
            household_id=household_id,
            reason=reason,
        )
    )


def told(terms: Mapping[str, Any] | None, by_hand: ManualPoint | None) -> str:
    """The need of a planned visit in words: what its stored table says, and what was given by hand since."""
    lines = list(_stored(terms))
    if by_hand is not None:
        lines.append(
            NeedLine(
                rule=NeedRule.MANUAL,
                found=f"{by_hand.by}：{by_hand.comment.strip()}",
                points=by_hand.points,
                reason="",
            )
        )
    return need_words(lines)


def _stored(terms: Mapping[str, Any] | None) -> Sequence[NeedLine]:
    rows = (terms or {}).get("need") or ()
    return [
        NeedLine(rule=NeedRule(row["rule"]), found=row["found"], points=row["points"], reason="")
        for row in rows
    ]
