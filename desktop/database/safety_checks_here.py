"""The to-do that somebody sees whether a person is safe (安否確認), where the database has no rules of its own (SQLite).

Whoever notes that nobody reached a person about a paper asks for it by that alone; a missing paper asks for nothing else.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database import papering_here
from desktop.domain.clock import japan_day
from desktop.domain.ids import new_id
from desktop.domain.monthly_papers import SAFETY_TASK
from desktop.domain.office import SignedInStaff
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.todos import Todo, TodoText


def ask(
    session: Session, staff: SignedInStaff, household_id: UUID, origin_id: UUID, at: datetime
) -> None:
    """Ask who looks after the household, else who noted it, to see today; once while it is open."""
    is_open = exists().where(
        Todo.household_id == household_id,
        Todo.state == TodoState.OPEN,
        TodoText.todo_id == Todo.id,
        TodoText.text == SAFETY_TASK,
    )
    if session.scalar(select(is_open)):
        return
    today = japan_day(at)
    household = session.get_one(Household, household_id)
    owner = {"office_id": staff.office_id, "household_id": household_id}
    todo = Todo(
        id=new_id(),
        owner_id=papering_here.owner_of(session, household, today) or staff.staff_id,
        origin=TodoOrigin.ASSIGNED,
        origin_id=origin_id,
        due_on=today,
        created_by=staff.staff_id,
        created_at=at,
        **owner,
    )
    session.add(todo)
    session.flush()
    session.add(TodoText(todo_id=todo.id, text=SAFETY_TASK, **owner))
    session.flush()
