"""What the screen 受領書類 asks of the use cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desktop.domain.ledger import AskCancelled, ReportProgress
from desktop.domain.office import StaffRow
from desktop.domain.online_applications import ApplicationReport
from desktop.domain.papers import (
    PaperInput,
    PaperKind,
    PaperLine,
    PaperPerson,
    PaperPool,
    PaperState,
    ReceivedPaper,
)


class Papers(Protocol):
    """Papers are taken in, moved on, taken over (`services/papers`)."""

    def kinds(self) -> tuple[PaperKind, ...]:
        """The kinds of paper."""

    def people(self, household_id: UUID) -> tuple[PaperPerson, ...]:
        """Whose paper it can be; none outside the person's duty."""

    def receive(self, given: PaperInput) -> ReceivedPaper:
        """Take a paper in."""

    def step(self, paper_id: UUID, shown: PaperState) -> PaperState:
        """Move a paper on."""

    def settle(self, paper_id: UUID, shown: PaperState, reason: str) -> PaperState:
        """Settle a paper at once."""

    def hand_over(self, paper_id: UUID, shown_owner: UUID | None, to: UUID | None = None) -> None:
        """Take a paper over, or give it to a colleague."""

    def handlers(self) -> tuple[StaffRow, ...]:
        """Who handles papers."""

    def draft(self, paper_id: UUID) -> date:
        """Give the owner the to-do of the decision draft; until when."""

    def find(self, year: int, number: int) -> PaperLine | None:
        """The paper of a number, settled or not."""

    def pool(self) -> PaperPool:
        """What is not settled."""


class TakesApplications(Protocol):
    """Takes in online applications (`services/online_applications`)."""

    def preview(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> ApplicationReport:
        """Say what would become of each; nothing is stored."""

    def choose(
        self, report: ApplicationReport, place: int, household_id: UUID, cancelled: AskCancelled
    ) -> ApplicationReport:
        """Take a person's word whose application it is."""

    def run(
        self, report: ApplicationReport, progress: ReportProgress, cancelled: AskCancelled
    ) -> ApplicationReport:
        """Take in what is ready."""

    def save_left(self, report: ApplicationReport, out: Path) -> int:
        """Write what is not taken in as a list."""
