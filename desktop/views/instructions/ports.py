"""What the views of instructions ask (`services/instructions`)."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.instructions import InstructionGiven, InstructionInput


class Instructs(Protocol):
    """Writes instructions."""

    def give(self, given: InstructionInput) -> InstructionGiven:
        """Into the file, and onto the caseworker's desk."""

    def ask_again(self, answer_id: UUID, text: str, due_on: date | None = None) -> InstructionGiven:
        """Once more, after an answer."""
