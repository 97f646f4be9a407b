"""One line of a desk before its words are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.todos import TodoOrigin

_ORDER = tuple(TodoOrigin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the desk before its words are read; `todo_id`, `promise_id`, `duty_id` and `memo_id` say where they stand."""

    origin: TodoOrigin
    household_id: UUID | None
    case_number: str
    head_name: str = field(repr=False)
    due_on: date | None
    text: str = field(default="", repr=False)
    subject_id: UUID | None = None
    todo_id: UUID | None = None
    promise_id: UUID | None = None
    duty_id: UUID | None = None
    memo_id: UUID | None = None
    answers_instruction: bool = False
    from_name: str = field(default="", repr=False)
    is_late: bool = False

    @property
    def has_words(self) -> bool:
        """Whether its words stand in a content table."""
        return self.source is not None

    @property
    def source(self) -> UUID | None:
        """The row that its words belong to."""
        return self.todo_id or self.promise_id or self.duty_id or self.memo_id

    @property
    def urgency(self) -> tuple[object, ...]:
        """Sorts the most urgent first: by day, those without a day last."""
        return (self.due_on or date.max, _ORDER.index(self.origin), self.case_number)
