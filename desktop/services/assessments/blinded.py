"""What is hidden from whoever is asked for second answers (二重確認). PostgreSQL hides it by itself too (`app.blind_households`)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, select, true

from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.blind_checks import BlindCheckAssignment


def open_to(
    staff: SignedInStaff,
    household: SQLColumnExpression[UUID] | Any,  # noqa: ANN401 - a mapped column
) -> ColumnElement[bool]:
    """The household is none of which the person still owes second answers. Only whoever assesses is ever asked for them."""
    if not staff.may(Permission.ASSESS):
        return true()
    x = BlindCheckAssignment
    asked = select(x.household_id).where(
        x.second_id == staff.staff_id, x.answered_at.is_(None), x.withdrawn_at.is_(None)
    )
    found: ColumnElement[bool] = household.not_in(asked)
    return found
