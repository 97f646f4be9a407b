"""Assigned to-dos (やること). Derived ones have no row."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.base import Base, Keyed, Versioned, code, content, facts


class Todo(Keyed, Versioned, Base):
    """Something somebody has to do by a day; its words stand in `todo_text`."""

    __tablename__ = "todo"
    __table_args__ = facts(Index(None, "owner_id", "state"), Index(None, "household_id"))

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"))
    origin: Mapped[TodoOrigin] = mapped_column(code(TodoOrigin))
    origin_id: Mapped[UUID | None]
    due_on: Mapped[date | None]
    state: Mapped[TodoState] = mapped_column(code(TodoState), default=TodoState.OPEN)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class TodoText(Base):
    """What is to be done, and the owner's reply."""

    __tablename__ = "todo_text"
    __table_args__ = content()

    todo_id: Mapped[UUID] = mapped_column(ForeignKey("todo.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"))
    text: Mapped[str]
    reply: Mapped[str] = mapped_column(default="")
