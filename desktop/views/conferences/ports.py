"""What the screen 会議・支援区分 asks of the use cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol
from uuid import UUID

from desktop.domain.assessment_forms import AssessmentsOfFile
from desktop.domain.clock import Clock
from desktop.domain.conference_boards import MatterPaper, MatterRow
from desktop.domain.conferences import (
    ConferenceInput,
    ConferenceMember,
    ConferenceRow,
    MatterInput,
    MinutesInput,
)
from desktop.domain.office import SignedInStaff, StaffRow
from desktop.domain.support_group_lists import GroupRegister, OpenProposals, UnchangedReport
from desktop.domain.support_groups import DecisionInput
from desktop.jobs.change_bus import ChangeBus
from desktop.views.blind_checks.ports import ChecksBlind
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView


class ConferencePaper(Enum):
    """What goes to paper from this screen: the pack of an agenda (S-02), minutes (K-14), the register of groups (S-34)."""

    PACK = auto()
    MINUTES = auto()
    REGISTER = auto()


class ChoosesSheet(Protocol):
    """The way to paper of what was chosen on the screen."""

    def choose(self, asked: Any, /) -> tuple[UUID, ...]:  # noqa: ANN401 - what its form takes
        """Say what the next run draws."""


MakePaper = Callable[[ScreenView, ConferencePaper], tuple[PrintRunView, ChoosesSheet]]


class HoldsConferences(Protocol):
    """Meetings (`services/conferences`)."""

    def conferences(self) -> tuple[ConferenceRow, ...]:
        """All of them, the newest first."""

    def call(self, given: ConferenceInput) -> None:
        """Call one."""

    def add_matters(self, given: Collection[MatterInput]) -> None:
        """Put cases on an agenda."""

    def matters(self, conference_id: UUID) -> tuple[MatterRow, ...]:
        """The agenda as facts."""

    def hold(self, conference_id: UUID, members: Sequence[ConferenceMember]) -> None:
        """Open the meeting."""

    def write_minutes(self, given: MinutesInput) -> None:
        """Write down what was said about a matter."""

    def close(self, conference_id: UUID) -> None:
        """Close the meeting."""


class DecidesGroups(Protocol):
    """Support groups (`services/support_groups`)."""

    def agenda_candidates(self) -> OpenProposals:
        """What waits for a conference."""

    def unchanged(self) -> OpenProposals:
        """What the supervisor decides."""

    def unchanged_reported(self, conference_id: UUID) -> UnchangedReport:
        """What a meeting hears of: decided from the list since the one before."""

    def register(self) -> GroupRegister:
        """Everybody with a group."""

    def matter(self, matter_id: UUID) -> MatterPaper:
        """One matter opened."""

    def of_household(self, household_id: UUID) -> AssessmentsOfFile:
        """A file's members."""

    def decide(self, given: DecisionInput) -> None:
        """Decide a group."""


class Colleagues(Protocol):
    """The staff (`services/office`)."""

    def colleagues(self) -> tuple[StaffRow, ...]:
        """Everybody who holds a role today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencePorts:
    """Everything the panels of the screen need."""

    conferences: HoldsConferences
    groups: DecidesGroups
    blind_checks: ChecksBlind
    office: Colleagues
    staff: SignedInStaff
    clock: Clock
    look: Look
    dialogs: Dialogs
    changes: ChangeBus
    make_paper: MakePaper
