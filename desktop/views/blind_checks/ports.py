"""What the tab 二重確認 asks of the use cases."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.blind_checks import (
    BlindBoard,
    BlindForm,
    BlindInput,
    BothAnswers,
    DrawInput,
    OpenCheck,
    Second,
    WithdrawnWhy,
)


class ChecksBlind(Protocol):
    """Blind double checks (`services/blind_checks`)."""

    def board(self, quarter_on: date | None = None) -> BlindBoard:
        """A quarter for who supervises."""

    def draw(self, given: DrawInput) -> None:
        """Draw cases."""

    def seconds(self, check_id: UUID) -> tuple[Second, ...]:
        """Who may be asked about one."""

    def ask(self, assignment_id: UUID, check_id: UUID, second_id: UUID) -> None:
        """Ask somebody."""

    def withdraw(self, assignment_id: UUID, why: WithdrawnWhy) -> None:
        """Take a request back."""

    def both(self, check_id: UUID) -> BothAnswers:
        """Both answers of a case."""

    def asked_of_me(self) -> tuple[OpenCheck, ...]:
        """What the signed-in person owes."""

    def begin(self, assignment_id: UUID) -> BlindForm:
        """Open one of them."""

    def answer(self, given: BlindInput) -> None:
        """Hand the answers in."""
