"""Instructions of a supervisor about a household (指示事項), each with a day for the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

#: The kind of entry that an instruction becomes in the file (査察指導員の指示・助言).
ENTRY_KIND = "supervisor_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionInput:
    """What is asked for, and until when; without a day the office's days for answering count (しきい値).

    `entry_id` is made by the screen: what is sent twice is stored once.
    """

    entry_id: UUID
    household_id: UUID
    text: str = field(repr=False)
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionGiven:
    """To whom it went, and the day for the answer."""

    to: str = field(repr=False)
    due_on: date
