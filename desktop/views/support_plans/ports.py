"""What the section 個別支援計画 asks of the use cases, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from desktop.domain.office import SignedInStaff
from desktop.domain.participation_consents import PartConsentInput
from desktop.domain.participations import MarkInput, ParticipationEnd, ParticipationInput
from desktop.domain.support_plan_files import (
    ConsentInput,
    PlanEndInput,
    PlanReviewInput,
    PlansOfFile,
    StepResultInput,
)
from desktop.domain.support_plan_forms import PlanPaper
from desktop.domain.support_plans import PlanInput
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView


class PlansOfFiles(Protocol):
    """Support plans of an opened file (`services/support_plans`)."""

    def of_household(self, household_id: UUID) -> PlansOfFile:
        """Every member with plans and participations."""

    def save(self, given: PlanInput) -> None:
        """Store the next version as a draft."""

    def submit(self, plan_id: UUID, household_id: UUID) -> UUID:
        """Hand a version in for approval."""

    def withdraw(self, plan_id: UUID) -> None:
        """Take it back before the first stamp."""

    def note_consent(self, given: ConsentInput) -> None:
        """Note what the person said."""

    def note_step(self, given: StepResultInput) -> None:
        """Note how far a step is."""

    def note_review(self, given: PlanReviewInput) -> None:
        """Note a review that was held."""

    def end(self, given: PlanEndInput) -> None:
        """End the plan in force."""


class TakesPart(Protocol):
    """Participations of an opened file (`services/participations`)."""

    def begin(self, given: ParticipationInput) -> None:
        """Note that somebody begins to take part."""

    def end(self, given: ParticipationEnd) -> None:
        """Note that somebody takes part no longer."""

    def note_consent(self, given: PartConsentInput) -> None:
        """Note what somebody says to taking part, or to a partner being told."""

    def mark(self, given: MarkInput) -> None:
        """Note that somebody can take part, or no longer can."""


class PaperOnScreen(Protocol):
    """The way to paper of one form."""

    def choose(self, asked: Any, /) -> tuple[UUID, ...]:  # noqa: ANN401 - what its form takes
        """Say what the next run draws."""


MakePaper = Callable[[ScreenView, PlanPaper], tuple[PrintRunView, PaperOnScreen]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPorts:
    """The use cases together."""

    plans: PlansOfFiles
    participations: TakesPart


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSetting:
    """Whose desk the section stands on."""

    staff: SignedInStaff
    today: Callable[[], date]
    runner: JobRunner
    changes: ChangeBus
    look: Look
    dialogs: Dialogs
    make_paper: MakePaper
