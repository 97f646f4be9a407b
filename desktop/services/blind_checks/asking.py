"""Asking somebody for second answers, with a to-do that names nobody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.domain.blind_checks import Second
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.todos import TodoOrigin
from desktop.models.blind_checks import BlindCheck, BlindCheckAssignment
from desktop.services.todos import add_todo

_MAY_NOT = "はじめの評価を書いた人、この世帯の担当、査察指導の職務の人には頼めません。"
_ASKED = "この事例は、もう二重確認を頼んでいます。"
_TODO = "二重確認を頼まれました。会議・支援区分の「二重確認」（Alt+4）で回答してください。"


def ask(
    session: Session,
    assignment_id: UUID,
    check: BlindCheck,
    second_id: UUID,
    *,
    may: Collection[Second],
    staff: SignedInStaff,
    at: datetime,
) -> None:
    """Store the request. `may`: whoever may be asked."""
    if second_id not in {each.staff_id for each in may}:
        raise ValidationError(second_id=_MAY_NOT)
    asked = exists().where(
        BlindCheckAssignment.check_id == check.id, BlindCheckAssignment.withdrawn_at.is_(None)
    )
    if session.scalar(select(asked)):
        raise ConflictError(_ASKED)
    session.add(
        BlindCheckAssignment(
            id=assignment_id,
            office_id=check.office_id,
            household_id=check.household_id,
            person_id=check.person_id,
            check_id=check.id,
            second_id=second_id,
            assigned_by=staff.staff_id,
            assigned_at=at,
        )
    )
    session.flush()
    add_todo(
        session,
        staff=staff,
        owner_id=second_id,
        household_id=None,
        origin=TodoOrigin.ASSIGNED,
        text=_TODO,
        at=at,
        origin_id=assignment_id,
    )
