"""The one door through which what was told of a household from outside (外部からの情報) is answered.

PostgreSQL judges by itself (`security/sql/57_outside_information.sql`); the training office does the same in the unit of
work. Whether there was a contact is looked up, never asked: the answer says so before its words.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from desktop.database.papering import call, on_server
from desktop.domain.clock import japan_day
from desktop.domain.records import ContactMethod
from desktop.domain.todos import TodoState, answered_information
from desktop.models.records import Contact, EntryRecord
from desktop.models.todos import Todo, TodoText


def answer(session: Session, todo_id: UUID, reply: str, at: datetime) -> None:
    """Close an open one of the person's own; the caller has looked that it is, and that there are words."""
    if on_server(session):
        call(session, func.app.answer_information(todo_id, cast(reply, Text)))
        return
    todo = session.get_one(Todo, todo_id)
    since = japan_day(todo.created_at)
    contact = (
        select(Contact.id)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .where(
            Contact.household_id == todo.household_id,
            Contact.happened_on >= since,
            Contact.method != ContactMethod.NONE,
            EntryRecord.is_annulled.is_(False),
        )
        .limit(1)
    )
    was_contacted = session.scalar(contact) is not None
    todo.state, todo.closed_at = TodoState.DONE, at
    todo.version += 1
    words = session.get_one(TodoText, todo_id)
    words.reply = answered_information(reply, was_contacted=was_contacted)
