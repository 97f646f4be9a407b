"""Instructions of a supervisor about a household, outside an approval; and asking again after an answer."""

from desktop.services.instructions.service import InstructionService

__all__ = ["InstructionService"]
