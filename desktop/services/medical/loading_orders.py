"""The orders to be examined of a household, with their steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.medical_orders import ExaminationOrder, OrderInput, StepTaken
from desktop.domain.office import SignedInStaff
from desktop.models.medical import MedicalOpinion
from desktop.models.medical_orders import (
    ExaminationOrderRecord,
    ExaminationOrderText,
    ExaminationStepRecord,
    ExaminationStepText,
)
from desktop.models.office import Staff
from desktop.services.letter_issues import letter_issues


def orders_of(
    session: Session, staff: SignedInStaff, household_id: UUID
) -> Mapping[UUID, list[ExaminationOrder]]:
    """Person → orders, newest first."""
    x, t, o = ExaminationOrderRecord, ExaminationOrderText, MedicalOpinion
    known = session.execute(
        select(o.order_id, o.given_on).where(
            o.household_id == household_id, o.order_id.is_not(None)
        )
    )
    results = {order_id: day for order_id, day in known if order_id is not None}
    steps = _steps(session, household_id)
    rows = session.execute(
        select(x, t, Staff.name)
        .join(t, t.order_id == x.id)
        .join(Staff, Staff.id == x.author_id)
        .where(x.household_id == household_id)
        .order_by(x.made_at.desc(), x.id.desc())
    )
    found: dict[UUID, list[ExaminationOrder]] = defaultdict(list)
    orders = rows.all()
    issues = letter_issues(session, [row.id for row, *_ in orders])
    for row, text, name in orders:
        found[row.person_id].append(
            ExaminationOrder(
                given=_given(row, text),
                author=name,
                is_own=row.author_id == staff.staff_id,
                made_at=row.made_at,
                steps=tuple(steps[row.id]),
                result_on=results.get(row.id),
                issue=issues.get(row.id),
            )
        )
    return found


def _steps(session: Session, household_id: UUID) -> Mapping[UUID, list[StepTaken]]:
    s, t = ExaminationStepRecord, ExaminationStepText
    rows = session.execute(
        select(s, t.words, Staff.name)
        .join(t, t.step_id == s.id)
        .join(Staff, Staff.id == s.done_by)
        .where(s.household_id == household_id)
        .order_by(s.done_at, s.id)
    )
    found: dict[UUID, list[StepTaken]] = defaultdict(list)
    for row, words, name in rows:
        found[row.order_id].append(
            StepTaken(step=row.step, done_on=row.done_on, done_by=name, words=words)
        )
    return found


def _given(row: ExaminationOrderRecord, text: ExaminationOrderText) -> OrderInput:
    return OrderInput(
        order_id=row.id,
        household_id=row.household_id,
        person_id=row.person_id,
        doubt=row.doubt,
        due_on=row.due_on,
        reason=text.reason,
        elsewhere=text.elsewhere,
        institution=text.institution,
        address=text.address,
        department=text.department,
        items=text.items,
        bring=text.bring,
    )
