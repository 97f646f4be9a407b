"""Things to do (やること): derived from facts, or assigned by somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class TodoOrigin(StrEnum):
    """Where a to-do comes from. Derived ones have no row and vanish with their reason."""

    ASSIGNED = "assigned"
    CONSULTATION = "consultation"
    INSTRUCTION = "instruction"
    RETURNED_ENTRY = "returned_entry"
    DRAFT_ENTRY = "draft_entry"
    PROMISE = "promise"
    POLICY_ACTION = "policy_action"
    TELEPHONE_MEMO = "telephone_memo"
    POLICY_REVIEW = "policy_review"
    GRADE_REVIEW = "grade_review"
    DECISION_DRAFT = "decision_draft"
    TRANSFER = "transfer"
    INQUIRY = "inquiry"
    DISCLOSURE = "disclosure"
    CARRY_OUT = "carry_out"
    OUTSIDE_INFO = "outside_info"
    MEDICAL = "medical"
    GUIDANCE = "guidance"
    SUPPORT_PLAN = "support_plan"
    EMPLOYMENT = "employment"


#: What a line is called that is about a record of a predecessor: to be asked for, its author alone finishes it.
PREDECESSOR = "前任者の差戻し"


class TodoState(StrEnum):
    """Open until the owner answers or closes it."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoInput:
    """A to-do for somebody: owner, what, by when, which file."""

    owner_id: UUID
    household_id: UUID | None
    origin: TodoOrigin
    text: str = field(repr=False)
    due_on: date | None = None
    origin_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationInput:
    """What somebody outside the office told of a household (外部からの情報): who, and what, in one line."""

    household_id: UUID
    who: str = field(repr=False)
    what: str = field(repr=False)


def answered_information(reply: str, *, was_contacted: bool) -> str:
    """An answer as it is kept: whether the file knows a contact since then stands before the words."""
    return f"{'接触の記録あり' if was_contacted else '接触の記録なし'}：{reply}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoRow:
    """One line of the desk; `todo_id` is None for derived ones. `is_late`: papers that should be back by now.

    `memo_id` names the telephone memo that the line is; `subject_id` is its entry then. `answers_instruction`: an answer to
    an own instruction, which may be asked about again.
    """

    todo_id: UUID | None
    origin: TodoOrigin
    household_id: UUID | None
    case_number: str
    head_name: str = field(repr=False)
    text: str = field(repr=False)
    due_on: date | None
    from_name: str = field(default="", repr=False)
    subject_id: UUID | None = None
    needs_reply: bool = False
    is_late: bool = False
    memo_id: UUID | None = None
    answers_instruction: bool = False
