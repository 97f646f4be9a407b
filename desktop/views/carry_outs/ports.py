"""What the screen 持出 asks of the use cases."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.carry_outs import (
    CarryCandidate,
    CarryChoices,
    CarryOutCorrection,
    CarryOutInput,
    CarryOutLine,
    CarryOutMoveInput,
)
from desktop.domain.leaks import Incident, IncidentInput


class CarryOuts(Protocol):
    """The register of the office and the own trips (`services/carry_outs`)."""

    def open_lines(self) -> tuple[CarryOutLine, ...]:
        """What still waits for somebody."""

    def lines_between(self, since: date, until: date) -> tuple[CarryOutLine, ...]:
        """The register of a period."""

    def find(self, typed: str) -> CarryOutLine:
        """The trip whose number was typed or scanned."""

    def choices(self) -> CarryChoices:
        """What a new trip is made from."""

    def candidates(self, household_ids: tuple[UUID, ...] = ()) -> tuple[CarryCandidate, ...]:
        """Households to choose from."""

    def make(self, given: CarryOutInput) -> CarryOutLine:
        """Make a trip."""

    def move(self, given: CarryOutMoveInput) -> int:
        """Move a trip on."""

    def correct(self, given: CarryOutCorrection) -> int:
        """Correct the return time or add a remark."""

    def let_pass(self, pass_id: UUID, carrier: UUID, reason: str) -> None:
        """Let somebody take papers out today."""

    def incidents(self) -> tuple[Incident, ...]:
        """The incidents that the person sees."""

    def save_incident(self, given: IncidentInput) -> int:
        """Report an incident or go on with it."""


class ChoosesSheet(Protocol):
    """Is told of which trip the next sheet is."""

    def choose(self, carry_out_id: UUID, version: int, /) -> tuple[UUID, ...]:
        """The id of the one trip."""


class ChoosesRegister(Protocol):
    """Is told which period the next register holds."""

    def choose(self, asked: tuple[date, date], /) -> tuple[UUID, ...]:
        """The id of the one register."""


class ChoosesIncident(Protocol):
    """Is told of which incident the next report is."""

    def choose(self, asked: UUID, /) -> tuple[UUID, ...]:
        """The id of the one report."""
