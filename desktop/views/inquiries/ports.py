"""What the register and the section 照会・調査 ask of the use cases."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.inquiries import (
    AnswerInput,
    InquiriesOfFile,
    InquiryDraft,
    InquiryInput,
    InquiryLine,
    InquiryState,
)


class InquiriesOfFiles(Protocol):
    """Inquiries of an opened file (`services/inquiries`)."""

    def of_household(self, household_id: UUID) -> InquiriesOfFile:
        """Every inquiry with its words, and what a new one can be made of."""

    def ask(self, given: InquiryInput) -> str:
        """Draft an inquiry; its number."""

    def redraft(self, inquiry_id: UUID, shown: int, draft: InquiryDraft) -> None:
        """Draft a returned one anew."""

    def move(self, inquiry_id: UUID, shown: int, to: InquiryState, words: str = "") -> None:
        """Approve, return, remind, check or withdraw."""

    def answer(self, given: AnswerInput) -> None:
        """Take an answer down."""


class InquiryRegisters(Protocol):
    """The register of the person's districts, or of the office."""

    def open_lines(self) -> tuple[InquiryLine, ...]:
        """What still waits for somebody."""

    def lines_of_year(self, year: int) -> tuple[InquiryLine, ...]:
        """Everything of a fiscal year."""


class ChoosesRegister(Protocol):
    """Is told which inquiries the next printed register holds."""

    def choose(self, asked: tuple[tuple[UUID, ...], str], /) -> tuple[UUID, ...]:
        """The id of the one register."""
