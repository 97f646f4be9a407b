"""Giving somebody a to-do, for use cases of any noun above this one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.todos import TodoOrigin
from desktop.models.todos import Todo, TodoText


def add_todo(
    session: Session,
    *,
    staff: SignedInStaff,
    owner_id: UUID,
    household_id: UUID | None,
    origin: TodoOrigin,
    text: str,
    at: datetime,
    due_on: date | None = None,
    origin_id: UUID | None = None,
) -> UUID:
    """Give somebody a to-do, in the unit of work of the use case that makes it necessary."""
    todo = Todo(
        id=new_id(),
        office_id=staff.office_id,
        owner_id=owner_id,
        household_id=household_id,
        origin=origin,
        origin_id=origin_id,
        due_on=due_on,
        created_by=staff.staff_id,
        created_at=at,
    )
    session.add(todo)
    session.flush()
    session.add(
        TodoText(
            todo_id=todo.id,
            office_id=staff.office_id,
            household_id=household_id,
            text=text.strip(),
        )
    )
    return todo.id
